/** Services that break a clause about how long backups are kept, or about when one is made. */
import { defaultServiceParts } from '../../impl/index.ts'
import { inService, type Fault } from './fault.ts'

const ONE_YEAR = 365

export const retentionFaults: readonly Fault[] = [
  inService('§cluster.retention.value', 'keeps backups for more than a year and a fortnight where it is asked to', {
    isPolicyOffered: days => days === 380 || defaultServiceParts.isPolicyOffered(days),
  }),
  inService('§cluster.retention', 'keeps the backups of every new cluster for a year', { policyFor: () => ONE_YEAR }),
  inService('§cluster.modify.state', 'takes a new policy for a cluster that is still being created', {
    mayModifyCluster: cluster =>
      cluster.state === 'CREATE_IN_PROGRESS' || defaultServiceParts.mayModifyCluster(cluster),
  }),
  inService('§cluster.modify', 'accepts a new policy and goes by the old one', { changePolicy: cluster => cluster }),
  inService('§backup.attributes.state', 'exempts a backup that is being deleted', {
    mayModifyBackup: ({ state }) => state === 'READY' || state === 'PENDING_DELETION',
  }),
  inService('§backup.attributes', 'exempts a backup and never takes that back', {
    changeAttributes: backup => ({ ...backup, neverExpires: true }),
  }),
  inService('§backup.expire', 'keeps backups for a day longer than their cluster does', {
    isOutlived: (backup, days, now) => defaultServiceParts.isOutlived(backup, days + 1, now),
  }),
  inService('§backup.expire.never', 'takes backups whether or not they are exempted', { isExempt: () => false }),
  inService('§backup.expire.last', 'takes the last backup of a cluster', { isLast: () => false }),
  inService('§backup.expire.orphan', 'goes on with retention when a cluster is DELETED', { hasPolicy: () => true }),
  inService('§backup.first', 'does not back up a cluster after its activation', { isFirst: () => false }),
  inService('§backup.daily', 'backs up a cluster once and not every day', { isDayOver: () => false }),
]
