/** The scopes that take more time than every test run has. */
import { RULES } from '../vocabulary.ts'
import { HSM1, NEITHER, NON_FIPS } from './kinds.ts'
import { scope, type Scope } from './scope.ts'

export const deep: readonly Scope[] = [
  scope({
    name: 'deep.archive',
    why: 'Five backups of one cluster in every order of states, made by one HSM after another: which is the newest, what a purge closes up and what is given back do not depend on how many there are.',
    slots: [1, 1, 5, 0],
    rules: [...RULES.control, ...RULES.describe, 'Activate', ...RULES.settle, ...RULES.time, ...RULES.fault],
    clusters: [HSM1, NON_FIPS, NEITHER],
  }),
]
