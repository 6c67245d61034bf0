/** How long backups are kept, and what the service backs up by its own plan. */
import { CUSTOMER } from '../machines/words.ts'
import type { AccountParticipant, AccountReader, AccountRule } from '../things.ts'
import { factsOf } from './api.ts'
import { rule } from './rule.ts'

/** What a cluster has to do with how long a backup is kept: nothing, where the backup is not its own. */
export const keptBy = (read: AccountReader, cluster: number | null, backup: number) => {
  const isOwn = cluster !== null && read.local('backup', backup).context.cluster === cluster
  if (!isOwn) return { retention: null, last: false }
  const { retention, last } = factsOf(read, cluster)
  return { retention, last: last === backup }
}

export const retention: readonly AccountRule[] = [
  rule('ModifyCluster', {
    family: 'api',
    clauses: ['§cluster.modify'],
    description: 'change how long the backups of a cluster are kept',
    participants: ({ cluster, retention: days }, read) => {
      const { hasOwn: hasBackup } = factsOf(read, cluster)
      return [{ kind: 'cluster', slot: cluster, event: { type: 'ModifyCluster', retention: days, hasBackup } }]
    },
  }),
  rule('ModifyBackupAttributes', {
    family: 'api',
    clauses: ['§backup.attributes'],
    description: 'exempt a backup from retention, or no longer',
    participants: ({ backup, neverExpires, account = CUSTOMER }) => [
      { kind: 'backup', slot: backup, event: { type: 'ModifyBackupAttributes', neverExpires, account } },
    ],
  }),
  rule('BackupExpired', {
    family: 'settle',
    clauses: ['§backup.expire', '§loss.retention'],
    description: 'retention deletes a backup',
    participants: ({ backup }, read) => {
      const { cluster } = read.local('backup', backup).context
      return [{ kind: 'backup', slot: backup, event: { type: 'BackupExpired', ...keptBy(read, cluster, backup) } }]
    },
  }),
]

export const plan: readonly AccountRule[] = [
  rule('Day', {
    family: 'plan',
    clauses: ['§backup.daily'],
    description: 'a day is over',
    participants: (_, read) =>
      read.view.map(({ active }, slot) => ({
        kind: 'cluster',
        slot,
        optional: true,
        event: { type: 'Day', active: active !== null },
      })),
  }),
  rule('ClusterBackedUp', {
    family: 'plan',
    clauses: ['§backup.daily', '§backup.first', '§backup.occasions'],
    description: 'a cluster is backed up because it is time',
    participants: ({ cluster }, read) => {
      const { active, sealing, last, region, account, mode, hsmType } = factsOf(read, cluster)
      const hasBackup = sealing || last !== null
      const timely: AccountParticipant = {
        kind: 'cluster',
        slot: cluster,
        event: { type: 'ClusterBackedUp', active: active !== null, hasBackup },
      }
      if (active === null) return [timely]
      const { contents } = read.local('hsm', active).context
      return [
        timely,
        { kind: 'hsm', slot: active, event: { type: 'BackUpInTime' } },
        {
          kind: 'backup',
          slot: 'free',
          event: { type: 'ClusterBackedUp', cluster, region, account, mode, hsmType, contents },
        },
      ]
    },
  }),
]
