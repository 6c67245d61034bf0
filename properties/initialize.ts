/** Clusters: the CSR, the certificate, and activation. */
import { activeAfter } from './afterwards.ts'
import { clusterState, factsOf, hasActive, isKnown } from './facts.ts'
import { leadsTo, refusal, step, type Property } from './property.ts'
import type { StateReads, StepReads } from './reads.ts'

const isUninitialized = ({ before, input }: StepReads<'InitializeCluster'>) =>
  clusterState(before, input.cluster) === 'UNINITIALIZED'

export const initialize: readonly Property[] = [
  step({
    id: '§cluster.csr',
    says: 'There is a CSR to certify exactly while the cluster is UNINITIALIZED and has an ACTIVE HSM.',
    rules: ['InitializeCluster'],
    reads: ['cluster', 'facts', 'seen', 'outcome'],
    when: ({ before, input }) => isKnown(before, input.cluster) && input.certificate === 'matching',
    holds: ({ before, outcome, input: { cluster } }) => {
      const isDue = clusterState(before, cluster) === 'UNINITIALIZED' && hasActive(before, cluster)
      const isShown = before.seen.cluster(cluster)?.csr === true
      return isShown === isDue && (outcome.kind === 'accepted') === isDue
    },
  }),
  refusal({
    id: '§cluster.initialize.state',
    says: 'InitializeCluster is refused unless the cluster is UNINITIALIZED.',
    rules: ['InitializeCluster'],
    reads: ['cluster', 'facts'],
    code: 'InvalidRequest',
    when: initialization =>
      isKnown(initialization.before, initialization.input.cluster) && !isUninitialized(initialization),
  }),
  refusal({
    id: '§cluster.initialize.csr',
    says: 'InitializeCluster is refused while the cluster has no ACTIVE HSM, and so no CSR.',
    rules: ['InitializeCluster'],
    reads: ['cluster', 'facts'],
    code: 'InvalidRequest',
    when: initialization =>
      isUninitialized(initialization) && !hasActive(initialization.before, initialization.input.cluster),
  }),
  refusal({
    id: '§cluster.initialize.certificate',
    says: 'InitializeCluster is refused when the certificate is not one of the current CSR.',
    rules: ['InitializeCluster'],
    reads: ['cluster', 'facts'],
    code: 'InvalidRequest',
    when: initialization =>
      isUninitialized(initialization) &&
      hasActive(initialization.before, initialization.input.cluster) &&
      initialization.input.certificate !== 'matching',
  }),
  step({
    id: '§cluster.initialize',
    says: 'A cluster given the right certificate goes by INITIALIZE_IN_PROGRESS to INITIALIZED, and the certificate into its ACTIVE HSM.',
    rules: ['InitializeCluster', 'ClusterInitialized'],
    reads: ['cluster', 'hsm', 'facts', 'outcome'],
    when: ({ before, input, outcome }) =>
      input.rule === 'InitializeCluster'
        ? outcome.kind === 'accepted'
        : clusterState(before, input.cluster) === 'INITIALIZE_IN_PROGRESS',
    holds: step => {
      const { value, context } = step.after.cluster[step.input.cluster] ?? {}
      if (step.input.rule === 'ClusterInitialized') return value === 'INITIALIZED' && isCertified(step)
      return value === 'INITIALIZE_IN_PROGRESS' && context?.certificate === step.input.value
    },
  }),
  leadsTo({
    id: '§cluster.initialize',
    says: 'A cluster in INITIALIZE_IN_PROGRESS becomes INITIALIZED in the end.',
    reads: ['cluster'],
    each: 'cluster',
    from: (state, slot) => clusterState(state, slot) === 'INITIALIZE_IN_PROGRESS',
    to: (state, slot) => clusterState(state, slot) === 'INITIALIZED',
  }),
  step({
    id: '§cluster.activate',
    says: 'An INITIALIZED cluster settles in ACTIVE once an ACTIVE HSM of it has an officer, and not before.',
    rules: ['ClusterActivated'],
    reads: ['cluster', 'facts', 'outcome'],
    when: ({ before, input }) => isKnown(before, input.cluster),
    holds: ({ before, after, outcome, input: { cluster } }) => {
      if (!isActivatable(before, cluster)) return outcome.kind === 'disabled'
      return outcome.kind === 'accepted' && clusterState(after, cluster) === 'ACTIVE'
    },
  }),
  leadsTo({
    id: '§cluster.activate',
    says: 'An INITIALIZED cluster of which an ACTIVE HSM has an officer becomes ACTIVE in the end, unless it loses that HSM.',
    reads: ['cluster', 'facts'],
    each: 'cluster',
    from: (state, slot) => isActivatable(state, slot),
    to: (state, slot) => !isActivatable(state, slot),
  }),
]

/** The cluster is INITIALIZED, and an ACTIVE HSM of it has an officer. */
const isActivatable = (state: Pick<StateReads, 'cluster' | 'facts'>, slot: number): boolean =>
  clusterState(state, slot) === 'INITIALIZED' && factsOf(state, slot).configuration.some(officer => officer !== 0)

/** The cluster has the certificate that it was given, and so has its ACTIVE HSM. */
const isCertified = (step: StepReads<'InitializeCluster' | 'ClusterInitialized'>): boolean => {
  const { before, after, input } = step
  const given = before.cluster[input.cluster]?.context.certificate
  if (given === 0 || after.cluster[input.cluster]?.context.certificate !== given) return false
  return activeAfter(step, input.cluster).every(slot => after.hsm[slot]?.context.contents.certificates === given)
}
