/** Moves of the adversary with two backups of its archive: parts of one put into the other, or the older in the newer's place. */
import type { AccountParticipant, AccountRule } from '../things.ts'
import { rule } from './rule.ts'

const lent = (slot: number): AccountParticipant => ({ kind: 'backup', slot, event: { type: 'LendBackup' } })

export const archive: readonly AccountRule[] = [
  rule('SpliceBackup', {
    family: 'adversary',
    clauses: ['§restore.splice', '§loss.altered'],
    description: 'put a part of one backup into another',
    participants: ({ backup, part, source }, read) => {
      const { mode, hsmType } = read.local('backup', source).context
      const isOfCopy = [backup, source].some(slot => read.local('backup', slot).context.sourceRegion !== null)
      const from = backup === source || isOfCopy || mode === null || hsmType === null ? null : { mode, hsmType }
      const spliced: AccountParticipant = { kind: 'backup', slot: backup, event: { type: 'SpliceBackup', part, from } }
      return backup === source ? [spliced] : [spliced, lent(source)]
    },
  }),
  rule('ReplayBackup', {
    family: 'adversary',
    clauses: ['§adversary.replay'],
    description: 'put an older backup in the place of a newer one',
    participants: ({ backup, source }, read) => {
      const { cluster, hsmType, contents } = read.local('backup', source).context
      const older = source < backup ? { cluster, hsmType, contents } : null
      const replaced: AccountParticipant = { kind: 'backup', slot: backup, event: { type: 'ReplayBackup', older } }
      return backup === source ? [replaced] : [replaced, lent(source)]
    },
  }),
]
