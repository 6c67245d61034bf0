/** ModifyCluster, ModifyBackupAttributes, and what the service does by the age of a backup and by the end of a day. */
import { accepted, refused, type Outcome } from '../hsm/index.ts'
import type { ControlCode } from './clusters.ts'
import { CUSTOMER, type Backup, type Cluster } from './records.ts'
import { findOwn } from './shares.ts'
import { activeOf, putBackup, updateCluster, type Site } from './site.ts'
import { recordSnapshot, sealSnapshot } from './snapshots.ts'

export interface ModifyCluster {
  readonly clusterId: string
  /** BackupRetentionPolicy, in days. */
  readonly retentionDays: number
}

export const modifyCluster = (
  site: Site,
  { clusterId, retentionDays }: ModifyCluster,
): Outcome<Cluster, ControlCode> => {
  const { parts, stores } = site
  const cluster = parts.findCluster(stores.clusters, clusterId)
  if (cluster === undefined) return refused('ResourceNotFound') // §cluster.unknown
  if (!parts.isPolicyOffered(retentionDays)) return refused('InvalidRequest') // §cluster.retention.value
  if (!parts.mayModifyCluster(cluster)) return refused('InvalidRequest') // §cluster.modify.state
  const modified = parts.changePolicy(cluster, retentionDays) // §cluster.modify
  updateCluster(site, cluster, modified)
  return accepted(modified)
}

export interface ModifyBackupAttributes {
  readonly backupId: string
  /** Who asks. */
  readonly account?: string | undefined
  readonly neverExpires: boolean
}

export const modifyBackupAttributes = (
  site: Site,
  { backupId, neverExpires, account = CUSTOMER }: ModifyBackupAttributes,
): Outcome<Backup, ControlCode> => {
  const { parts } = site
  const found = findOwn(site, backupId, account)
  if (!found.ok) return found
  const backup = found.value
  if (!parts.mayModifyBackup(backup)) return refused('InvalidRequest') // §backup.attributes.state
  const modified = parts.changeAttributes(backup, neverExpires) // §backup.attributes
  putBackup(site, modified)
  return accepted(modified)
}

/** The backups of a cluster in one of these states, oldest first. */
const backupsOf = ({ stores }: Site, clusterId: string, states: readonly Backup['state'][]): readonly Backup[] =>
  [...stores.backups.values()].filter(backup => backup.clusterId === clusterId && states.includes(backup.state))

/** Retention has to delete a READY backup. §backup.expire */
export const isExpired = (site: Site, backup: Backup): boolean => {
  const { parts, stores } = site
  const { clusterId } = backup
  if (clusterId === null || backup.state !== 'READY') return false
  const cluster = stores.clusters.get(clusterId)
  if (cluster === undefined || !parts.hasPolicy(cluster)) return false // §backup.expire.orphan
  if (parts.isExempt(backup)) return false // §backup.expire.never
  if (parts.isLast(backup, backupsOf(site, clusterId, ['READY']))) return false // §backup.expire.last
  return parts.isOutlived(backup, cluster.retentionDays, site.now())
}

/** The service deletes it as a customer would. §backup.expire §loss.retention */
export const settleExpired = (site: Site, backup: Backup): void =>
  putBackup(site, site.parts.expire(backup, site.now()))

/** A day is over for every ACTIVE cluster that has an ACTIVE HSM. §backup.daily */
export const endDay = (site: Site): void => {
  for (const cluster of site.stores.clusters.values())
    if (cluster.state === 'ACTIVE' && activeOf(site, cluster.clusterId) !== undefined)
      updateCluster(site, cluster, site.parts.endDay(cluster))
}

/** It is time to back up an ACTIVE cluster that has an ACTIVE HSM. §backup.daily §backup.first */
export const isBackupDue = (site: Site, cluster: Cluster): boolean =>
  cluster.state === 'ACTIVE' &&
  activeOf(site, cluster.clusterId) !== undefined &&
  (site.parts.isDayOver(cluster) ||
    site.parts.isFirst(backupsOf(site, cluster.clusterId, ['CREATE_IN_PROGRESS', 'READY'])))

const servingOf = (site: Site, { clusterId }: Cluster) => {
  const active = activeOf(site, clusterId)
  if (active === undefined) throw new Error(`expected an ACTIVE HSM of ${clusterId}, got none`)
  return active
}

/** The id that the backup will have. §backup.daily §backup.first */
export const sealCluster = (site: Site, cluster: Cluster): string => sealSnapshot(site, servingOf(site, cluster))

/** §backup.daily §backup.first §backup.occasions */
export const settleBackedUp = (site: Site, cluster: Cluster, backupId: string): void => {
  recordSnapshot(site, servingOf(site, cluster), backupId, null)
  updateCluster(site, cluster, site.parts.noteBackup(cluster))
}
