/** The port: what the suite asks of an implementation, and what it expects to hear. A target is anything that answers it. */
import type { DataRequest, ObservedToken } from './data-request.ts'

export type {
  Approval,
  Credentials,
  DataRequest,
  ObservedToken,
  OfficerName,
  Service,
  UserName,
} from './data-request.ts'

/** FIPS 140 mode of a cluster or of hardware, in AWS's words. */
export type Mode = 'FIPS' | 'NON_FIPS'
/** Instance type of a cluster's HSMs, in AWS's words. */
export type HsmType = 'hsm1.medium' | 'hsm2m.medium'
/** A line of the manufacturer's hardware. */
export type Line = 'hsm1' | 'hsm2m'

/** An Availability Zone of the Region, by its letter. */
export type Zone = 'a' | 'b'

/** An account, of which there are two. */
export type AccountId = '111122223333' | '444455556666'
/** A Region, by AWS's name. */
export type Region = 'us-east-1' | 'us-west-2'

/** Where a request is sent: us-east-1 where it does not say. What names a thing and no Region is sent to the thing's. */
export interface Sent {
  readonly region?: Region
}

/** Who asks: 111122223333 where it does not say. What names a cluster or an HSM is asked by whose it is. */
export interface Asked {
  readonly account?: AccountId
}

/** Operations of the service's API. Ids are the target's own, as it answered them. */
export type ControlRequest =
  | ({
      readonly op: 'CreateCluster'
      readonly hsmType: HsmType
      readonly mode: Mode
      readonly sourceBackupId?: string
      /** BackupRetentionPolicy, in days. */
      readonly retentionDays?: number
      /** The zone of each of the customer's subnets that it is to name, no subnet twice; left out: one subnet, in zone a. */
      readonly subnets?: readonly Zone[]
      /** How many HSMs the cluster may have, where that is a matter of configuration; left out: 28. */
      readonly hsmLimit?: number
    } & Sent &
      Asked)
  | {
      readonly op: 'InitializeCluster'
      readonly clusterId: string
      /** The key that the customer's authority signs: of the current CSR, another, of the CSR before (another without one). */
      readonly certificate: 'matching' | 'mismatched' | 'outdated'
    }
  | { readonly op: 'DeleteCluster'; readonly clusterId: string }
  | { readonly op: 'ModifyCluster'; readonly clusterId: string; readonly retentionDays: number }
  /** ModifyCluster, where it names a type of HSM. */
  | { readonly op: 'ModifyHsmType'; readonly clusterId: string; readonly hsmType: HsmType }
  | ({ readonly op: 'DescribeClusters'; readonly clusterId?: string } & Sent & Asked)
  /** Left out, the zone is a. */
  | { readonly op: 'CreateHsm'; readonly clusterId: string; readonly zone?: Zone }
  | { readonly op: 'DeleteHsm'; readonly clusterId: string; readonly hsmId: string }
  | ({ readonly op: 'DeleteBackup'; readonly backupId: string } & Asked)
  | ({ readonly op: 'RestoreBackup'; readonly backupId: string } & Asked)
  | ({ readonly op: 'ModifyBackupAttributes'; readonly backupId: string; readonly neverExpires: boolean } & Asked)
  /** `shared`: those that other accounts share, in place of one's own. */
  | ({ readonly op: 'DescribeBackups'; readonly backupId?: string; readonly shared?: true } & Sent & Asked)
  /** `region` is where the copy goes. */
  | ({ readonly op: 'CopyBackupToRegion'; readonly backupId: string; readonly region: Region } & Asked)
  /** The policy lets one account, the consumer, create clusters from the backup and list it. */
  | ({ readonly op: 'PutResourcePolicy'; readonly backupId: string; readonly consumer: AccountId } & Asked)
  | ({ readonly op: 'GetResourcePolicy'; readonly backupId: string } & Asked)
  | ({ readonly op: 'DeleteResourcePolicy'; readonly backupId: string } & Asked)

/**
 * Time, faults and moves of the adversary. The bench is one unit of hardware that the adversary has to itself. `Day` ends the
 * day by which the service backs up clusters; `Elapse` moves the clock by which backups are deleted.
 */
export type AdversaryRequest =
  | { readonly op: 'Elapse'; readonly seconds: number }
  | { readonly op: 'Day' }
  | { readonly op: 'FailHsm'; readonly hsmId: string }
  | { readonly op: 'FailSeal'; readonly backupId: string }
  | { readonly op: 'FailCopy'; readonly backupId: string }
  | { readonly op: 'AlterBackup'; readonly backupId: string; readonly part: 'header' | 'wrapped' | 'sealed' }
  | { readonly op: 'TruncateBackup'; readonly backupId: string }
  | { readonly op: 'RelabelBackup'; readonly backupId: string; readonly field: 'mode' | 'hsmType' }
  /** Puts a part of another backup in the place of this one's; the nonce goes with what it encrypted. */
  | {
      readonly op: 'SpliceBackup'
      readonly backupId: string
      readonly part: 'header' | 'wrapped' | 'sealed'
      readonly sourceBackupId: string
    }
  /** Puts another backup, whole, in the place of this one, which keeps its id. */
  | { readonly op: 'ReplayBackup'; readonly backupId: string; readonly sourceBackupId: string }
  | { readonly op: 'Manufacture'; readonly genuine: boolean; readonly line: Line }
  | { readonly op: 'Commission'; readonly officers: 'two' | 'one' | 'same' }
  | { readonly op: 'UpdateFirmware'; readonly firmware: 'fips' | 'other' | 'forged' | 'outdated' }
  | { readonly op: 'Boot'; readonly firmware: 'fips' | 'other' | 'forged' }
  | { readonly op: 'Restart' }
  /** Restarts it, and one of its self-tests fails. */
  | { readonly op: 'FailSelfTest' }
  | { readonly op: 'Tamper' }
  | { readonly op: 'RestoreOnto'; readonly backupId: string }
  /**
   * Lets the effect begin, which `pending` lists, and has the service crash before a step of it, or after one and before it is
   * noted; while the service is out, the same with its recovery. Answers what settles, if the last step is done.
   */
  | {
      readonly op: 'Crash'
      readonly effect: Effect
      readonly subject: string
      readonly step: 'unit' | 'seal' | 'store' | 'restore' | 'retire' | 'erase' | 'record'
      readonly moment: 'before' | 'after'
    }
  /** Starts the service again, and answers what settles. */
  | { readonly op: 'Recover' }

export type Request = ControlRequest | DataRequest | AdversaryRequest

/** Effects that take place later, one name for each. */
export type Effect =
  | 'ClusterCreated'
  | 'ClusterInitialized'
  | 'ClusterActivated'
  | 'ClusterDeleted'
  | 'HsmProvisioned'
  | 'PeerBackedUp'
  | 'HsmRestored'
  | 'HsmReplaced'
  | 'HsmDeleted'
  | 'KeysSynchronised'
  | 'BackupSealed'
  | 'BackupPurged'
  | 'BackupCopied'
  | 'BackupExpired'
  | 'ClusterBackedUp'
  | 'HsmBackedUp'
  | 'HsmMigrated'
  | 'ClusterMigrated'
  | 'ClusterRolledBack'

/** An effect that is due. `subject` is the id of the cluster, HSM or backup that it happens to. */
export interface Pending {
  readonly effect: Effect
  readonly subject: string
}

/**
 * The answer to a request or a settle. `result` holds what was returned: `clusterId` of CreateCluster, `hsmId` of CreateHsm,
 * `check` (hex) and `servedBy` (the id of the HSM that computed, if that is known) of UseKey, `tokens` of QuorumToken (hex, by the id of the HSM that issued it), `users`, `locked` and `uneven` (the users whom an ACTIVE HSM does not have) of ListUsers, `clusters` of DescribeClusters, `backups` of DescribeBackups, `consumer` of GetResourcePolicy where
 * there is a policy.
 */
export type Answer =
  | { readonly kind: 'accepted'; readonly result?: Result }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'refused'; readonly code: string }

export interface Result {
  readonly clusterId?: string
  readonly hsmId?: string
  readonly check?: string
  readonly tokens?: Readonly<Record<string, string>>
  readonly consumer?: string
  readonly users?: readonly string[]
  readonly locked?: readonly string[]
  readonly uneven?: readonly string[]
  readonly servedBy?: string
  readonly clusters?: readonly ObservedCluster[]
  readonly backups?: readonly ObservedBackup[]
}

export interface ObservedHsm {
  readonly hsmId: string
  readonly state: string
  /** The letter of the zone that it stands in. */
  readonly zone: string
  /** Address in the customer's network. */
  readonly eniIp: string
  /** Of the cluster's where it is absent. */
  readonly hsmType?: string
}

export interface ObservedCluster {
  readonly clusterId: string
  readonly state: string
  readonly mode: string
  readonly hsmType: string
  /** us-east-1 where it is absent. */
  readonly region?: string
  /** 111122223333 where it is absent. */
  readonly account?: string
  readonly csr: boolean
  readonly certificate: boolean
  /** BackupRetentionPolicy, in days. */
  readonly retentionDays: number
  /** The letters of the zones in which it has a subnet, in any order. */
  readonly zones: readonly string[]
  /** What the customer's client says of it; a target without a client leaves it out. */
  readonly warning?: boolean
  /** HsmTypeRollbackExpiration, in seconds since the epoch of the target's clock; absent where the cluster cannot be rolled back. */
  readonly rollbackExpiration?: number
  readonly hsms: readonly ObservedHsm[]
}

export interface ObservedBackup {
  readonly backupId: string
  readonly state: string
  /** Absent for a copy. */
  readonly clusterId?: string
  /** us-east-1 where it is absent. */
  readonly region?: string
  /** 111122223333 where it is absent. */
  readonly account?: string
  /** In an observation: with whom it is shared, as GetResourcePolicy answers. A list does not show it. */
  readonly consumer?: string
  /** Of a copy: what it was made of, and when, as CreateTimestamp; absent for any other backup. */
  readonly sourceBackup?: string
  readonly sourceRegion?: string
  readonly sourceCluster?: string
  readonly copyTimestamp?: number
  readonly mode: string
  readonly hsmType: string
  /** Seconds since the epoch of the target's clock: the instant of the snapshot. */
  readonly createTimestamp: number
  /** Seconds since the epoch, of the permanent deletion; absent unless PENDING_DELETION. */
  readonly deleteTimestamp?: number
  /** Exempted from retention. */
  readonly neverExpires: boolean
}

/**
 * The contents of an HSM as its customer sees them. Keys are told apart by what they do: `check` is what the key computes on
 * the sixteen zero bytes; absent where no crypto user is known, or he is locked out.
 */
export interface ObservedContents {
  /** Names present, sorted: out of PRECO, CO, CO2, CO3, CU, AU. */
  readonly users: readonly string[]
  /** Names of those whom this HSM has locked out. */
  readonly locked: readonly string[]
  /** For each user who is not locked out those of his passwords, old and new, that let him in, tried without being counted; absent where that cannot be. */
  readonly passwords?: Readonly<Record<string, readonly string[]>>
  readonly keys: readonly { readonly label: string; readonly check: string }[]
  /** Fingerprint of the cluster certificate (hex), empty when there is none. */
  readonly certificate: string
  /** The policy's value; 0 initially. */
  readonly policy: number
  /** The quorum value; 0 initially. */
  readonly quorum: number
  /** The label given at activation; empty initially. */
  readonly label: string
  /** The officers' public keys, in hex, by name. */
  readonly publicKeys: Readonly<Record<string, string>>
  readonly tokens: readonly ObservedToken[]
}

/**
 * What can be seen after a step: the account through its API; each ACTIVE HSM's contents, asked one by one as the customer
 * does, without changing anything; and the bench.
 */
export interface Observation {
  readonly clusters: readonly ObservedCluster[]
  readonly backups: readonly ObservedBackup[]
  readonly contents: Readonly<Record<string, ObservedContents>>
  readonly bench: {
    readonly state: 'vacant' | 'POWERED_OFF' | 'OPERATIONAL' | 'HALTED' | 'ERROR' | 'TAMPERED'
    readonly mode: Mode | ''
    /**
     * While it is OPERATIONAL a digest of the contents, computed inside the hardware (hex); once it is TAMPERED one of all contents and
     * keys that are found in it; empty when there is nothing.
     */
    readonly digest: string
  }
}

/** One item of the service's view: bytes that left an HSM or a client. */
export interface Emission {
  readonly channel: 'backup' | 'synchronisation' | 'record' | 'api' | 'audit' | 'error' | 'certificate' | 'status'
  /** The id of what it comes from: a backup, an HSM, a cluster. */
  readonly from: string
  readonly bytes: Uint8Array
}

/** One time that something was sealed inside: contents for another HSM, a command or an answer, what a customer's key encrypts. */
export interface Sealing {
  readonly text: 'backup' | 'record' | 'data'
  /** Of the key with the nonce, under a key of this target's own, so that it tells nothing but which are equal. */
  readonly digest: string
  /** In hex; it stands beside what is sealed, for everybody to see. */
  readonly nonce: string
}

/** Parts of the port that a target may lack; the suite runs what is there and reports what it could not. */
export type Profile =
  'control' | 'data' | 'regions' | 'accounts' | 'migration' | 'adversary' | 'crashes' | 'sealings' | 'forkable'

type Awaitable<T> = T | Promise<T>

/** What the suite drives. A target starts with an empty account, and behaves as a function of its seed and of what it is asked. */
export interface Target {
  readonly name: string
  readonly profile: readonly Profile[]
  /** Performs one request. */
  apply(request: Request): Awaitable<Answer>
  /** Lists the effects that are due, in any order. */
  pending(): Awaitable<readonly Pending[]>
  /** Lets one effect take place that `pending` lists. */
  settle(effect: Pending): Awaitable<Answer>
  observe(): Awaitable<Observation>
  /** Everything that has left a boundary since the start, in order. */
  view(): Awaitable<readonly Emission[]>
  /** Each time that an HSM or a client sealed something since the start, in order. A target lacks it whose inside is closed. */
  sealings?(): Awaitable<readonly Sealing[]>
  /** An independent copy that goes on from here. */
  fork?(): Target
  /** Ends the target; nothing is asked of it afterwards. */
  close?(): Awaitable<void>
}

export interface TargetOptions {
  /** Seed of the target's own randomness. */
  readonly seed: number
}

/** What a module that is to be judged exports as its default. */
export type TargetFactory = (options: TargetOptions) => Awaitable<Target>
