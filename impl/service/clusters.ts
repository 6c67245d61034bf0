/** CreateCluster, InitializeCluster, DeleteCluster, and what becomes of clusters later. */
import { accepted, refused, type Mode, type Outcome } from '../hsm/index.ts'
import { newId } from './identifiers.ts'
import { CUSTOMER, HOME, type Backup, type Cluster, type HsmType } from './records.ts'
import { SUBNETS, type Subnet } from './subnets.ts'
import { activeOf, membersOf, putBackup, unitOf, updateCluster, type Site } from './site.ts'
import { collectAudit } from './audit.ts'

/** Why the service refuses, in AWS's words cut short. */
export type ControlCode = 'InvalidRequest' | 'ResourceNotFound' | 'AccessDenied' | 'InternalFailure'

export interface CreateCluster {
  readonly hsmType: HsmType
  readonly mode: Mode
  readonly sourceBackupId?: string | undefined
  /** Where the request is sent, and the cluster will be. */
  readonly region?: string | undefined
  /** Who asks, and whose the cluster will be. */
  readonly account?: string | undefined
  /** BackupRetentionPolicy, in days. */
  readonly retentionDays?: number | undefined
  /** Of the customer's network; left out: its first. */
  readonly subnetIds?: readonly string[] | undefined
  /** How many HSMs it may have; left out: as many as AWS lets a cluster have. */
  readonly hsmLimit?: number | undefined
}

/** AWS's quota of HSMs in a cluster. */
const MOST_HSMS = 28

export interface InitializeCluster {
  readonly clusterId: string
  readonly signedCert: Uint8Array
  /** Public key of the customer's authority. */
  readonly trustAnchor: Uint8Array
}

export const createCluster = (site: Site, request: CreateCluster): Outcome<Cluster, ControlCode> => {
  const { hsmType, mode, sourceBackupId, retentionDays: asked, region = HOME, account = CUSTOMER } = request
  const { subnetIds = [SUBNETS[0]?.subnetId ?? ''], hsmLimit = MOST_HSMS } = request
  if (!site.parts.isModeOffered(hsmType, mode)) return refused('InvalidRequest') // §cluster.mode.hsm1
  if (asked !== undefined && !site.parts.isPolicyOffered(asked)) return refused('InvalidRequest') // §cluster.retention.value
  const subnets = subnetsNamed(subnetIds)
  if (!site.parts.hasSubnets(subnets)) return refused('InvalidRequest') // §cluster.subnets.none
  if (!site.parts.isOnePerZone(subnets)) return refused('InvalidRequest') // §cluster.subnets.zone
  const source =
    sourceBackupId === undefined ? null : admitSource(site, sourceBackupId, { hsmType, mode, region, account })
  if (source !== null && !source.ok) return source
  const clusterId = newId(site.draw, 'cluster')
  const subnetMapping = site.parts.mapSubnets(subnets) // §cluster.subnets
  const retentionDays = site.parts.policyFor(asked) // §cluster.retention
  const place = { region, account, subnetMapping }
  const founding = { clusterId, mode, hsmType, ...place, hsmLimit, source: source?.value ?? null, retentionDays }
  const cluster = site.parts.foundCluster(founding)
  site.stores.clusters.set(clusterId, cluster) // §cluster.create
  return accepted(cluster)
}

/** None where one of them is not a subnet of the customer's network. */
const subnetsNamed = (ids: readonly string[]): readonly Subnet[] => {
  const found = ids.flatMap(id => SUBNETS.find(({ subnetId }) => subnetId === id) ?? [])
  return found.length === ids.length ? found : []
}

type Asked = Pick<Cluster, 'hsmType' | 'mode' | 'region' | 'account'>

const admitSource = (
  site: Site,
  id: string,
  { hsmType, mode, region, account }: Asked,
): Outcome<Backup, ControlCode> => {
  const { parts, stores } = site
  const backup = parts.findSource(stores.backups, id)
  if (backup === undefined) return refused('ResourceNotFound') // §cluster.source.unknown
  if (!parts.isSourceAtHand(backup, region)) return refused('ResourceNotFound') // §cluster.source.region
  if (!parts.isSourceOffered(backup, account)) return refused('ResourceNotFound') // §cluster.source.account
  if (!parts.isSourceReady(backup)) return refused('InvalidRequest') // §cluster.source.ready
  if (!parts.isSourceOfMode(backup.label, mode)) return refused('InvalidRequest') // §cluster.source.mode
  if (!parts.isSourceOfType(backup.label, hsmType)) return refused('InvalidRequest') // §cluster.source.type
  return accepted(backup)
}

/** §cluster.create.fresh §cluster.create.restored */
export const settleCreated = (site: Site, cluster: Cluster): void =>
  updateCluster(
    site,
    cluster,
    cluster.sourceBackupId === null ? site.parts.settleFresh(cluster) : site.parts.settleRestored(cluster),
  )

export const initializeCluster = (
  site: Site,
  { clusterId, signedCert, trustAnchor }: InitializeCluster,
): Outcome<Cluster, ControlCode> => {
  const { parts, stores } = site
  const cluster = parts.findCluster(stores.clusters, clusterId)
  if (cluster === undefined) return refused('ResourceNotFound') // §cluster.unknown
  if (!parts.mayInitialize(cluster)) return refused('InvalidRequest') // §cluster.initialize.state
  const csr = activeOf(site, clusterId)?.csr ?? null
  if (!parts.hasCsr(csr)) return refused('InvalidRequest') // §cluster.initialize.csr
  // §cluster.initialize.certificate
  if (csr !== null && !parts.certifiesCsr(signedCert, csr, trustAnchor)) return refused('InvalidRequest')
  const initialising = parts.startInitialisation(cluster, signedCert)
  updateCluster(site, cluster, initialising)
  return accepted(initialising)
}

/** The certificate is shown, and loaded into the HSM, if that is still ACTIVE. §cluster.initialize */
export const settleInitialized = (site: Site, cluster: Cluster): void => {
  const initialised = site.parts.settleInitialised(cluster)
  updateCluster(site, cluster, initialised)
  const active = activeOf(site, cluster.clusterId)
  if (active === undefined || initialised.certificate === null) return
  unitOf(site, active.hsmId).installCertificate(initialised.certificate)
  site.recorder.record('certificate', active.hsmId, initialised.certificate)
  collectAudit(site, active.hsmId)
}

/** §cluster.activate */
export const settleActivated = (site: Site, cluster: Cluster): void =>
  updateCluster(site, cluster, site.parts.settleActivated(cluster))

export const deleteCluster = (site: Site, clusterId: string): Outcome<Cluster, ControlCode> => {
  const { parts, stores } = site
  const cluster = parts.findCluster(stores.clusters, clusterId)
  if (cluster === undefined) return refused('ResourceNotFound') // §cluster.unknown
  if (!parts.mayDeleteCluster(cluster)) return refused('InvalidRequest') // §cluster.delete.state
  if (!parts.isEmpty(membersOf(site, clusterId))) return refused('InvalidRequest') // §cluster.delete.empty
  const deleting = parts.startClusterDeletion(cluster)
  updateCluster(site, cluster, deleting)
  return accepted(deleting)
}

/** The backups stay. §cluster.delete §backup.archive */
export const settleClusterDeleted = (site: Site, cluster: Cluster): void => {
  updateCluster(site, cluster, site.parts.settleClusterDeleted(cluster))
  for (const backup of site.stores.backups.values())
    if (backup.clusterId === cluster.clusterId) putBackup(site, site.parts.backupWithoutCluster(backup))
}
