/** The variant with another machine: what is counted of it at two sizes. */
import type { BenchView } from '../../network/index.ts'
import type { Variant } from '../variant.ts'
import { buildUsers } from './network.ts'
import { usersPromela } from './promela.ts'
import type { Users, UsersInput, UsersSize } from './view.ts'

/** A user, an HSM and another HSM take part in one rule; an HSM and two backups in another. */
export const users: Variant<UsersSize, Users, BenchView, UsersInput> = {
  name: 'users',
  build: buildUsers,
  promelaOf: usersPromela,
  small: { size: { hsms: 2, backups: 2, users: 1, versions: 1, mistakes: 2 }, states: 23_000, transitions: 141_440 },
  large: {
    size: { hsms: 3, backups: 2, users: 3, versions: 1, mistakes: 2 },
    states: 2_525_000,
    transitions: 28_426_000,
    depth: 988_809,
  },
}
