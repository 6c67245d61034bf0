/** The archive: what it keeps, deletes after seven days, gives back before, and lists. */
import { label, type RuleName } from '../model/index.ts'
import { afterwards } from './afterwards.ts'
import { isOwners } from './callers.ts'
import { sameContents, type Backup } from './facts.ts'
import { EVERY, leadsTo, refusal, step, type Property } from './property.ts'
import type { StepReads } from './reads.ts'

type Naming = StepReads<'DeleteBackup' | 'RestoreBackup' | 'ModifyBackupAttributes' | 'BackupPurged'>

const was = ({ before, input }: Naming) => before.backup[input.backup]
const isWithinGrace = ({ value, context }: Backup) => value === 'PENDING_DELETION' && !context.graceOver
/** The backup is that of whoever asks. */
const isOwn = (naming: StepReads<'DeleteBackup' | 'RestoreBackup'>) => isOwners(naming, was(naming))
const isInGrace = (naming: Naming) => [was(naming)].some(backup => backup !== undefined && isWithinGrace(backup))

/** Moves of the adversary that change a backup in the archive. */
const TAMPER: readonly RuleName[] = ['AlterBackup', 'TruncateBackup', 'RelabelBackup', 'SpliceBackup', 'ReplayBackup']

export const archive: readonly Property[] = [
  refusal({
    id: '§backup.unknown',
    says: 'What names a backup that is unknown or DELETED is refused.',
    rules: ['DeleteBackup', 'RestoreBackup', 'ModifyBackupAttributes'],
    reads: ['backup'],
    code: 'ResourceNotFound',
    when: naming => was(naming)?.value === 'vacant',
  }),
  step({
    id: '§backup.archive',
    says: 'A READY backup is kept as it is, whatever happens to its cluster, until it is deleted or tampered with.',
    rules: EVERY.filter(rule => !TAMPER.includes(rule)),
    skips: 'disabled',
    reads: ['backup', 'moved'],
    when: step => step.before.backup.some((backup, slot) => isTouched(step, slot) && backup.value === 'READY'),
    holds: step => areKept(step),
  }),
  step({
    id: '§backup.delete.state',
    says: 'DeleteBackup of a backup that is being made is refused; of one being deleted it is, as chosen, refused or without effect.',
    rules: ['DeleteBackup'],
    reads: ['backup', 'outcome', 'unchanged', 'choices'],
    when: naming => isOwn(naming) && /^(CREATE_IN_PROGRESS|PENDING_DELETION)$/.test(was(naming)?.value ?? ''),
    holds: naming => {
      const isMade = was(naming)?.value === 'CREATE_IN_PROGRESS'
      const isRefused = naming.outcome.kind === 'refused' && naming.outcome.code === 'InvalidRequest'
      const expected = isMade || naming.choices['choice.backup.delete.again'] === 'refused'
      return naming.unchanged && (expected ? isRefused : naming.outcome.kind === 'accepted')
    },
  }),
  step({
    id: '§backup.delete',
    says: 'DeleteBackup of a READY backup moves it to PENDING_DELETION, with the seven days ahead of it.',
    rules: ['DeleteBackup'],
    reads: ['backup', 'seen', 'outcome'],
    when: naming => isOwn(naming) && was(naming)?.value === 'READY',
    holds: ({ after, outcome, input }) => {
      const { value, context } = after.backup[input.backup] ?? {}
      const isPending = value === 'PENDING_DELETION' && context?.graceOver === false
      const isDated = after.seen.backup(input.backup)?.deleteTimestamp === true
      return outcome.kind === 'accepted' && isPending && isDated
    },
  }),
  refusal({
    id: '§backup.undelete.state',
    says: 'RestoreBackup of a backup that is not being deleted is refused.',
    rules: ['RestoreBackup'],
    reads: ['backup'],
    code: 'InvalidRequest',
    when: naming => isOwn(naming) && /^(CREATE_IN_PROGRESS|READY)$/.test(was(naming)?.value ?? ''),
  }),
  refusal({
    id: '§backup.undelete.grace',
    says: 'RestoreBackup of a backup whose seven days are over is refused.',
    rules: ['RestoreBackup'],
    reads: ['backup'],
    code: 'InvalidRequest',
    when: naming => isOwn(naming) && was(naming)?.value === 'PENDING_DELETION' && !isInGrace(naming),
  }),
  step({
    id: '§backup.undelete',
    says: 'RestoreBackup within the seven days moves the backup back to READY as it was, without a DeleteTimestamp.',
    rules: ['RestoreBackup'],
    reads: ['backup', 'seen', 'outcome'],
    when: naming => isOwn(naming) && isInGrace(naming),
    holds: naming => {
      const { after, outcome, input } = naming
      const [before, back] = [was(naming), after.backup[input.backup]]
      const isDated = after.seen.backup(input.backup)?.deleteTimestamp === true
      return outcome.kind === 'accepted' && before !== undefined && isKept(before, back) && !isDated
    },
  }),
  step({
    id: '§backup.purge',
    says: 'A backup in PENDING_DELETION settles in DELETED once seven days have passed, and not before.',
    rules: ['BackupPurged', 'Elapse'],
    reads: ['backup', 'outcome', 'moved'],
    when: ({ before, input }) =>
      input.rule === 'Elapse'
        ? before.backup.some(({ value }) => value === 'PENDING_DELETION')
        : before.backup[input.backup]?.value !== 'vacant',
    holds: step => {
      if (step.input.rule === 'Elapse') return !step.after.backup.some(isWithinGrace)
      const backup = step.before.backup[step.input.backup]
      const isDue = backup?.value === 'PENDING_DELETION' && !isWithinGrace(backup)
      return isDue ? afterwards(step, step.input.backup) === undefined : step.outcome.kind === 'disabled'
    },
  }),
  leadsTo({
    id: '§backup.purge',
    says: 'A backup in PENDING_DELETION is DELETED in the end, unless it is READY again before the seven days are over.',
    reads: ['backup'],
    each: 'backup',
    from: ({ backup }, slot) => backup[slot]?.value === 'PENDING_DELETION',
    to: ({ backup }, slot) => backup[slot]?.value === 'READY',
  }),
  step({
    id: '§backup.describe',
    says: 'DescribeBackups is answered, changes nothing, and lists every backup with its state, cluster, mode, type and timestamp.',
    rules: ['DescribeBackups'],
    reads: ['backup', 'seen', 'outcome', 'unchanged'],
    when: () => true,
    each: 'backup',
    holds: ({ before, outcome, unchanged, input }, slot) => {
      const isAskedFor = input.backup === null || input.backup === slot
      return outcome.kind === 'accepted' && unchanged && (!isAskedFor || isListed(before, slot))
    },
  }),
]

/** The step leaves the backup as another than it was, or nowhere. */
const isTouched = (step: StepReads, slot: number): boolean => afterwards(step, slot) !== step.before.backup[slot]

const PLAIN = ['mode', 'hsmType', 'condition'] as const
const UNDER = ['sealedUnder', 'wrappedUnder'] as const

/** The same READY backup, byte for byte. */
const isKept = ({ context }: Backup, kept: Backup | undefined): boolean => {
  if (kept?.value !== 'READY') return false
  const isSame = PLAIN.every(field => kept.context[field] === context[field])
  const isSealed = UNDER.every(field => kept.context[field].join() === context[field].join())
  return isSame && isSealed && sameContents(kept.context.contents, context.contents)
}

/** Every READY backup that the step does not delete is READY afterwards, wherever the queue moved it. */
const areKept = (step: StepReads): boolean =>
  step.before.backup.every((backup, slot) => {
    const { input } = step
    const isDeleted = (input.rule === 'DeleteBackup' || input.rule === 'BackupExpired') && input.backup === slot
    return !isTouched(step, slot) || isDeleted || backup.value !== 'READY' || isKept(backup, afterwards(step, slot))
  })

const isListed = ({ seen, backup }: StepReads['before'], slot: number): boolean => {
  const [one, listed] = [backup[slot], seen.backup(slot)]
  if (one === undefined || one.value === 'vacant') return listed === null
  const { mode, hsmType } = label(one.context)
  const isSame = listed?.state === one.value && listed.cluster === one.context.cluster
  const isDated = listed?.deleteTimestamp === (one.value === 'PENDING_DELETION')
  return isSame && listed.mode === mode && listed.hsmType === hsmType && isDated
}
