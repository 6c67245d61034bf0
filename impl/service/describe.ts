/** DescribeClusters and DescribeBackups: the stores as a customer may see them. */
import type { Mode } from '../hsm/index.ts'
import type { BackupState, Cluster, ClusterState, HsmState, HsmType } from './records.ts'
import { activeOf, membersOf, type Site } from './site.ts'
import type { SubnetMapping, Zone } from './subnets.ts'

export interface DescribedHsm {
  readonly hsmId: string
  readonly state: HsmState
  readonly availabilityZone: Zone
  readonly eniIp: string
}

export interface DescribedCluster {
  readonly clusterId: string
  readonly state: ClusterState
  readonly mode: Mode
  readonly hsmType: HsmType
  readonly subnetMapping: SubnetMapping
  readonly clusterCsr: Uint8Array | null
  readonly clusterCertificate: Uint8Array | null
  readonly retentionDays: number
  readonly hsms: readonly DescribedHsm[]
}

export interface DescribedBackup {
  readonly backupId: string
  readonly state: BackupState
  readonly clusterId: string
  readonly mode: Mode
  readonly hsmType: HsmType
  /** Seconds. */
  readonly createTimestamp: number
  readonly deleteTimestamp: number | null
  readonly neverExpires: boolean
}

/** Every cluster that is not DELETED, oldest first, or the one with this id. §cluster.describe */
export const describeClusters = (site: Site, clusterId?: string): readonly DescribedCluster[] =>
  [...site.stores.clusters.values()]
    .filter(cluster => site.parts.isClusterListed(cluster, clusterId))
    .map(cluster => describeCluster(site, cluster))

const describeCluster = (site: Site, cluster: Cluster): DescribedCluster => {
  const { clusterId, state, mode, hsmType, subnetMapping, certificate, retentionDays } = cluster
  return {
    clusterId,
    state,
    mode,
    hsmType,
    subnetMapping,
    clusterCsr: site.parts.csrOf(cluster, activeOf(site, clusterId)), // §cluster.csr
    clusterCertificate: certificate,
    retentionDays,
    hsms: membersOf(site, clusterId).map(({ hsmId, state: hsmState, availabilityZone, eniIp }) => ({
      hsmId,
      state: hsmState,
      availabilityZone,
      eniIp,
    })),
  }
}

/** Every backup that is not DELETED, in the order of their snapshots, or the one with this id. §backup.describe */
export const describeBackups = (site: Site, backupId?: string): readonly DescribedBackup[] =>
  [...site.stores.backups.values()]
    .filter(backup => site.parts.isBackupListed(backup, backupId))
    .map(({ label, ...backup }) => ({
      backupId: backup.backupId,
      state: backup.state,
      clusterId: backup.clusterId,
      mode: label.mode,
      hsmType: label.hsmType,
      createTimestamp: backup.createTimestamp,
      deleteTimestamp: backup.deleteTimestamp,
      neverExpires: backup.neverExpires,
    }))
