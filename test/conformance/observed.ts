/** What can be seen of an account after a step: its clusters, HSMs and backups, the contents of its HSMs, and the bench. */
import type { Mode } from './port.ts'

export interface ObservedHsm {
  readonly hsmId: string
  readonly state: string
  /** The letter of the zone that it stands in. */
  readonly zone: string
  /** Address in the customer's network. */
  readonly eniIp: string
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
  /** Names present, sorted: out of PRECO, CO, CO2, CU, AU. */
  readonly users: readonly string[]
  /** Names of those whom this HSM has locked out. */
  readonly locked: readonly string[]
  /** For each user who is not locked out the password that he is let in with, tried without being counted; absent where that cannot be. */
  readonly passwords?: Readonly<Record<string, string>>
  readonly keys: readonly { readonly label: string; readonly check: string }[]
  /** Fingerprint of the cluster certificate (hex), empty when there is none. */
  readonly certificate: string
  /** The policy's value; 0 initially. */
  readonly policy: number
  /** The quorum value; 0 initially. */
  readonly quorum: number
  /** The label given at activation; empty initially. */
  readonly label: string
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
