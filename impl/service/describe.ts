/** DescribeClusters and DescribeBackups: the stores as a customer may see them. */
import type { Attestation, Mode } from '../hsm/index.ts'
import type { Backup, BackupState, Cluster, ClusterState, HsmState, HsmType, Origin } from './records.ts'
import { activeOf, membersOf, type Site } from './site.ts'
import type { SubnetMapping, Zone } from './subnets.ts'

export interface DescribedHsm {
  readonly hsmId: string
  readonly state: HsmState
  readonly availabilityZone: Zone
  readonly eniIp: string
  readonly hsmType: HsmType
}

export interface DescribedCluster {
  readonly clusterId: string
  readonly state: ClusterState
  readonly mode: Mode
  readonly hsmType: HsmType
  readonly region: string
  readonly account: string
  readonly subnetMapping: SubnetMapping
  readonly clusterCsr: Uint8Array | null
  readonly clusterCertificate: Uint8Array | null
  /** HsmCertificate and the hardware's two, for as long as there is a CSR; left out where hardware attests nothing. */
  readonly hsmCertificates?: Attestation
  readonly retentionDays: number
  /** HsmTypeRollbackExpiration, in seconds; null where the cluster cannot be rolled back. */
  readonly rollbackExpiration: number | null
  readonly hsms: readonly DescribedHsm[]
}

export interface DescribedBackup {
  readonly backupId: string
  readonly state: BackupState
  readonly region: string
  readonly account: string
  /** Null for a copy. */
  readonly clusterId: string | null
  /** What it is a copy of; null for a backup that is none. */
  readonly origin: Origin | null
  readonly mode: Mode
  readonly hsmType: HsmType
  /** Seconds. */
  readonly createTimestamp: number
  readonly deleteTimestamp: number | null
  readonly neverExpires: boolean
}

/** Where a list is asked for, and by whom. */
export interface Listing {
  readonly region: string
  readonly account: string
  /** What others share, in place of one's own. */
  readonly shared: boolean
}

/** Every cluster that is not DELETED, oldest first, or the one with this id; all there are where nobody asks. §cluster.describe */
export const describeClusters = (site: Site, asked: Listing | null, clusterId?: string): readonly DescribedCluster[] =>
  [...site.stores.clusters.values()]
    .filter(cluster => site.parts.isClusterListed(cluster, clusterId))
    .filter(cluster => asked === null || site.parts.isListedIn(cluster, asked.region)) // §describe.region
    .filter(cluster => asked === null || site.parts.isListedTo(cluster, asked.account)) // §describe.account
    .map(cluster => describeCluster(site, cluster))

const describeCluster = (site: Site, cluster: Cluster): DescribedCluster => {
  const { clusterId, state, mode, hsmType, region, account, subnetMapping, certificate, retentionDays } = cluster
  const active = activeOf(site, clusterId)
  const clusterCsr = site.parts.csrOf(cluster, active) // §cluster.csr
  const attestation = clusterCsr === null ? null : (site.stores.units.get(active?.hsmId ?? '')?.attestation() ?? null)
  return {
    clusterId,
    state,
    mode,
    hsmType,
    region,
    account,
    subnetMapping,
    clusterCsr,
    ...(attestation !== null && { hsmCertificates: attestation }), // §attest.shown
    clusterCertificate: certificate,
    retentionDays,
    rollbackExpiration: site.parts.shownExpiration(cluster, site.now()), // §rollback.window
    hsms: membersOf(site, clusterId).map(({ hsmId, state: hsmState, availabilityZone, eniIp, hsmType: type }) => ({
      hsmId,
      state: hsmState,
      availabilityZone,
      eniIp,
      hsmType: type,
    })),
  }
}

/** Every backup that is not DELETED, oldest first, or the one with this id; all there are where nobody asks. §backup.describe */
export const describeBackups = (site: Site, asked: Listing | null, backupId?: string): readonly DescribedBackup[] =>
  [...site.stores.backups.values()]
    .filter(backup => site.parts.isBackupListed(backup, backupId))
    .filter(backup => asked === null || site.parts.isListedIn(backup, asked.region)) // §describe.region
    .filter(backup => asked === null || isFor(site, backup, asked))
    .map(describeBackup)

/** §describe.account §describe.shared */
const isFor = ({ parts }: Site, backup: Backup, { account, shared }: Listing): boolean =>
  shared ? parts.isListedAsShared(backup, account) : parts.isListedTo(backup, account)

const describeBackup = ({ label, ...backup }: Backup): DescribedBackup => ({
  backupId: backup.backupId,
  state: backup.state,
  region: backup.region,
  account: backup.account,
  clusterId: backup.clusterId,
  origin: backup.origin,
  mode: label.mode,
  hsmType: label.hsmType,
  createTimestamp: backup.createTimestamp,
  deleteTimestamp: backup.deleteTimestamp,
  neverExpires: backup.neverExpires,
})
