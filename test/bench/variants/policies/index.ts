/** The variant with wider local states: what is counted of it at two sizes. */
import type { Variant } from '../variant.ts'
import { buildPolicies } from './network.ts'
import { policiesPromela } from './promela.ts'
import type { Policies, PoliciesInput, PoliciesSize, PoliciesView } from './view.ts'

/** An HSM has 27 local states at the large size, a backup 50. */
export const policies: Variant<PoliciesSize, Policies, PoliciesView, PoliciesInput> = {
  name: 'policies',
  build: buildPolicies,
  promelaOf: policiesPromela,
  small: { size: { hsms: 2, backups: 2, versions: 1, policies: 1 }, states: 26_568, transitions: 159_408 },
  large: {
    size: { hsms: 3, backups: 2, versions: 4, policies: 2 },
    states: 7_472_736,
    transitions: 75_075_056,
    depth: 1_242_420,
  },
}
