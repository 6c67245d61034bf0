/** Faults: an HSM fails, a backup's sealing fails. */
import type { AccountParticipant, AccountRule } from '../things.ts'
import { factsOf } from './api.ts'
import { rule } from './rule.ts'

export const fault: readonly AccountRule[] = [
  rule('FailHsm', {
    family: 'fault',
    clauses: ['§hsm.fail', '§loss.failure'],
    description: 'an HSM fails',
    participants: ({ hsm }) => [{ kind: 'hsm', slot: hsm, event: { type: 'FailHsm' } }],
  }),
  rule('FailSeal', {
    family: 'fault',
    clauses: ['§backup.seal.failed', '§hsm.delete.failed'],
    description: 'the sealing of a backup fails',
    participants: ({ backup }, read) => {
      const { cluster, final } = read.local('backup', backup).context
      const failed: AccountParticipant = { kind: 'backup', slot: backup, event: { type: 'FailSeal' } }
      if (final !== null) return [failed, { kind: 'hsm', slot: final, event: { type: 'FailSeal', final: true } }]
      const members = cluster === null ? [] : factsOf(read, cluster).members
      return [
        failed,
        ...members.map(slot => ({
          kind: 'hsm' as const,
          slot,
          optional: true,
          event: { type: 'FailSeal' as const, final: false },
        })),
      ]
    },
  }),
]
