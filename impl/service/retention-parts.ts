/** The collaborators that decide how long backups are kept, and when the service makes one by itself. */
import { scheduleDeletion } from './backup-parts.ts'
import { isChanging, type Backup, type Cluster } from './records.ts'

const SECONDS_PER_DAY = 24 * 60 * 60
const DEFAULT_DAYS = 90
const FEWEST_DAYS = 7
const MOST_DAYS = 379

/** Guards answer whether something may go on; the others answer what becomes of a record. Times are in seconds, policies in days. */
export const retentionParts = {
  // §cluster.retention.value
  isPolicyOffered: (days: number): boolean => Number.isInteger(days) && days >= FEWEST_DAYS && days <= MOST_DAYS,
  // §cluster.retention
  policyFor: (asked: number | undefined): number => asked ?? DEFAULT_DAYS,
  // §cluster.modify.state
  mayModifyCluster: (cluster: Cluster): boolean => !isChanging(cluster),
  // §cluster.modify
  changePolicy: (cluster: Cluster, days: number): Cluster => ({ ...cluster, retentionDays: days }),
  // §backup.attributes.state
  mayModifyBackup: ({ state }: Backup): boolean => state === 'READY',
  // §backup.attributes
  changeAttributes: (backup: Backup, neverExpires: boolean): Backup => ({ ...backup, neverExpires }),
  // §backup.expire.orphan
  hasPolicy: ({ state }: Cluster): boolean => state !== 'DELETED',
  // §backup.expire
  isOutlived: ({ createTimestamp }: Backup, days: number, now: number): boolean =>
    now - createTimestamp >= days * SECONDS_PER_DAY,
  // §backup.expire
  expire: (backup: Backup, now: number): Backup => scheduleDeletion(backup, now),
  // §backup.expire.never
  isExempt: ({ neverExpires }: Backup): boolean => neverExpires,
  // §backup.expire.last
  isLast: ({ backupId }: Backup, ready: readonly Backup[]): boolean => ready.at(-1)?.backupId === backupId,
  // §backup.daily
  endDay: (cluster: Cluster): Cluster => ({ ...cluster, backupDue: true }),
  // §backup.daily
  isDayOver: ({ backupDue }: Cluster): boolean => backupDue,
  // §backup.first
  isFirst: (existing: readonly Backup[]): boolean => existing.length === 0,
  // §backup.daily
  noteBackup: (cluster: Cluster): Cluster => ({ ...cluster, backupDue: false }),
}
