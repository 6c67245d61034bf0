/** Faults: an HSM fails, a backup's sealing fails. */
import type { AccountParticipant, AccountRule } from '../things.ts'
import { factsOf } from './api.ts'
import { losingBackup } from './jobs.ts'
import { rule } from './rule.ts'

export const fault: readonly AccountRule[] = [
  rule('FailHsm', {
    family: 'fault',
    clauses: ['§hsm.fail', '§hsm.fail.creating', '§hsm.fail.deleting', '§cluster.csr.lost', '§loss.failure'],
    description: 'an HSM fails',
    participants: ({ hsm }, read) => {
      const { value, context } = read.local('hsm', hsm)
      const failed: AccountParticipant = { kind: 'hsm', slot: hsm, event: { type: 'FailHsm' } }
      if (context.cluster === null) return [failed]
      const event = { type: 'FailHsm', hsmState: value } as const
      return [
        failed,
        { kind: 'cluster', slot: context.cluster, optional: true, event },
        ...read.all('backup').map(slot => ({
          kind: 'backup' as const,
          slot,
          optional: true,
          event: { type: 'FailHsm' as const, hsm },
        })),
        ...losingBackup(read, hsm),
      ]
    },
  }),
  rule('FailSeal', {
    family: 'fault',
    clauses: ['§backup.seal.failed', '§hsm.delete.failed', '§hsm.join.again'],
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
