/** Losses and weaknesses that are allowed, each shown to be reachable. */
import { activeAfter, hasHsmAfter, newestOwnAfter, newestUsableAfter } from './afterwards.ts'
import { clusterState, hasActive, isWhole, newestUsable, sameContents, type Backup } from './facts.ts'
import { sometimesStep, step, type Property } from './property.ts'
import type { StepReads } from './reads.ts'

export const losses: readonly Property[] = [
  sometimesStep({
    id: '§loss.failure',
    says: 'The last ACTIVE HSM of a cluster fails, and no backup has what was written to it.',
    rules: ['FailHsm'],
    reads: ['cluster', 'hsm', 'facts', 'backup', 'outcome'],
    reached: step => {
      const failed = step.before.hsm[step.input.hsm]?.context
      const home = failed?.cluster ?? null
      if (step.outcome.kind !== 'accepted' || clusterState(step.before, home) !== 'ACTIVE') return false
      if (activeAfter(step, home).length > 0 || newestOwnAfter(step, home) === -1) return false
      return !step.after.backup.some(({ context }) => sameContents(context.contents, failed?.contents))
    },
  }),
  sometimesStep({
    id: '§loss.deleted',
    says: 'An empty ACTIVE cluster loses its last backup, which the customer deleted.',
    rules: ['BackupPurged'],
    reads: ['cluster', 'hsm', 'facts', 'backup', 'outcome'],
    reached: step => {
      const home = step.before.backup[step.input.backup]?.context.cluster ?? null
      const isActive = step.outcome.kind === 'accepted' && clusterState(step.after, home) === 'ACTIVE'
      return isActive && !hasHsmAfter(step, home) && newestOwnAfter(step, home) === -1
    },
  }),
  sometimesStep({
    id: '§loss.altered',
    says: 'The only HSM of a cluster refuses its last backup, which was altered, and has nothing to be restored from.',
    rules: ['HsmRestored'],
    reads: ['hsm', 'facts', 'backup', 'outcome'],
    reached: step => {
      const home = step.before.hsm[step.input.hsm]?.context.cluster ?? null
      if (step.outcome.kind !== 'failed' || newestUsable(step.before, home) === -1) return false
      return activeAfter(step, home).length === 0 && newestUsableAfter(step, home) === -1
    },
  }),
  step({
    id: '§loss.altered',
    says: 'Whoever has the archive alters an intact backup in it in the one way that he wants to, and no other backup.',
    rules: ['AlterBackup', 'TruncateBackup', 'RelabelBackup', 'SpliceBackup'],
    reads: ['backup', 'outcome'],
    when: ({ before, input }) => {
      const slots = input.rule === 'SpliceBackup' ? [input.backup, input.source] : [input.backup]
      const backups = slots.map(slot => before.backup[slot])
      return backups.every(backup => backup?.value === 'READY' && backup.context.condition === 'intact')
    },
    holds: ({ before, after, input, outcome }) => {
      const areKept = before.backup.every((backup, slot) => slot === input.backup || after.backup[slot] === backup)
      return outcome.kind === 'accepted' && areKept && isAltered(before.backup[input.backup], after, input)
    },
  }),
  sometimesStep({
    id: '§loss.retention',
    says: 'Retention takes a backup, and no other has its contents.',
    rules: ['BackupExpired'],
    reads: ['backup', 'outcome'],
    reached: ({ before, after, outcome, input }) => {
      const contents = before.backup[input.backup]?.context.contents
      const isTaken = outcome.kind === 'accepted'
      return (
        isTaken &&
        !after.backup.some(other => other.value === 'READY' && sameContents(other.context.contents, contents))
      )
    },
  }),
  sometimesStep({
    id: '§adversary.rollback',
    says: 'A unit is restored from a backup although its cluster has a newer one with other contents.',
    rules: ['RestoreOnto'],
    reads: ['backup', 'outcome'],
    reached: ({ before: { backup }, input, outcome }) => {
      const { cluster = null, contents } = backup[input.backup]?.context ?? {}
      if (outcome.kind !== 'accepted' || cluster === null) return false
      const newer = backup.slice(input.backup + 1).filter(({ context }) => context.cluster === cluster)
      return newer.some(({ context }) => !sameContents(context.contents, contents))
    },
  }),
  step({
    id: '§adversary.replay',
    says: 'What stands in the place of a backup that is replaced by an older one is exactly the snapshot of the older one.',
    rules: ['ReplayBackup'],
    skips: 'disabled',
    reads: ['backup'],
    when: () => true,
    holds: ({ before, after, input: { backup, source } }) => {
      const [was, is, older] = [before.backup[backup], after.backup[backup], before.backup[source]]
      const isOlder = source < backup && was !== undefined && was.context.cluster === older?.context.cluster
      return isOlder && isWhole(is) && sameContents(is?.context.contents, older.context.contents)
    },
  }),
  sometimesStep({
    id: '§adversary.replay',
    says: 'An HSM of an empty cluster is restored from an older backup that stands in the place of the newest, and what was newer is lost.',
    rules: ['HsmRestored'],
    reads: ['hsm', 'facts', 'backup', 'outcome'],
    reached: step => {
      const home = step.before.hsm[step.input.hsm]?.context.cluster ?? null
      const newest = step.before.backup[newestUsable(step.before, home)]?.context
      const isAlone = step.outcome.kind === 'accepted' && !hasActive(step.before, home)
      return isAlone && newest?.condition === 'replayed' && newest.cluster === home
    },
  }),
]

type Tampering = StepReads<'AlterBackup' | 'TruncateBackup' | 'RelabelBackup' | 'SpliceBackup'>

/** What becomes of the backup. */
const conditionOf = (input: Tampering['input']): string => {
  if (input.rule === 'TruncateBackup') return 'truncated'
  if (input.rule === 'AlterBackup') return input.part
  if (input.rule === 'SpliceBackup') return `spliced ${input.part}`
  return input.field === 'mode' ? 'mode' : 'type'
}

/** It is what it was and where it was, but for what was done to it. */
const isAltered = (was: Backup | undefined, { backup }: Tampering['after'], input: Tampering['input']): boolean => {
  const became = backup[input.backup]
  const isSame = sameContents(became?.context.contents, was?.context.contents)
  return became?.value === 'READY' && isSame && became.context.condition === conditionOf(input)
}
