/** Regions: where clusters and backups are, and what becomes of a backup that is copied to the other. */
import { HOME } from '../model/index.ts'
import { afterwards, madeBackup } from './afterwards.ts'
import { isKept, isOwners } from './callers.ts'
import { isAtHand, isLegal, sourceOf } from './create.ts'
import { codeOf, isKnown, sameContents, type Backup } from './facts.ts'
import { EVERY, always, leadsTo, refusal, sometimes, step, type Property } from './property.ts'
import type { StepReads } from './reads.ts'

type Copying = StepReads<'CopyBackupToRegion'>
type Naming = StepReads<'CopyBackupToRegion' | 'BackupCopied' | 'FailCopy'>

const rules = ['CopyBackupToRegion'] as const
const TAMPER = ['AlterBackup', 'TruncateBackup', 'RelabelBackup'] as const

const was = ({ before, input }: Naming) => before.backup[input.backup]
const isCopy = (backup: Backup | undefined) => (backup?.context.sourceRegion ?? null) !== null
const isBeingMade = (backup: Backup | undefined) => backup?.value === 'CREATE_IN_PROGRESS'
const isInArchive = (backup: Backup | undefined) => /^(READY|PENDING_DELETION)$/.test(backup?.value ?? '')
const isOwn = (copying: Copying) => isOwners(copying, was(copying))
const isThere = (copying: Copying) => was(copying)?.context.region === copying.input.region

/** Byte for byte the same. */
const isSameText = ({ context: one }: Backup, other: Backup | undefined): boolean => {
  const isSame = one.condition === other?.context.condition && sameContents(one.contents, other.context.contents)
  const isSealed = one.sealedUnder.join() === other?.context.sealedUnder.join()
  return isSame && isSealed && one.wrappedUnder.join() === other.context.wrappedUnder.join()
}

export const copies: readonly Property[] = [
  step({
    id: '§cluster.region',
    says: 'A new cluster is in the Region that CreateCluster was sent to, and no cluster leaves its Region.',
    rules: EVERY,
    skips: 'disabled',
    reads: ['cluster', 'facts', 'created'],
    when: ({ before, after }) => before.cluster.some((cluster, slot) => after.cluster[slot] !== cluster),
    holds: step => step.before.cluster.every((_, slot) => isInItsRegion(step, slot)),
  }),
  refusal({
    id: '§cluster.source.region',
    says: 'CreateCluster from a backup in another Region is refused.',
    rules: ['CreateCluster'],
    reads: ['backup'],
    code: 'ResourceNotFound',
    when: creation => isLegal(creation) && isKept(sourceOf(creation)) && !isAtHand(creation),
  }),
  step({
    id: '§describe.region',
    says: 'Wherever it is sent, a request for a list is answered and changes nothing; what can be listed says where it is.',
    rules: ['DescribeClusters', 'DescribeBackups'],
    reads: ['cluster', 'backup', 'seen', 'outcome', 'unchanged'],
    when: () => true,
    holds: ({ before, outcome, unchanged }) => outcome.kind === 'accepted' && unchanged && saysWhere(before),
  }),
  step({
    id: '§backup.region',
    says: 'A backup is made in the Region of its cluster.',
    rules: ['DeleteHsm', 'PeerBackedUp', 'ClusterBackedUp'],
    skips: 'disabled',
    reads: ['cluster', 'backup', 'created'],
    when: making => madeBackup(making) !== undefined,
    holds: making => {
      const { cluster, region } = madeBackup(making)?.context ?? {}
      return making.before.cluster[cluster ?? 0]?.context.region === region
    },
  }),
  refusal({
    id: '§backup.copy.state',
    says: 'CopyBackupToRegion of a backup that is being made is refused.',
    rules,
    reads: ['backup'],
    code: 'InvalidRequest',
    when: copying => isOwn(copying) && isBeingMade(was(copying)),
  }),
  refusal({
    id: '§backup.copy.region',
    says: 'CopyBackupToRegion to the Region that the backup is in is refused.',
    rules,
    reads: ['backup'],
    code: 'InvalidRequest',
    when: copying => isOwn(copying) && isInArchive(was(copying)) && isThere(copying),
  }),
  step({
    id: '§backup.copy',
    says: 'Any other CopyBackupToRegion makes a copy in that Region, of the same mode and type, that says where it comes from.',
    rules,
    reads: ['backup', 'outcome', 'created'],
    when: copying => isOwn(copying) && isInArchive(was(copying)) && !isThere(copying),
    holds: copying => {
      const [source, made] = [was(copying)?.context, madeBackup(copying)]
      if (copying.outcome.kind !== 'accepted' || !isBeingMade(made)) return false
      const isSame = made?.context.mode === source?.mode && made?.context.hsmType === source?.hsmType
      return isSame && made?.context.region === copying.input.region && made.context.sourceRegion === source?.region
    },
  }),
  step({
    id: '§backup.copy.exact',
    says: 'A copy has the bytes of its source, when it is asked for and when it arrives.',
    rules: ['CopyBackupToRegion', 'BackupCopied'],
    skips: 'disabled',
    reads: ['backup', 'outcome', 'created'],
    when: ({ outcome }) => outcome.kind === 'accepted',
    holds: copying => {
      const [source, made] = [was(copying), madeBackup(copying) ?? copying.after.backup[copying.input.backup]]
      return source !== undefined && isSameText(source, made)
    },
  }),
  step({
    id: '§backup.copy.ready',
    says: 'A copy that is being made settles in READY, and nothing that is no copy does so by arriving.',
    rules: ['BackupCopied'],
    reads: ['backup', 'outcome'],
    when: copying => isBeingMade(was(copying)),
    holds: copying =>
      isCopy(was(copying))
        ? copying.after.backup[copying.input.backup]?.value === 'READY'
        : copying.outcome.kind === 'disabled',
  }),
  leadsTo({
    id: '§backup.copy.ready',
    says: 'A copy that is being made becomes READY in the end, unless copying fails and it is DELETED.',
    reads: ['backup'],
    each: 'backup',
    from: ({ backup }, slot) => isBeingMade(backup[slot]) && isCopy(backup[slot]),
    to: ({ backup }, slot) => backup[slot]?.value === 'READY',
  }),
  step({
    id: '§backup.copy.failed',
    says: 'A copy whose copying fails is DELETED.',
    rules: ['FailCopy'],
    reads: ['backup', 'outcome', 'moved'],
    when: copying => isBeingMade(was(copying)) && isCopy(was(copying)),
    holds: copying => codeOf(copying) === 'COPY_FAILED' && afterwards(copying, copying.input.backup) === undefined,
  }),
  always({
    id: '§backup.copy.detached',
    says: 'A copy is of no cluster.',
    reads: ['backup'],
    each: 'backup',
    holds: ({ backup }, slot) => !isCopy(backup[slot]) || backup[slot]?.context.cluster === null,
  }),
  sometimes({
    id: '§backup.copy.detached',
    says: 'A copy is READY, and a cluster was created from it.',
    reads: ['backup'],
    reached: ({ backup }) =>
      backup.some(one => isCopy(one) && one.value === 'READY' && one.context.sourceOf.length > 0),
  }),
  step({
    id: '§backup.copy.apart',
    says: 'What is done to one backup leaves its copies, and its source, as they are.',
    rules: [
      'CopyBackupToRegion',
      'BackupCopied',
      'FailCopy',
      'DeleteBackup',
      'RestoreBackup',
      'BackupPurged',
      ...TAMPER,
    ],
    skips: 'disabled',
    reads: ['backup', 'moved'],
    when: ({ before, input }) => before.backup.some((one, slot) => slot !== input.backup && one.value !== 'vacant'),
    holds: step => step.before.backup.every((one, slot) => slot === step.input.backup || isUntouched(step, one, slot)),
  }),
]

/** What is seen of each cluster and backup is the Region that it is in. */
const saysWhere = ({ seen, cluster, backup }: StepReads['before']): boolean =>
  cluster.every(({ context }, slot) => (seen.cluster(slot)?.region ?? null) === context.region) &&
  backup.every(({ context }, slot) => (seen.backup(slot)?.region ?? null) === context.region)

const isUntouched = (step: Pick<StepReads, 'after' | 'moved'>, one: Backup, slot: number): boolean =>
  one.value === 'vacant' || afterwards(step, slot) === one

/** A new cluster is where it was asked for, and any other where it was. */
const isInItsRegion = ({ before, after, input, created }: StepReads, slot: number): boolean => {
  const [old, now] = [before.cluster[slot]?.context, after.cluster[slot]]
  const isNew = created.some(made => made.kind === 'cluster' && made.slot === slot)
  if (isNew) return input.rule === 'CreateCluster' && now?.context.region === (input.region ?? HOME)
  return !isKnown(before, slot) || now?.value === 'DELETED' || now?.context.region === old?.region
}
