/** Clusters: unknown ones, kept while empty, deleted, written to and described. */
import {
  activeContents,
  clusterState,
  hasHsm,
  isChanging,
  isKnown,
  sameContents,
  type Clusters,
  type Hsm,
} from './facts.ts'
import { always, refusal, sometimes, step, type Property } from './property.ts'
import type { StepReads } from './reads.ts'

export const cluster: readonly Property[] = [
  refusal({
    id: '§cluster.unknown',
    says: 'What names a cluster that is unknown or DELETED is refused.',
    rules: ['InitializeCluster', 'DeleteCluster', 'CreateHsm'],
    reads: ['cluster'],
    code: 'ResourceNotFound',
    when: ({ before, input }) => !isKnown(before, input.cluster),
  }),
  step({
    id: '§cluster.empty',
    says: 'An ACTIVE cluster is still ACTIVE when its last HSM is gone.',
    rules: ['HsmDeleted'],
    reads: ['cluster', 'hsm', 'outcome'],
    when: ({ before, after, outcome, input }) => {
      const { cluster } = before.hsm[input.hsm]?.context ?? { cluster: null }
      return outcome.kind === 'accepted' && clusterState(before, cluster) === 'ACTIVE' && !hasHsm(after, cluster)
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
    reads: ['hsm'],
    code: 'InvalidRequest',
    when: ({ before, input }) => hasHsm(before, input.cluster),
  }),
  always({
    id: '§cluster.delete.empty',
    says: 'Every HSM is one of a cluster that is known and not being deleted.',
    reads: ['cluster', 'hsm'],
    holds: state => state.hsm.every(one => isAtHome(state, one)),
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
    reads: ['cluster', 'hsm', 'backup', 'outcome'],
    when: ({ before, input: { rule, cluster } }) =>
      rule === 'DeleteCluster'
        ? isKnown(before, cluster) && !isChanging(before, cluster) && !hasHsm(before, cluster)
        : clusterState(before, cluster) === 'DELETE_IN_PROGRESS',
    holds: ({ before, after, outcome, input: { rule, cluster } }) => {
      const isThere = clusterState(after, cluster) === (rule === 'DeleteCluster' ? 'DELETE_IN_PROGRESS' : 'DELETED')
      const isKept = before.backup.every(({ value }, slot) => after.backup[slot]?.value === value)
      return outcome.kind === 'accepted' && isThere && isKept
    },
  }),
  step({
    id: '§cluster.write',
    says: 'A write reaches at once every HSM of the cluster that is ACTIVE or being deleted, and no HSM of another cluster.',
    rules: ['CreateUser', 'GenerateKey', 'SetPolicy', 'SetQuorum'],
    reads: ['hsm', 'outcome'],
    when: ({ outcome }) => outcome.kind === 'accepted',
    holds: writing => writing.before.hsm.every((_, slot) => isWritten(writing, slot)),
  }),
  always({
    id: '§cluster.write',
    says: 'All ACTIVE HSMs of a cluster have the same contents.',
    reads: ['cluster', 'hsm'],
    holds: state =>
      state.cluster.every((_, slot) => {
        const [first, ...others] = activeContents(state, slot)
        return others.every(contents => sameContents(contents, first))
      }),
  }),
  sometimes({
    id: '§cluster.write',
    says: 'Two HSMs of a cluster are ACTIVE.',
    reads: ['cluster', 'hsm'],
    reached: state => state.cluster.some((_, slot) => activeContents(state, slot).length > 1),
  }),
  step({
    id: '§cluster.describe',
    says: 'DescribeClusters is answered, changes nothing, and lists every known cluster with its state, mode, type and HSMs.',
    rules: ['DescribeClusters'],
    reads: ['cluster', 'hsm', 'seen', 'outcome', 'unchanged'],
    when: () => true,
    holds: ({ before, outcome, unchanged }) => outcome.kind === 'accepted' && unchanged && isListed(before),
  }),
]

/** An HSM is one of a cluster that may have HSMs. */
const isAtHome = (state: Clusters, { value, context: { cluster } }: Hsm): boolean =>
  value === 'vacant'
    ? cluster === null
    : /^(UNINITIALIZED|INITIALIZE_IN_PROGRESS|INITIALIZED|ACTIVE)$/.test(clusterState(state, cluster))

/** The part of the contents that each write sets. */
const WRITES = { CreateUser: 'users', GenerateKey: 'keys', SetPolicy: 'policies', SetQuorum: 'quorum' } as const

type Writing = StepReads<keyof typeof WRITES>

/** An HSM that the write concerns has it, and no other part is changed; any other HSM is as it was. */
const isWritten = ({ before, after, input }: Writing, slot: number): boolean => {
  const { value, context } = before.hsm[slot] ?? {}
  const isReached = context?.cluster === input.cluster && /^(ACTIVE|DELETE_IN_PROGRESS)$/.test(value ?? '')
  if (!isReached) return after.hsm[slot] === before.hsm[slot]
  return sameContents(after.hsm[slot]?.context.contents, { ...context.contents, [WRITES[input.rule]]: input.value })
}

const isListed = ({ seen, cluster, hsm }: StepReads['before']): boolean =>
  cluster.every(({ value, context: { mode, hsmType } }, slot) => {
    const listed = seen.clusters.find(found => found.slot === slot)
    if (value === 'vacant' || value === 'DELETED') return listed === undefined
    const own = [...hsm.keys()].filter(at => hsm[at]?.context.cluster === slot)
    const isSame = listed?.state === value && listed.mode === mode && listed.hsmType === hsmType
    return isSame && listed.hsms.map(found => `${found.slot}`).join() === own.join()
  })
