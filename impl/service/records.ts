/** What the service writes down about clusters, HSMs and backups, under AWS's names for states. Records are replaced, never edited. */
import type { Hsm, Mode } from '../hsm/index.ts'
import type { Entry } from './journal.ts'
import type { SubnetMapping, Zone } from './subnets.ts'

export type HsmType = 'hsm1.medium' | 'hsm2m.medium'

/** Who asks where a request does not say. */
export const CUSTOMER = '111122223333'
/** Where a request goes that names no Region. */
export const HOME = 'us-east-1'

export type ClusterState =
  | 'CREATE_IN_PROGRESS'
  | 'UNINITIALIZED'
  | 'INITIALIZE_IN_PROGRESS'
  | 'INITIALIZED'
  | 'ACTIVE'
  | 'MODIFY_IN_PROGRESS'
  | 'ROLLBACK_IN_PROGRESS'
  | 'DELETE_IN_PROGRESS'
  | 'DELETED'

export interface Cluster {
  readonly clusterId: string
  readonly state: ClusterState
  readonly mode: Mode
  readonly hsmType: HsmType
  /** Where it is, and its HSMs and backups with it. */
  readonly region: string
  /** Whose it is. */
  readonly account: string
  readonly subnetMapping: SubnetMapping
  /** How many HSMs it may have. */
  readonly hsmLimit: number
  /** The backup that it was created from. */
  readonly sourceBackupId: string | null
  /** The signed certificate that InitializeCluster was given. */
  readonly submitted: Uint8Array | null
  /** The ClusterCertificate. */
  readonly certificate: Uint8Array | null
  /** Its BackupRetentionPolicy: for how many days its backups are kept. */
  readonly retentionDays: number
  /** A day is over, and it was not backed up since. */
  readonly backupDue: boolean
  /** HsmTypeRollbackExpiration, in seconds of the service's clock; null where there is nothing to roll back. */
  readonly rollbackExpiration: number | null
}

export type HsmState = 'CREATE_IN_PROGRESS' | 'ACTIVE' | 'DEGRADED' | 'DELETE_IN_PROGRESS' | 'DELETED'

export interface HsmRecord {
  readonly hsmId: string
  readonly clusterId: string
  readonly state: HsmState
  readonly availabilityZone: Zone
  /** Its address in the customer's network, in the subnet of its zone. */
  readonly eniIp: string
  readonly hsmType: HsmType
  /** The certificate request that it made when it was provisioned. */
  readonly csr: Uint8Array | null
  /** A peer was backed up for it while it joins, or it was while it is ACTIVE and to be migrated; no such backup of its cluster has failed since. */
  readonly copied: boolean
  /** Its audit log says that the first officer's password was set. */
  readonly activated: boolean
  /** It may go: its final backup is READY, or none is taken. */
  readonly saved: boolean
}

export type BackupState = 'CREATE_IN_PROGRESS' | 'READY' | 'PENDING_DELETION' | 'DELETED'

/** What a backup says about itself. */
export interface ShownLabel {
  readonly mode: Mode
  readonly hsmType: HsmType
}

/** What a copy was made of, and when, in seconds of the service's clock. */
export interface Origin {
  readonly sourceBackup: string
  readonly sourceRegion: string
  /** The cluster that the contents were taken from. */
  readonly sourceCluster: string | null
  readonly copyTimestamp: number
}

export interface Backup {
  readonly backupId: string
  /** The cluster that it belongs to; null for a copy. */
  readonly clusterId: string | null
  readonly region: string
  readonly account: string
  /** The account that its resource policy names; null without one. */
  readonly consumer: string | null
  /** Null for a backup that is no copy. */
  readonly origin: Origin | null
  readonly state: BackupState
  /** Mode and type of the cluster while the backup is being made; afterwards what the backup itself says. */
  readonly label: ShownLabel
  /** The type of the cluster when the snapshot was taken, whatever the backup says. */
  readonly takenOf: HsmType
  /** The instant of the snapshot, in seconds of the service's clock. */
  readonly createTimestamp: number
  /** The instant of the permanent deletion, likewise; null unless PENDING_DELETION. */
  readonly deleteTimestamp: number | null
  /** The HSM that goes when this backup is READY. */
  readonly finalOf: string | null
  /** An HSM has refused it. */
  readonly refused: boolean
  /** Exempted from retention. */
  readonly neverExpires: boolean
  /** The ClusterCertificate of its cluster, for clusters that are created from it. */
  readonly certificate: Uint8Array | null
}

/** Everything that the service remembers. Maps are in the order of creation; for the backups of a cluster, that of their snapshots. */
export interface Stores {
  readonly clusters: Map<string, Cluster>
  readonly hsms: Map<string, HsmRecord>
  readonly backups: Map<string, Backup>
  /** Hardware in use, by HSM. */
  readonly units: Map<string, Hsm>
  /** Sealed backups that their HSM has not handed over. */
  readonly sealing: Map<string, Uint8Array>
  /** Bytes of copies on their way to another Region. */
  readonly copying: Map<string, Uint8Array>
  /** The archive: backups inside the service's envelope. */
  readonly archive: Map<string, Uint8Array>
  /** The job that the service is at; after a crash, the one that it was at. */
  readonly journal: Map<string, Entry>
}

export const emptyStores = (): Stores => ({
  clusters: new Map(),
  hsms: new Map(),
  backups: new Map(),
  units: new Map(),
  sealing: new Map(),
  copying: new Map(),
  archive: new Map(),
  journal: new Map(),
})

/** An independent copy. Records and bytes are shared, since nobody changes them; units of hardware are not. */
export const copyStores = (stores: Stores): Stores => ({
  clusters: new Map(stores.clusters),
  hsms: new Map(stores.hsms),
  backups: new Map(stores.backups),
  units: new Map([...stores.units].map(([id, unit]) => [id, unit.clone()])),
  sealing: new Map(stores.sealing),
  copying: new Map(stores.copying),
  archive: new Map(stores.archive),
  journal: new Map(stores.journal),
})

/** A record, unless it is DELETED, which is the same as unknown. */
export const unlessDeleted = <T extends { readonly state: string }>(record: T | undefined): T | undefined =>
  record?.state === 'DELETED' ? undefined : record

/** The states in which the HSMs of a cluster are replaced by others of another type. */
export const isReplacing = ({ state }: Cluster): boolean =>
  state === 'MODIFY_IN_PROGRESS' || state === 'ROLLBACK_IN_PROGRESS'

const CHANGING: readonly ClusterState[] = ['CREATE_IN_PROGRESS', 'INITIALIZE_IN_PROGRESS', 'DELETE_IN_PROGRESS']

/** The states in which a cluster takes no request that would change it. */
export const isChanging = (cluster: Cluster): boolean => CHANGING.includes(cluster.state) || isReplacing(cluster)
