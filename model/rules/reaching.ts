/** Whom an operation of the client gets to: every ACTIVE HSM of a cluster, or the only one that the client reaches. */
import type { HsmEvent } from '../machines/hsm.ts'
import type { As } from '../machines/words.ts'
import type { AccountParticipant, AccountReader } from '../things.ts'
import type { ClusterView, Holding } from '../view.ts'
import { factsOf } from './api.ts'
import { limits } from './limited.ts'

/** The client asks all HSMs whether an account is locked before it sends anything, so those that have locked it answer first. */
const lockedFor = ({ locked }: ClusterView, as: As): readonly number[] =>
  locked.filter(({ user }) => user === as).map(({ slot }) => slot)

/** The ACTIVE HSMs that a client reaches, each with what it has of the key. `only`: slot of the only one. */
export const reachedBy = (read: AccountReader, cluster: number, only?: number): readonly Holding[] =>
  factsOf(read, cluster).held.filter(({ slot }) => only === undefined || slot === only)

/** The cluster says whether the client gets to an HSM of it, and whether that takes writes; then each of them answers for itself. */
export const toEveryHsm = (
  read: AccountReader,
  cluster: number,
  event: HsmEvent | ((slot: number) => HsmEvent),
  only?: number,
): readonly AccountParticipant[] => {
  const facts = factsOf(read, cluster)
  const reached = reachedBy(read, cluster, only).map(({ slot }) => slot)
  const eventFor = typeof event === 'function' ? event : () => event
  const sample = eventFor(-1)
  const asked = only === undefined ? facts.members : facts.members.filter(slot => reached.includes(slot))
  const locking = ('as' in sample ? lockedFor(facts, sample.as) : []).filter(slot => asked.includes(slot))
  const toHsm = (slot: number): AccountParticipant => ({ kind: 'hsm', slot, optional: true, event: eventFor(slot) })
  return [
    { kind: 'cluster', slot: cluster, optional: true, event: { type: 'Connect', active: reached.length > 0 } },
    ...locking.map(toHsm),
    ...limits(cluster, sample),
    ...asked.filter(slot => !locking.includes(slot)).map(toHsm),
  ]
}
