/** Clusters: the CSR, the certificate, and activation. */
import { activeContents, clusterState, hasHsm, isKnown } from './facts.ts'
import { refusal, step, type Property } from './property.ts'
import type { StepReads } from './reads.ts'

const isUninitialized = ({ before, input }: StepReads<'InitializeCluster'>) =>
  clusterState(before, input.cluster) === 'UNINITIALIZED'

export const initialize: readonly Property[] = [
  step({
    id: '§cluster.csr',
    says: 'There is a CSR to certify exactly while the cluster is UNINITIALIZED and has an ACTIVE HSM.',
    rules: ['InitializeCluster'],
    reads: ['cluster', 'hsm', 'seen', 'outcome'],
    when: ({ before, input }) => isKnown(before, input.cluster) && input.certificate === 'matching',
    holds: ({ before, outcome, input: { cluster } }) => {
      const isDue = clusterState(before, cluster) === 'UNINITIALIZED' && hasHsm(before, cluster, 'ACTIVE')
      const isShown = before.seen.clusters.some(({ slot, csr }) => slot === cluster && csr)
      return isShown === isDue && (outcome.kind === 'accepted') === isDue
    },
  }),
  refusal({
    id: '§cluster.initialize.state',
    says: 'InitializeCluster is refused unless the cluster is UNINITIALIZED.',
    rules: ['InitializeCluster'],
    reads: ['cluster'],
    code: 'InvalidRequest',
    when: initialization =>
      isKnown(initialization.before, initialization.input.cluster) && !isUninitialized(initialization),
  }),
  refusal({
    id: '§cluster.initialize.csr',
    says: 'InitializeCluster is refused while the cluster has no ACTIVE HSM, and so no CSR.',
    rules: ['InitializeCluster'],
    reads: ['cluster', 'hsm'],
    code: 'InvalidRequest',
    when: initialization =>
      isUninitialized(initialization) && !hasHsm(initialization.before, initialization.input.cluster, 'ACTIVE'),
  }),
  refusal({
    id: '§cluster.initialize.certificate',
    says: 'InitializeCluster is refused when the certificate is not one of the current CSR.',
    rules: ['InitializeCluster'],
    reads: ['cluster', 'hsm'],
    code: 'InvalidRequest',
    when: initialization =>
      isUninitialized(initialization) &&
      hasHsm(initialization.before, initialization.input.cluster, 'ACTIVE') &&
      initialization.input.certificate === 'mismatched',
  }),
  step({
    id: '§cluster.initialize',
    says: 'A cluster given the right certificate goes by INITIALIZE_IN_PROGRESS to INITIALIZED, and the certificate into its ACTIVE HSM.',
    rules: ['InitializeCluster', 'ClusterInitialized'],
    reads: ['cluster', 'hsm', 'outcome'],
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
  step({
    id: '§cluster.activate',
    says: 'An INITIALIZED cluster settles in ACTIVE once an ACTIVE HSM of it has an officer, and not before.',
    rules: ['ClusterActivated'],
    reads: ['cluster', 'hsm', 'outcome'],
    when: ({ before, input }) => isKnown(before, input.cluster),
    holds: ({ before, after, outcome, input: { cluster } }) => {
      const hasOfficer = activeContents(before, cluster).some(({ configuration }) => configuration !== 0)
      const isDue = clusterState(before, cluster) === 'INITIALIZED' && hasOfficer
      if (!isDue) return outcome.kind === 'disabled'
      return outcome.kind === 'accepted' && clusterState(after, cluster) === 'ACTIVE'
    },
  }),
]

/** The cluster has the certificate that it was given, and so has its ACTIVE HSM. */
const isCertified = ({ before, after, input }: StepReads<'InitializeCluster' | 'ClusterInitialized'>): boolean => {
  const given = before.cluster[input.cluster]?.context.certificate
  const loaded = activeContents(after, input.cluster)
  const isLoaded = loaded.every(({ certificates }) => certificates === given)
  return given !== 0 && after.cluster[input.cluster]?.context.certificate === given && isLoaded
}
