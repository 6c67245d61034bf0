/** The collaborators that decide about clusters: one function for each thing that SPEC.md §4 says of them. */
import { certifies, type Mode } from '../hsm/index.ts'
import {
  isChanging,
  unlessDeleted,
  type Backup,
  type Cluster,
  type HsmRecord,
  type HsmType,
  type ShownLabel,
} from './records.ts'
import { zonesOf, type Subnet, type SubnetMapping, type Zone } from './subnets.ts'

/** What CreateCluster was asked for; `source` is the backup that was named. */
export interface Founding {
  readonly clusterId: string
  readonly mode: Mode
  readonly hsmType: HsmType
  readonly region: string
  readonly account: string
  readonly subnetMapping: SubnetMapping
  readonly hsmLimit: number
  readonly source: Backup | null
  /** Days of its policy. */
  readonly retentionDays: number
}

/** Guards answer whether a request may go on; the others answer what becomes of a record. */
export const clusterParts = {
  // §cluster.mode.hsm1
  isModeOffered: (hsmType: HsmType, mode: Mode): boolean => hsmType !== 'hsm1.medium' || mode === 'FIPS',
  // §cluster.subnets.none
  hasSubnets: (subnets: readonly Subnet[]): boolean => subnets.length > 0,
  // §cluster.subnets.zone
  isOnePerZone: (subnets: readonly Subnet[]): boolean =>
    new Set(subnets.map(({ zone }) => zone)).size === subnets.length,
  // §cluster.subnets
  mapSubnets: (subnets: readonly Subnet[]): SubnetMapping =>
    Object.fromEntries(subnets.map(({ zone, subnetId }) => [zone, subnetId])),
  // §cluster.source.unknown
  findSource: (backups: ReadonlyMap<string, Backup>, id: string) => unlessDeleted(backups.get(id)),
  // §cluster.source.ready
  isSourceReady: ({ state }: Backup): boolean => state === 'READY',
  // §cluster.source.mode
  isSourceOfMode: (label: ShownLabel, mode: Mode): boolean => label.mode === mode,
  // §cluster.source.type
  isSourceOfType: (label: ShownLabel, hsmType: HsmType): boolean =>
    label.hsmType === 'hsm1.medium' || hsmType === 'hsm2m.medium',
  // §cluster.create §cluster.region §cluster.account
  foundCluster: ({ clusterId, source, ...founding }: Founding): Cluster => ({
    ...founding,
    clusterId,
    state: 'CREATE_IN_PROGRESS',
    sourceBackupId: source?.backupId ?? null,
    submitted: null,
    certificate: source?.certificate ?? null,
    backupDue: false,
    rollbackExpiration: null,
  }),
  // §cluster.create.fresh
  settleFresh: (cluster: Cluster): Cluster => ({ ...cluster, state: 'UNINITIALIZED' }),
  // §cluster.create.restored
  settleRestored: (cluster: Cluster): Cluster => ({ ...cluster, state: 'ACTIVE' }),
  // §cluster.constant
  changeCluster: (before: Cluster, after: Cluster): Cluster => ({
    ...after,
    mode: before.mode,
    hsmType: before.hsmType,
  }),
  // §cluster.unknown
  findCluster: (clusters: ReadonlyMap<string, Cluster>, id: string) => unlessDeleted(clusters.get(id)),
  // §cluster.csr
  csrOf: ({ state }: Cluster, active: HsmRecord | undefined): Uint8Array | null =>
    state === 'UNINITIALIZED' ? (active?.csr ?? null) : null,
  // §cluster.initialize.state
  mayInitialize: ({ state }: Cluster): boolean => state === 'UNINITIALIZED',
  // §cluster.initialize.csr
  hasCsr: (csr: Uint8Array | null): boolean => csr !== null,
  // §cluster.initialize.certificate
  certifiesCsr: (certificate: Uint8Array, csr: Uint8Array, anchor: Uint8Array): boolean =>
    certifies(certificate, csr, anchor),
  // §cluster.initialize
  startInitialisation: (cluster: Cluster, certificate: Uint8Array): Cluster => ({
    ...cluster,
    state: 'INITIALIZE_IN_PROGRESS',
    submitted: certificate,
  }),
  // §cluster.initialize
  settleInitialised: (cluster: Cluster): Cluster => ({
    ...cluster,
    state: 'INITIALIZED',
    certificate: cluster.submitted,
  }),
  // §cluster.activate
  settleActivated: (cluster: Cluster): Cluster => ({ ...cluster, state: 'ACTIVE' }),
  // §cluster.empty
  clusterWithoutHsms: (cluster: Cluster): Cluster => cluster,
  // §cluster.delete.state
  mayDeleteCluster: (cluster: Cluster): boolean => !isChanging(cluster),
  // §cluster.delete.empty
  isEmpty: (members: readonly HsmRecord[]): boolean => members.length === 0,
  // §cluster.delete
  startClusterDeletion: (cluster: Cluster): Cluster => ({ ...cluster, state: 'DELETE_IN_PROGRESS' }),
  // §cluster.delete
  settleClusterDeleted: (cluster: Cluster): Cluster => ({ ...cluster, state: 'DELETED' }),
  // §cluster.write
  isReachedByWrites: (origin: HsmRecord, { clusterId, state }: HsmRecord): boolean =>
    clusterId === origin.clusterId && (state === 'ACTIVE' || state === 'DELETE_IN_PROGRESS'),
  // §hsm.create.zone
  isMapped: ({ subnetMapping }: Cluster, zone: Zone): boolean => zonesOf(subnetMapping).includes(zone),
  // §hsm.create.limit
  isFull: ({ hsmLimit }: Cluster, members: readonly HsmRecord[]): boolean => members.length >= hsmLimit,
  // §cluster.describe
  isClusterListed: ({ clusterId, state }: Cluster, filter: string | undefined): boolean =>
    state !== 'DELETED' && (filter === undefined || filter === clusterId),
}
