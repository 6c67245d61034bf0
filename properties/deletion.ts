/** HSMs: deleted, after a final backup where their cluster is ACTIVE. */
import { madeBackup, newestOwnAfter } from './afterwards.ts'
import { clusterState, codeOf, factsOf, isTaken, sameContents, type Hsm } from './facts.ts'
import { always, leadsTo, refusal, sometimes, step, type Property } from './property.ts'
import type { StepReads } from './reads.ts'

type Deleting = StepReads<'DeleteHsm' | 'HsmDeleted'>

const DELETE = ['DeleteHsm'] as const

const was = ({ before, input }: Deleting): Hsm | undefined => before.hsm[input.hsm]
const became = ({ after, input }: Deleting): Hsm | undefined => after.hsm[input.hsm]
const homeOf = (deleting: Deleting): number | null => was(deleting)?.context.cluster ?? null
const isRequest = ({ input }: Deleting) => input.rule === 'DeleteHsm'

/** An ACTIVE HSM of an ACTIVE cluster: its contents are to be kept. */
const isHealthy = (deleting: Deleting) =>
  was(deleting)?.value === 'ACTIVE' && clusterState(deleting.before, homeOf(deleting)) === 'ACTIVE'

/** A backup keeps the HSM from going. */
const isAwaited = ({ before, input }: Deleting) => before.facts[0]?.awaited.includes(input.hsm) === true

/** The step made the newest backup of the HSM's cluster, of the contents that the HSM had. */
const isSnapshotted = (deleting: Deleting) => {
  const made = madeBackup(deleting)
  if (made?.value !== 'CREATE_IN_PROGRESS') return false
  const newest = deleting.after.backup[newestOwnAfter(deleting, homeOf(deleting))]
  return newest === made && sameContents(made.context.contents, was(deleting)?.context.contents)
}

/** What `choice.hsm.delete.creating` lets DeleteHsm accept. */
const isUnfinished = (deleting: Deleting) => was(deleting)?.value === 'CREATE_IN_PROGRESS'
const mayGoUnfinished = ({ choices }: Deleting) => choices['choice.hsm.delete.creating'] === 'accepted'

export const deletion: readonly Property[] = [
  refusal({
    id: '§hsm.unknown',
    says: 'DeleteHsm of an HSM that is unknown or DELETED is refused.',
    rules: DELETE,
    reads: ['hsm'],
    code: 'ResourceNotFound',
    when: deleting => was(deleting)?.value === 'vacant',
  }),
  refusal({
    id: '§hsm.delete.state',
    says: 'DeleteHsm of an HSM that is being deleted or, if so chosen, created is refused.',
    rules: DELETE,
    reads: ['hsm', 'choices'],
    code: 'InvalidRequest',
    when: deleting =>
      was(deleting)?.value === 'DELETE_IN_PROGRESS' || (isUnfinished(deleting) && !mayGoUnfinished(deleting)),
  }),
  step({
    id: '§hsm.delete.backup',
    says: 'DeleteHsm of an ACTIVE HSM of an ACTIVE cluster takes its backup at once, and the HSM stays until that backup is made.',
    rules: ['DeleteHsm', 'HsmDeleted'],
    reads: ['cluster', 'hsm', 'facts', 'backup', 'outcome', 'created'],
    when: deleting => (isRequest(deleting) ? isHealthy(deleting) : isAwaited(deleting)),
    holds: deleting => (isRequest(deleting) ? isSnapshotted(deleting) : deleting.outcome.kind === 'disabled'),
  }),
  step({
    id: '§hsm.delete.unsaved',
    says: 'DeleteHsm of an HSM that is not ACTIVE, or whose cluster is not, takes no backup where it is accepted.',
    rules: DELETE,
    reads: ['cluster', 'hsm', 'backup', 'outcome', 'created'],
    when: deleting => deleting.outcome.kind === 'accepted' && !isHealthy(deleting),
    holds: deleting =>
      madeBackup(deleting) === undefined &&
      deleting.before.backup.every((backup, slot) => deleting.after.backup[slot] === backup),
  }),
  always({
    id: '§hsm.delete.unsaved',
    says: 'Every backup is of a cluster that was activated.',
    reads: ['cluster', 'backup'],
    each: 'backup',
    holds: (state, slot) => {
      const { value = 'vacant', context } = state.backup[slot] ?? {}
      if (value === 'vacant' || context === undefined) return true
      const { cluster, contents } = context
      const isHome =
        cluster === null || /^(ACTIVE|(MODIFY|ROLLBACK|DELETE)_IN_PROGRESS)$/.test(clusterState(state, cluster))
      return isHome && contents.configuration !== 0
    },
  }),
  sometimes({
    id: '§hsm.delete.unsaved',
    says: 'There is a backup.',
    reads: ['backup'],
    reached: ({ backup }) => backup.some(({ value }) => value !== 'vacant'),
  }),
  step({
    id: '§hsm.delete.failed',
    says: 'An HSM whose final backup fails becomes ACTIVE again, with its contents.',
    rules: ['FailSeal'],
    reads: ['hsm', 'backup', 'outcome'],
    when: ({ before, input }) => before.backup[input.backup]?.context.final !== null,
    holds: failure => {
      const slot = failure.before.backup[failure.input.backup]?.context.final ?? 0
      const [was, became] = [failure.before.hsm[slot], failure.after.hsm[slot]]
      const isKept = sameContents(was?.context.contents, became?.context.contents)
      return codeOf(failure) === 'SEAL_FAILED' && became?.value === 'ACTIVE' && isKept
    },
  }),
  step({
    id: '§hsm.delete',
    says: 'DeleteHsm leads to DELETE_IN_PROGRESS, and unless a backup is awaited the HSM settles in DELETED, and no cluster lists it.',
    rules: ['DeleteHsm', 'HsmDeleted'],
    reads: ['hsm', 'facts', 'outcome', 'choices'],
    when: deleting => {
      if (factsOf(deleting.before, homeOf(deleting)).isLimited) return false
      if (!isRequest(deleting)) return was(deleting)?.value === 'DELETE_IN_PROGRESS' && !isAwaited(deleting)
      const isLive = /^(ACTIVE|DEGRADED)$/.test(was(deleting)?.value ?? '')
      return isLive || (isUnfinished(deleting) && mayGoUnfinished(deleting))
    },
    holds: deleting => {
      const { value, context } = became(deleting) ?? {}
      if (isRequest(deleting)) return value === 'DELETE_IN_PROGRESS' && context?.cluster === homeOf(deleting)
      return isTaken(deleting) && value === 'vacant' && context?.cluster === null
    },
  }),
  leadsTo({
    id: '§hsm.delete',
    says: 'An HSM in DELETE_IN_PROGRESS is DELETED in the end, unless its final backup fails and it is ACTIVE again.',
    reads: ['hsm'],
    each: 'hsm',
    from: ({ hsm }, slot) => hsm[slot]?.value === 'DELETE_IN_PROGRESS',
    to: ({ hsm }, slot) => hsm[slot]?.value === 'ACTIVE',
  }),
]
