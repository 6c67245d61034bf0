/** Clusters: what CreateCluster refuses and makes, and where a new cluster settles. */
import { FIRST_ZONE, HOME, label, type RuleName } from '../model/index.ts'
import { hasHsmAfter, newestUsableAfter } from './afterwards.ts'
import { isHidden } from './callers.ts'
import { clusterState, isKnown, isPolicyOffered, type Clusters } from './facts.ts'
import { EVERY, always, leadsTo, refusal, sometimes, step, type Property } from './property.ts'
import type { StepReads } from './reads.ts'

export type Creation = StepReads<'CreateCluster'>

const rules = ['CreateCluster'] as const

const isKindOffered = ({ input }: Creation) => !(input.hsmType === 'hsm1.medium' && input.mode === 'NON_FIPS')
/** There is such a kind of cluster and such a policy, and a subnet in each of its zones and no two in one. */
export const isLegal = (creation: Creation) => {
  const { retention, subnets = [FIRST_ZONE] } = creation.input
  const areSubnets = subnets.length > 0 && new Set(subnets).size === subnets.length
  return isKindOffered(creation) && isPolicyOffered(retention) && areSubnets
}
export const sourceOf = ({ before, input }: Creation) =>
  input.source === null ? undefined : before.backup[input.source]

/** The source is where the cluster is to be. */
export const isAtHand = (creation: Creation) => sourceOf(creation)?.context.region === (creation.input.region ?? HOME)

/** The source is where the cluster is to be, and known to whoever asks. */
const isOffered = (creation: Creation) => isAtHand(creation) && !isHidden(creation, sourceOf(creation))

/** The label of a source that is READY and offered; null without one. */
const labelOf = (creation: Creation) => {
  const source = sourceOf(creation)
  return source?.value === 'READY' && isOffered(creation) ? label(source.context) : null
}

const isSameMode = (creation: Creation) => labelOf(creation)?.mode === creation.input.mode
const isNewerLine = (creation: Creation) =>
  creation.input.hsmType === 'hsm1.medium' && labelOf(creation)?.hsmType === 'hsm2m.medium'

export const create: readonly Property[] = [
  refusal({
    id: '§cluster.mode.hsm1',
    says: 'CreateCluster refuses an hsm1.medium cluster in NON_FIPS mode.',
    rules,
    reads: [],
    code: 'InvalidRequest',
    when: creation => !isKindOffered(creation),
  }),
  always({
    id: '§cluster.mode.hsm1',
    says: 'No cluster is hsm1.medium in NON_FIPS mode.',
    reads: ['cluster'],
    holds: ({ cluster }) =>
      !cluster.some(({ context }) => context.hsmType === 'hsm1.medium' && context.mode === 'NON_FIPS'),
  }),
  sometimes({
    id: '§cluster.mode.hsm1',
    says: 'There is an hsm1.medium cluster, and it is in FIPS mode.',
    reads: ['cluster'],
    reached: ({ cluster }) =>
      cluster.some(({ context }) => context.hsmType === 'hsm1.medium' && context.mode === 'FIPS'),
  }),
  refusal({
    id: '§cluster.source.unknown',
    says: 'CreateCluster from a backup that is unknown or DELETED is refused.',
    rules,
    reads: ['backup'],
    code: 'ResourceNotFound',
    when: creation => isLegal(creation) && sourceOf(creation)?.value === 'vacant',
  }),
  refusal({
    id: '§cluster.source.ready',
    says: 'CreateCluster from a backup that is being made or deleted is refused.',
    rules,
    reads: ['backup'],
    code: 'InvalidRequest',
    when: creation =>
      isOffered(creation) && /^(CREATE_IN_PROGRESS|PENDING_DELETION)$/.test(sourceOf(creation)?.value ?? ''),
  }),
  refusal({
    id: '§cluster.source.mode',
    says: 'CreateCluster from a backup that is labelled with another mode is refused, in both directions.',
    rules,
    reads: ['backup'],
    code: 'InvalidRequest',
    when: creation => labelOf(creation) !== null && !isSameMode(creation),
  }),
  refusal({
    id: '§cluster.source.type',
    says: 'CreateCluster of an hsm1.medium cluster from a backup that is labelled hsm2m.medium is refused.',
    rules,
    reads: ['backup'],
    code: 'InvalidRequest',
    when: creation => isSameMode(creation) && isNewerLine(creation),
  }),
  step({
    id: '§cluster.create',
    says: 'Any other CreateCluster answers one new cluster in CREATE_IN_PROGRESS, with the mode and type asked for and no HSM.',
    rules,
    reads: ['cluster', 'hsm', 'facts', 'backup', 'outcome', 'created'],
    when: creation =>
      isLegal(creation) && (creation.input.source === null || (isSameMode(creation) && !isNewerLine(creation))),
    holds: creation => {
      const { outcome, created, before, after, input } = creation
      const [made, ...more] = created
      if (outcome.kind !== 'accepted' || made?.kind !== 'cluster' || more.length > 0) return false
      const { value, context } = after.cluster[made.slot] ?? {}
      const isNew = !isKnown(before, made.slot) && value === 'CREATE_IN_PROGRESS' && !hasHsmAfter(creation, made.slot)
      return isNew && context?.mode === input.mode && context.hsmType === input.hsmType
    },
  }),
  step({
    id: '§cluster.create.fresh',
    says: 'A cluster that was created without a source, and so without a certificate, settles in UNINITIALIZED.',
    rules: ['ClusterCreated'],
    reads: ['cluster', 'outcome'],
    when: ({ before, input: { cluster } }) =>
      clusterState(before, cluster) === 'CREATE_IN_PROGRESS' && before.cluster[cluster]?.context.certificate === 0,
    holds: ({ outcome, after, input }) =>
      outcome.kind === 'accepted' && clusterState(after, input.cluster) === 'UNINITIALIZED',
  }),
  leadsTo({
    id: '§cluster.create.fresh',
    says: 'A cluster being created without a certificate becomes UNINITIALIZED in the end.',
    reads: ['cluster'],
    each: 'cluster',
    from: (state, slot) => isCreated(state, slot) && !isCertified(state, slot),
    to: (state, slot) => clusterState(state, slot) === 'UNINITIALIZED',
  }),
  step({
    id: '§cluster.create.restored',
    says: 'A cluster created from a backup has the certificate of that backup at once, and settles in ACTIVE without HSMs.',
    rules: ['CreateCluster', 'ClusterCreated'],
    reads: ['cluster', 'hsm', 'facts', 'backup', 'outcome', 'created'],
    when: ({ before, input, outcome }) =>
      input.rule === 'CreateCluster'
        ? input.source !== null && outcome.kind === 'accepted'
        : clusterState(before, input.cluster) === 'CREATE_IN_PROGRESS' &&
          before.cluster[input.cluster]?.context.certificate !== 0,
    holds: restored => (restored.input.rule === 'CreateCluster' ? hasCertificate(restored) : settlesActive(restored)),
  }),
  leadsTo({
    id: '§cluster.create.restored',
    says: 'A cluster being created with a certificate becomes ACTIVE in the end.',
    reads: ['cluster'],
    each: 'cluster',
    from: (state, slot) => isCreated(state, slot) && isCertified(state, slot),
    to: (state, slot) => clusterState(state, slot) === 'ACTIVE',
  }),
  step({
    id: '§cluster.constant',
    says: 'Mode and type of a cluster stay what they are as long as the cluster is known, but for a type that it is migrated to or rolled back from.',
    rules: EVERY,
    skips: 'disabled',
    reads: ['cluster', 'job', 'facts'],
    when: ({ before, after }) =>
      before.cluster.some((cluster, slot) => after.cluster[slot] !== cluster && before.facts[slot]?.isKnown === true),
    holds: step => areConstant(step),
  }),
]

const isCreated = (state: Clusters, slot: number) => clusterState(state, slot) === 'CREATE_IN_PROGRESS'
const isCertified = ({ cluster }: Clusters, slot: number) => cluster[slot]?.context.certificate !== 0

/** The new cluster has the certificate of its source at once, and counts on that source for its first HSM. */
const hasCertificate = (restored: StepReads<'CreateCluster' | 'ClusterCreated'>) => {
  const { created, before, after, input } = restored
  const [made] = created
  if (input.rule !== 'CreateCluster' || input.source === null || made === undefined) return false
  const certificate = before.backup[input.source]?.context.contents.certificates
  const isSource =
    after.backup[input.source]?.context.rejected === true || newestUsableAfter(restored, made.slot) === input.source
  return certificate !== 0 && after.cluster[made.slot]?.context.certificate === certificate && isSource
}

const settlesActive = (restored: StepReads<'CreateCluster' | 'ClusterCreated'>) => {
  const { outcome, after, input } = restored
  const slot = input.rule === 'ClusterCreated' ? input.cluster : null
  return outcome.kind === 'accepted' && clusterState(after, slot) === 'ACTIVE' && !hasHsmAfter(restored, slot)
}

/** The end of a migration, or of a rollback. */
const ENDS: readonly RuleName[] = ['ClusterMigrated', 'ClusterRolledBack']

/** The step is the end of a migration or of a rollback of this cluster, or a job that has that effect. */
const isEndOf = ({ before, input }: StepReads, slot: number): boolean => {
  if (input.rule === 'Crash') return input.job === 'ClusterRolledBack' && input.cluster === slot
  if (input.rule !== 'Recover') return ENDS.includes(input.rule) && 'cluster' in input && input.cluster === slot
  return before.job.some(({ context }) => context.effect === 'ClusterRolledBack' && context.cluster === slot)
}

/** Clusters that are known before and after have the same mode, and the same type unless that is what the step is about. */
const areConstant = (step: StepReads): boolean =>
  step.before.cluster.every((was, slot) => {
    const { before, after } = step
    const became = after.cluster[slot]
    if (became === was || !isKnown(before, slot) || /^(vacant|DELETED)$/.test(clusterState(after, slot))) return true
    const isSameType = became?.context.hsmType === was.context.hsmType
    return became?.context.mode === was.context.mode && (isSameType || isEndOf(step, slot))
  })
