/** The client: what it says to HSMs, and to which it says nothing. */
import { RULES, heldByService, readable, type Contents, type Emission, type State } from '../model/index.ts'
import { activeContents, hasHsm } from './facts.ts'
import { refusal, step, type Property } from './property.ts'
import type { StepReads } from './reads.ts'

export type Operation = StepReads<(typeof RULES.data)[number]>

/** Contents of an ACTIVE HSM of the cluster, all of which show a certificate; null where the client gets to no such HSM. */
export const served = ({ before, input }: Operation): Contents | null => {
  const contents = activeContents(before, input.cluster)
  return contents.every(({ certificates }) => certificates !== 0) ? (contents[0] ?? null) : null
}

/** It is a record between a client and an HSM, and nobody else opens it. */
const isSealed = ({ event }: Emission, state: State) =>
  event.type === 'record' && event.under.includes('CHANNEL') && !readable(event, heldByService(state))

export const client: readonly Property[] = [
  step({
    id: '§channel.sealed',
    says: 'What a client and an HSM say to each other is carried in records, which take the channel key.',
    rules: RULES.data,
    reads: ['hardware', 'outcome', 'emitted'],
    when: ({ outcome }) => outcome.kind === 'accepted',
    holds: ({ after, emitted }) => emitted.length > 0 && emitted.every(item => isSealed(item, after)),
  }),
  refusal({
    id: '§client.available',
    says: 'An operation is refused while the cluster has no ACTIVE HSM.',
    rules: RULES.data,
    reads: ['hsm'],
    code: 'UNAVAILABLE',
    when: ({ before, input }) => !hasHsm(before, input.cluster, 'ACTIVE'),
  }),
  refusal({
    id: '§client.certificate',
    says: 'The client refuses an HSM that shows no certificate of the cluster, before it sends anything.',
    rules: RULES.data,
    reads: ['hsm'],
    code: 'CERTIFICATE',
    when: operation => hasHsm(operation.before, operation.input.cluster, 'ACTIVE') && served(operation) === null,
  }),
]
