/** The client: what it says to HSMs, and to which it says nothing. */
import { RULES, heldByService, readable, type Emission, type State } from '../model/index.ts'
import { factsOf, hasActive } from './facts.ts'
import type { Facts } from './folded.ts'
import { isLimitedWrite } from './limited.ts'
import { refusal, step, type Property } from './property.ts'
import type { StepReads } from './reads.ts'

/** Operations of the client. */
export const DATA = [...RULES.data, ...RULES.quorum] as const
export type Operation = StepReads<(typeof DATA)[number]>

/** What is known of a cluster whose ACTIVE HSMs all show a certificate, and do what it asks; null where the client gets to no such HSM. */
export const served = (operation: Operation): Facts | null => {
  const { before, input } = operation
  const isCertified = hasActive(before, input.cluster) && !factsOf(before, input.cluster).certificates.includes(0)
  return isCertified && !isLimited(operation) ? factsOf(before, input.cluster) : null
}

/** It is a record between a client and an HSM, and nobody else opens it. */
const isSealed = ({ event }: Emission, state: State) =>
  event.type === 'record' && event.under.includes('CHANNEL') && !readable(event, heldByService(state))

/** It asks for a write, of a cluster that takes none while its HSMs are replaced. */
const isLimited = ({ before, input }: Operation): boolean =>
  factsOf(before, input.cluster).isLimited && isLimitedWrite(input.rule)

export const client: readonly Property[] = [
  step({
    id: '§channel.sealed',
    says: 'What a client and an HSM say to each other is carried in records, which take the channel key.',
    rules: DATA,
    reads: ['hardware', 'outcome', 'emitted'],
    when: ({ outcome }) => outcome.kind === 'accepted' || outcome.kind === 'failed',
    holds: ({ after, emitted }) => emitted.length > 0 && emitted.every(item => isSealed(item, after)),
  }),
  refusal({
    id: '§client.available',
    says: 'An operation is refused while the cluster has no ACTIVE HSM.',
    rules: DATA,
    reads: ['facts'],
    code: 'UNAVAILABLE',
    when: ({ before, input }) => !hasActive(before, input.cluster),
  }),
  refusal({
    id: '§client.certificate',
    says: 'The client refuses an HSM that shows no certificate of the cluster, before it sends anything.',
    rules: DATA,
    reads: ['facts'],
    code: 'CERTIFICATE',
    when: operation =>
      hasActive(operation.before, operation.input.cluster) && served(operation) === null && !isLimited(operation),
  }),
]
