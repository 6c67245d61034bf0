/** DescribeClusters and DescribeBackups: the stores as a customer may see them. */
import type { Mode } from '../hsm/index.ts'
import type { Backup, BackupState, Cluster, ClusterState, HsmState, HsmType, Origin } from './records.ts'
import { activeOf, membersOf, type Site } from './site.ts'

export interface DescribedHsm {
  readonly hsmId: string
  readonly state: HsmState
  readonly eniIp: string
}

export interface DescribedCluster {
  readonly clusterId: string
  readonly state: ClusterState
  readonly mode: Mode
  readonly hsmType: HsmType
  readonly region: string
  readonly clusterCsr: Uint8Array | null
  readonly clusterCertificate: Uint8Array | null
  readonly hsms: readonly DescribedHsm[]
}

export interface DescribedBackup {
  readonly backupId: string
  readonly state: BackupState
  readonly region: string
  /** Null for a copy. */
  readonly clusterId: string | null
  /** What it is a copy of; null for a backup that is none. */
  readonly origin: Origin | null
  readonly mode: Mode
  readonly hsmType: HsmType
  /** Seconds. */
  readonly createTimestamp: number
  readonly deleteTimestamp: number | null
}

/** Every cluster of a Region, or of all, that is not DELETED, oldest first, or the one with this id. §cluster.describe */
export const describeClusters = (site: Site, region: string | null, clusterId?: string): readonly DescribedCluster[] =>
  [...site.stores.clusters.values()]
    .filter(cluster => site.parts.isClusterListed(cluster, clusterId))
    .filter(cluster => region === null || site.parts.isListedIn(cluster, region)) // §describe.region
    .map(cluster => describeCluster(site, cluster))

const describeCluster = (site: Site, cluster: Cluster): DescribedCluster => {
  const { clusterId, state, mode, hsmType, region, certificate } = cluster
  return {
    clusterId,
    state,
    mode,
    hsmType,
    region,
    clusterCsr: site.parts.csrOf(cluster, activeOf(site, clusterId)), // §cluster.csr
    clusterCertificate: certificate,
    hsms: membersOf(site, clusterId).map(hsm => ({ hsmId: hsm.hsmId, state: hsm.state, eniIp: hsm.eniIp })),
  }
}

/** Every backup of a Region, or of all, that is not DELETED, oldest first, or the one with this id. §backup.describe */
export const describeBackups = (site: Site, region: string | null, backupId?: string): readonly DescribedBackup[] =>
  [...site.stores.backups.values()]
    .filter(backup => site.parts.isBackupListed(backup, backupId))
    .filter(backup => region === null || site.parts.isListedIn(backup, region)) // §describe.region
    .map(describeBackup)

const describeBackup = ({ label, ...backup }: Backup): DescribedBackup => ({
  backupId: backup.backupId,
  state: backup.state,
  region: backup.region,
  clusterId: backup.clusterId,
  origin: backup.origin,
  mode: label.mode,
  hsmType: label.hsmType,
  createTimestamp: backup.createTimestamp,
  deleteTimestamp: backup.deleteTimestamp,
})
