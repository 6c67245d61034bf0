/** The client: what it says to HSMs, and to which it says nothing. */
import { RULES, heldByService, readable, type Emission, type State } from '../model/index.ts'
import { factsOf } from './facts.ts'
import type { Facts } from './folded.ts'
import { isLimitedWrite } from './limited.ts'
import { refusal, step, type Property } from './property.ts'
import { reachedBy } from './reached.ts'
import type { StepReads } from './reads.ts'

/** Operations of the client. */
export const DATA = [...RULES.data, ...RULES.quorum] as const
export type Operation = StepReads<(typeof DATA)[number]>

/** What is known of the HSMs that the client reaches, that all show a certificate and do what it asks; null where it gets to no such HSM. */
export const served = (operation: Operation): Facts | null => {
  const reached = reachedBy(operation)
  const isCertified = reached.hasActive && !reached.certificates.includes(0)
  return isCertified && !isLimited(operation) ? reached : null
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
    says: 'An operation is refused while the client reaches no ACTIVE HSM of the cluster.',
    rules: DATA,
    reads: ['facts'],
    code: 'UNAVAILABLE',
    when: operation => !reachedBy(operation).hasActive,
  }),
  refusal({
    id: '§client.certificate',
    says: 'The client refuses an HSM that shows no certificate of the cluster, before it sends anything.',
    rules: DATA,
    reads: ['facts'],
    code: 'CERTIFICATE',
    when: operation => reachedBy(operation).hasActive && served(operation) === null && !isLimited(operation),
  }),
]
