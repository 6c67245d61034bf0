/** Retention: the policy of a cluster, what it takes, and what it must leave. */
import { label } from '../model/index.ts'
import { isOwners } from './callers.ts'
import {
  DEFAULT_POLICY,
  clusterState,
  isChanging,
  isPolicyOffered,
  isKnown,
  newestReady,
  sameContents,
  type Backup,
} from './facts.ts'
import { EVERY, leadsTo, refusal, step, type Property } from './property.ts'
import type { StateReads, StepReads } from './reads.ts'

type Asking = StepReads<'CreateCluster' | 'ModifyCluster'>

/** The policy that is asked for; the default where CreateCluster asks for none. */
const askedIn = ({ input }: Asking) => input.retention ?? DEFAULT_POLICY

/** The policy that a known cluster shows, in days. */
const shownOf = ({ seen }: Pick<StateReads, 'seen'>, slot: number) => seen.cluster(slot)?.retention

export const policy: readonly Property[] = [
  refusal({
    id: '§cluster.retention.value',
    says: 'A policy of less than 7 or more than 379 days is refused.',
    rules: ['CreateCluster', 'ModifyCluster'],
    reads: ['facts'],
    code: 'InvalidRequest',
    when: ({ before, input }) =>
      !isPolicyOffered(input.retention) && (input.rule === 'CreateCluster' || isKnown(before, input.cluster)),
  }),
  step({
    id: '§cluster.retention',
    says: 'A new cluster shows the policy that was asked for, or 90 days, and no other step than ModifyCluster changes it.',
    rules: EVERY.filter(rule => rule !== 'ModifyCluster'),
    skips: 'disabled',
    reads: ['seen', 'created'],
    when: () => true,
    each: 'cluster',
    holds: (asking, slot) => {
      const isNew = asking.created.some(made => made.kind === 'cluster' && made.slot === slot)
      const expected = isNew ? askedIn(asking as Asking) : shownOf(asking.before, slot)
      const shown = shownOf(asking.after, slot)
      return shown === undefined || shown === expected
    },
  }),
  refusal({
    id: '§cluster.modify.state',
    says: 'ModifyCluster is refused while the cluster is between two states.',
    rules: ['ModifyCluster'],
    reads: ['cluster'],
    code: 'InvalidRequest',
    when: ({ before, input }) => isChanging(before, input.cluster),
  }),
  step({
    id: '§cluster.modify',
    says: 'Any other ModifyCluster sets the policy and leaves the state of the cluster and all its backups.',
    rules: ['ModifyCluster'],
    reads: ['cluster', 'facts', 'seen', 'backup', 'outcome'],
    when: ({ before, input }) =>
      isKnown(before, input.cluster) && !isChanging(before, input.cluster) && isPolicyOffered(input.retention),
    holds: ({ before, after, outcome, input: { cluster, retention } }) => {
      const isSame = clusterState(after, cluster) === clusterState(before, cluster)
      const areKept = before.backup.every((backup, slot) => after.backup[slot] === backup)
      return outcome.kind === 'accepted' && isSame && areKept && shownOf(after, cluster) === retention
    },
  }),
]

type Naming = StepReads<'ModifyBackupAttributes' | 'BackupExpired'>

const was = ({ before, input }: Naming): Backup | undefined => before.backup[input.backup]
const became = ({ after, input }: Naming): Backup | undefined => after.backup[input.backup]
const isReady = (naming: Naming) => was(naming)?.value === 'READY'
const isExempt = (naming: Naming) => was(naming)?.context.neverExpires === true
const isLast = (naming: Naming) =>
  newestReady(naming.before, was(naming)?.context.cluster ?? null) === naming.input.backup

/** A READY backup is as old as its cluster keeps backups: never, where nobody asked for that, since no end of it is seen. */
const isOutlived = ({ cluster, backup }: Pick<StateReads, 'cluster' | 'backup'>, slot: number): boolean => {
  const { value, context } = backup[slot] ?? {}
  const home = context?.cluster ?? null
  const retention = home === null ? null : (cluster[home]?.context.retention ?? null)
  return value === 'READY' && retention !== null && (context?.age ?? 0) >= retention
}

/** Retention may take it. */
const isExpired = (state: Pick<StateReads, 'cluster' | 'facts' | 'backup'>, slot: number): boolean => {
  const { cluster = null, neverExpires } = state.backup[slot]?.context ?? {}
  return isOutlived(state, slot) && neverExpires === false && newestReady(state, cluster) !== slot
}

const WEEK = 7
/** From this age on nothing more comes of growing older: no policy whose end is seen is longer. */
const SEEN = 14

type Passing = StepReads<'BackupExpired' | 'Elapse'>

const isPassing = ({ input }: Passing): boolean => input.rule === 'Elapse'

/** How old each backup was and is, if it is being made or READY, counted by the policy of its cluster, and not as old as can be. */
const agesOf = ({ before, after }: Passing): readonly (readonly [before: number, after: number])[] =>
  before.backup.flatMap(({ value, context: { cluster, age } }, slot) => {
    const isKept = value === 'CREATE_IN_PROGRESS' || value === 'READY'
    const isCounted = isKept && cluster !== null && before.cluster[cluster]?.context.retention !== null
    return isCounted && age < SEEN ? [[age, after.backup[slot]?.context.age ?? -1] as const] : []
  })

export const retention: readonly Property[] = [
  refusal({
    id: '§backup.attributes.state',
    says: 'ModifyBackupAttributes of a backup that is being made or deleted is refused.',
    rules: ['ModifyBackupAttributes'],
    reads: ['backup'],
    code: 'InvalidRequest',
    when: naming =>
      isOwners(naming, was(naming)) && /^(CREATE_IN_PROGRESS|PENDING_DELETION)$/.test(was(naming)?.value ?? ''),
  }),
  step({
    id: '§backup.attributes',
    says: 'ModifyBackupAttributes of a READY backup sets NeverExpires, which DescribeBackups shows, and leaves all else.',
    rules: ['ModifyBackupAttributes'],
    reads: ['backup', 'seen', 'outcome'],
    when: naming => isOwners(naming, was(naming)) && isReady(naming),
    holds: naming => {
      const { after, outcome, input } = naming
      const isShown = after.seen.backup(input.backup)?.neverExpires === input.neverExpires
      return outcome.kind === 'accepted' && isShown && isSameBackup(was(naming), became(naming))
    },
  }),
  step({
    id: '§backup.expire',
    says: 'Retention deletes a READY backup that has outlived the policy of its cluster, with the seven days ahead of it, and no other; seven days make a backup that old.',
    rules: ['BackupExpired', 'Elapse'],
    reads: ['cluster', 'facts', 'backup', 'seen', 'outcome'],
    when: step => (isPassing(step) ? agesOf(step).length > 0 : was(step as Naming)?.value !== 'vacant'),
    holds: step => {
      if (isPassing(step)) return agesOf(step).every(([before, after]) => after === before + WEEK)
      const naming = step as Naming
      if (!isExpired(naming.before, naming.input.backup)) return naming.outcome.kind === 'disabled'
      const isDated = naming.after.seen.backup(naming.input.backup)?.deleteTimestamp === true
      const { value, context } = became(naming) ?? {}
      return naming.outcome.kind === 'accepted' && value === 'PENDING_DELETION' && isDated && !context?.graceOver
    },
  }),
  leadsTo({
    id: '§backup.expire',
    says: 'A backup that retention may take is being deleted in the end, unless it is exempted, the last, or kept for longer.',
    reads: ['cluster', 'facts', 'backup'],
    each: 'backup',
    from: (state, slot) => isExpired(state, slot),
    to: (state, slot) => !isExpired(state, slot),
  }),
  step({
    id: '§backup.expire.never',
    says: 'Retention never takes a backup with NeverExpires, however old it is.',
    rules: ['BackupExpired'],
    reads: ['cluster', 'backup', 'outcome'],
    when: naming => isOutlived(naming.before, naming.input.backup) && isExempt(naming),
    holds: ({ outcome }) => outcome.kind === 'disabled',
  }),
  step({
    id: '§backup.expire.last',
    says: 'Retention never takes the last backup of a cluster, so that it leaves every cluster one that is READY.',
    rules: ['BackupExpired'],
    reads: ['cluster', 'facts', 'backup', 'outcome'],
    when: naming => isOutlived(naming.before, naming.input.backup),
    holds: naming => {
      const home = was(naming)?.context.cluster
      const isLeft = naming.after.backup.some(({ value, context }) => value === 'READY' && context.cluster === home)
      return isLast(naming) ? naming.outcome.kind === 'disabled' : isLeft
    },
  }),
  step({
    id: '§backup.expire.orphan',
    says: 'Retention never takes a backup whose cluster is DELETED, however old it is.',
    rules: ['BackupExpired'],
    reads: ['backup', 'outcome'],
    when: naming => isReady(naming) && was(naming)?.context.cluster === null,
    holds: ({ outcome }) => outcome.kind === 'disabled',
  }),
]

/** The same READY backup but for NeverExpires. */
const isSameBackup = (before: Backup | undefined, after: Backup | undefined): boolean => {
  if (before === undefined || after?.value !== 'READY') return false
  const [one, other] = [label(before.context), label(after.context)]
  const isSame = one.mode === other.mode && one.hsmType === other.hsmType && before.context.age === after.context.age
  return isSame && sameContents(before.context.contents, after.context.contents)
}
