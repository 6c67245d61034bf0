/** Clusters: unknown ones, kept while empty, deleted, written to and described. */
import { hasHsmAfter } from './afterwards.ts'
import { clusterState, hasHsm, isChanging, isKnown, sameContents } from './facts.ts'
import { always, leadsTo, refusal, sometimes, step, type Property } from './property.ts'
import type { StateReads, StepReads } from './reads.ts'
import { WRITES, writtenBy, type Writing } from './writes.ts'

export const cluster: readonly Property[] = [
  refusal({
    id: '§cluster.unknown',
    says: 'What names a cluster that is unknown or DELETED is refused.',
    rules: ['InitializeCluster', 'DeleteCluster', 'ModifyCluster', 'CreateHsm'],
    reads: ['facts'],
    code: 'ResourceNotFound',
    when: ({ before, input }) => !isKnown(before, input.cluster),
  }),
  step({
    id: '§cluster.empty',
    says: 'An ACTIVE cluster is still ACTIVE when its last HSM is gone.',
    rules: ['HsmDeleted'],
    skips: 'disabled',
    reads: ['cluster', 'hsm', 'facts', 'outcome'],
    when: step => {
      const { cluster } = step.before.hsm[step.input.hsm]?.context ?? { cluster: null }
      const isActive = step.outcome.kind === 'accepted' && clusterState(step.before, cluster) === 'ACTIVE'
      return isActive && !hasHsmAfter(step, cluster)
    },
    holds: ({ before, after, input }) =>
      clusterState(after, before.hsm[input.hsm]?.context.cluster ?? null) === 'ACTIVE',
  }),
  refusal({
    id: '§cluster.delete.state',
    says: 'DeleteCluster is refused while the cluster is between two states.',
    rules: ['DeleteCluster'],
    reads: ['cluster'],
    code: 'InvalidRequest',
    when: ({ before, input }) => isChanging(before, input.cluster),
  }),
  refusal({
    id: '§cluster.delete.empty',
    says: 'DeleteCluster is refused while the cluster has an HSM in any state.',
    rules: ['DeleteCluster'],
    reads: ['facts'],
    code: 'InvalidRequest',
    when: ({ before, input }) => hasHsm(before, input.cluster),
  }),
  always({
    id: '§cluster.delete.empty',
    says: 'Every HSM is one of a cluster that is known and not being deleted.',
    reads: ['cluster', 'hsm'],
    each: 'hsm',
    holds: (state, slot) => isAtHome(state, slot),
  }),
  sometimes({
    id: '§cluster.delete.empty',
    says: 'There is an HSM.',
    reads: ['hsm'],
    reached: ({ hsm }) => hsm.some(({ value }) => value !== 'vacant'),
  }),
  step({
    id: '§cluster.delete',
    says: 'Any other DeleteCluster leads to DELETE_IN_PROGRESS and settles in DELETED, and all backups stay.',
    rules: ['DeleteCluster', 'ClusterDeleted'],
    reads: ['cluster', 'facts', 'backup', 'outcome'],
    when: ({ before, input: { rule, cluster } }) =>
      rule === 'DeleteCluster'
        ? isKnown(before, cluster) && !isChanging(before, cluster) && !hasHsm(before, cluster)
        : clusterState(before, cluster) === 'DELETE_IN_PROGRESS',
    holds: ({ before, after, outcome, input: { rule, cluster } }) => {
      const isThere = clusterState(after, cluster) === (rule === 'DeleteCluster' ? 'DELETE_IN_PROGRESS' : 'DELETED')
      const isKept = before.backup.every((backup, slot) => {
        const kept = after.backup[slot]
        return kept === backup || kept?.value === backup.value
      })
      return outcome.kind === 'accepted' && isThere && isKept
    },
  }),
  leadsTo({
    id: '§cluster.delete',
    says: 'A cluster in DELETE_IN_PROGRESS is DELETED in the end.',
    reads: ['cluster'],
    each: 'cluster',
    from: (state, slot) => clusterState(state, slot) === 'DELETE_IN_PROGRESS',
    to: (state, slot) => clusterState(state, slot) === 'DELETED',
  }),
  step({
    id: '§cluster.write',
    says: 'A write of a client that reaches all HSMs reaches at once every HSM of the cluster that is ACTIVE, or being deleted and not without contents, and no other.',
    rules: WRITES,
    reads: ['hsm', 'outcome'],
    when: ({ input, outcome }) => outcome.kind === 'accepted' && !('only' in input),
    each: 'hsm',
    holds: (writing, slot) => isWritten(writing, slot),
  }),
  sometimes({
    id: '§cluster.write',
    says: 'Two HSMs of a cluster are ACTIVE.',
    reads: ['facts'],
    reached: ({ facts }) => facts.some(({ active }) => active.length > 1),
  }),
  step({
    id: '§cluster.describe',
    says: 'DescribeClusters is answered, changes nothing, and lists every known cluster with its state, mode, type and HSMs.',
    rules: ['DescribeClusters'],
    reads: ['cluster', 'hsm', 'seen', 'outcome', 'unchanged'],
    when: () => true,
    each: 'cluster',
    holds: ({ before, outcome, unchanged }, slot) => outcome.kind === 'accepted' && unchanged && isListed(before, slot),
  }),
]

/** An HSM is one of a cluster that may have HSMs. */
const isAtHome = (state: StateReads, slot: number): boolean => {
  const { value = 'vacant', context } = state.hsm[slot] ?? {}
  const home = context?.cluster ?? null
  if (value === 'vacant') return home === null
  return /^(UNINITIALIZED|INITIALIZED|ACTIVE|(INITIALIZE|MODIFY|ROLLBACK)_IN_PROGRESS)$/.test(clusterState(state, home))
}

/** An HSM that the write concerns has it, and no other part is changed; any other HSM is as it was. */
const isWritten = ({ before, after, input }: Writing, slot: number): boolean => {
  const { value, context } = before.hsm[slot] ?? {}
  const isGoing = value === 'DELETE_IN_PROGRESS' && context?.contents.certificates !== 0
  const isReached = (value === 'ACTIVE' || isGoing) && context?.cluster === input.cluster
  if (!isReached) return after.hsm[slot] === before.hsm[slot]
  return sameContents(after.hsm[slot]?.context.contents, { ...context.contents, ...writtenBy({ input }) })
}

const isListed = ({ seen, cluster, hsm }: StepReads['before'], slot: number): boolean => {
  const [one, listed] = [cluster[slot], seen.cluster(slot)]
  if (one === undefined || one.value === 'vacant' || one.value === 'DELETED') return listed === null
  const own = [...hsm.keys()].filter(at => hsm[at]?.context.cluster === slot)
  const isSame = listed?.state === one.value && listed.hsms.map(found => found.slot).join() === own.join()
  return isSame && listed.mode === one.context.mode && listed.hsmType === one.context.hsmType
}
