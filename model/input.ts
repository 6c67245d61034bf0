/** The inputs of the model: nine families of steps. Slots are numbers; a `value` is a token that no rule looks into. */
import type { Firmware } from './machines/hardware.ts'
import type { JobEffect, JobStep, JOBS, Moment } from './machines/steps.ts'
import type { BackupPart } from './machines/restore.ts'
import type { AccountId, As, HsmType, Line, Mode, Officer, Region, Service, Zone } from './machines/words.ts'

/** Where a request goes that does not go to the Region of what it names; HOME without one. */
interface Sent {
  readonly region?: Region
}

/** Who asks; CUSTOMER where it does not say. What names a cluster or an HSM is asked by whose it is. */
interface Asked {
  readonly account?: AccountId
}

/** How far the client reaches: to the HSM in one slot only, or, where it does not say, to all. */
interface Reached {
  readonly only?: number
}

/** The client checks the availability of keys; where it does not say, it has been told not to. */
interface Checked {
  readonly checked?: true
}

/** Requests to the service. A slot that is vacant stands for an id that is unknown or DELETED. */
export type ApiInput =
  | ({
      readonly rule: 'CreateCluster'
      readonly hsmType: HsmType
      readonly mode: Mode
      /** Slot of a backup; null for a fresh cluster. */
      readonly source: number | null
      /** BackupRetentionPolicy in days, where one is asked for. */
      readonly retention?: number
      /** The zone of each subnet that it is given; left out: one subnet, in the first zone. */
      readonly subnets?: readonly Zone[]
      /** How many HSMs it may have; left out: 28. */
      readonly hsmLimit?: number
    } & Sent &
      Asked)
  | {
      readonly rule: 'InitializeCluster'
      readonly cluster: number
      /** `outdated`: signed for a CSR that the cluster had before the current one. */
      readonly certificate: 'matching' | 'mismatched' | 'outdated'
      readonly value: number
    }
  | { readonly rule: 'DeleteCluster'; readonly cluster: number }
  | { readonly rule: 'ModifyCluster'; readonly cluster: number; readonly retention: number }
  /** ModifyCluster, where it names a type of HSM. */
  | { readonly rule: 'ModifyHsmType'; readonly cluster: number; readonly hsmType: HsmType }
  | ({ readonly rule: 'DescribeClusters'; readonly cluster: number | null } & Sent & Asked)
  /** Left out, the zone is the first. */
  | { readonly rule: 'CreateHsm'; readonly cluster: number; readonly zone?: Zone }
  | { readonly rule: 'DeleteHsm'; readonly hsm: number }
  | ({ readonly rule: 'DeleteBackup'; readonly backup: number } & Asked)
  | ({ readonly rule: 'RestoreBackup'; readonly backup: number } & Asked)
  | ({ readonly rule: 'ModifyBackupAttributes'; readonly backup: number; readonly neverExpires: boolean } & Asked)
  | ({
      readonly rule: 'DescribeBackups'
      readonly backup: number | null
      /** Those of the other account that it shares, in place of one's own. */
      readonly shared?: true
    } & Sent &
      Asked)
  | ({ readonly rule: 'CopyBackupToRegion'; readonly backup: number; readonly region: Region } & Asked)
  /** The policy names the account that does not ask. */
  | ({ readonly rule: 'PutResourcePolicy'; readonly backup: number } & Asked)
  | ({ readonly rule: 'GetResourcePolicy'; readonly backup: number } & Asked)
  | ({ readonly rule: 'DeleteResourcePolicy'; readonly backup: number } & Asked)

/** Operations of the customer's client on the HSMs of a cluster. */
export type DataInput =
  | { readonly rule: 'Activate'; readonly cluster: number; readonly value: number }
  | { readonly rule: 'LogIn'; readonly cluster: number; readonly as: As; readonly password: 'right' | 'wrong' }
  | { readonly rule: 'ListUsers'; readonly cluster: number }
  | ({
      readonly rule: 'CreateUser'
      readonly cluster: number
      readonly as: As
      readonly user: As
      readonly value: number
    } & Reached)
  | {
      readonly rule: 'ChangePassword'
      readonly cluster: number
      readonly as: As
      readonly user: As
      readonly value: number
    }
  | ({ readonly rule: 'DeleteUser'; readonly cluster: number; readonly as: As; readonly user: As } & Reached)
  | ({ readonly rule: 'GenerateKey'; readonly cluster: number; readonly as: As; readonly value: number } & Reached &
      Checked)
  | ({
      readonly rule: 'UseKey'
      readonly cluster: number
      readonly as: As
      /** Slot of the HSM that has the most capacity left; left out: all have as much. */
      readonly freest?: number
    } & Checked)
  | ({ readonly rule: 'DeleteKey'; readonly cluster: number; readonly as: As } & Reached)
  | ({ readonly rule: 'SetPolicy'; readonly cluster: number; readonly as: As; readonly value: number } & Reached)
  | { readonly rule: 'SetQuorum'; readonly cluster: number; readonly as: As; readonly quorum: number }
  | { readonly rule: 'QuorumToken'; readonly cluster: number; readonly as: As; readonly service: Service }
  /** `of`: who asked for the token. */
  | {
      readonly rule: 'ApproveToken'
      readonly cluster: number
      readonly as: As
      readonly of: Officer
      readonly service: Service
      readonly signature: 'right' | 'wrong'
    }

/** Effects of earlier requests that take place now. */
export type SettleInput =
  | { readonly rule: 'ClusterCreated'; readonly cluster: number }
  | { readonly rule: 'ClusterInitialized'; readonly cluster: number }
  | { readonly rule: 'ClusterActivated'; readonly cluster: number }
  | { readonly rule: 'ClusterDeleted'; readonly cluster: number }
  | { readonly rule: 'HsmProvisioned'; readonly hsm: number }
  | { readonly rule: 'PeerBackedUp'; readonly hsm: number }
  | { readonly rule: 'HsmRestored'; readonly hsm: number }
  | { readonly rule: 'HsmReplaced'; readonly hsm: number }
  | { readonly rule: 'KeysSynchronised'; readonly hsm: number }
  | { readonly rule: 'HsmDeleted'; readonly hsm: number }
  | { readonly rule: 'BackupSealed'; readonly backup: number }
  | { readonly rule: 'BackupPurged'; readonly backup: number }
  | { readonly rule: 'BackupCopied'; readonly backup: number }
  | { readonly rule: 'BackupExpired'; readonly backup: number }
  | { readonly rule: 'HsmBackedUp'; readonly hsm: number }
  | { readonly rule: 'HsmMigrated'; readonly hsm: number }
  | { readonly rule: 'ClusterMigrated'; readonly cluster: number }
  | { readonly rule: 'ClusterRolledBack'; readonly cluster: number }

/** Seven days pass. */
export type TimeInput = { readonly rule: 'Elapse' }

/** What may be put off as long as it likes: by the service's plan a day is over and a cluster is backed up, and ten minutes pass. */
export type PlanInput =
  | { readonly rule: 'Day' }
  | { readonly rule: 'TenMinutes' }
  | { readonly rule: 'ClusterBackedUp'; readonly cluster: number }

export type FaultInput =
  | { readonly rule: 'FailHsm'; readonly hsm: number }
  | { readonly rule: 'FailSeal'; readonly backup: number }
  | { readonly rule: 'FailCopy'; readonly backup: number }
  /** The adversary's unit is started, and one of its self-tests fails. */
  | { readonly rule: 'FailSelfTest' }

/** Moves of the adversary: on backups in the archive, and on the one unit of hardware that it has to itself. */
export type AdversaryInput =
  | { readonly rule: 'AlterBackup'; readonly backup: number; readonly part: BackupPart }
  | { readonly rule: 'TruncateBackup'; readonly backup: number }
  | { readonly rule: 'RelabelBackup'; readonly backup: number; readonly field: 'mode' | 'hsmType' }
  /** A part of another backup is put in the place of its own. */
  | { readonly rule: 'SpliceBackup'; readonly backup: number; readonly part: BackupPart; readonly source: number }
  /** An older backup of its cluster is put in its place, whole. */
  | { readonly rule: 'ReplayBackup'; readonly backup: number; readonly source: number }
  | { readonly rule: 'Manufacture'; readonly genuine: boolean; readonly line: Line }
  | { readonly rule: 'Commission'; readonly officers: 'two' | 'one' | 'same' }
  | { readonly rule: 'UpdateFirmware'; readonly firmware: Firmware }
  /** Starts it from an image of the newest version. */
  | { readonly rule: 'Boot'; readonly firmware: Exclude<Firmware, 'outdated'> }
  /** Switches it off and on: it starts from what is installed. */
  | { readonly rule: 'Restart' }
  | { readonly rule: 'Tamper' }
  | { readonly rule: 'RestoreOnto'; readonly backup: number }

type EffectOn<Kind extends string> = {
  [Effect in JobEffect]: (typeof JOBS)[Effect]['of'] extends Kind ? Effect : never
}[JobEffect]

/** The service begins a job that is due, and crashes before one of its steps or after it. */
export type CrashInput = { readonly rule: 'Crash'; readonly step: JobStep; readonly moment: Moment } & (
  | { readonly job: EffectOn<'cluster'>; readonly cluster: number }
  | { readonly job: EffectOn<'hsm'>; readonly hsm: number }
  | { readonly job: EffectOn<'backup'>; readonly backup: number }
)

/** The service is back after a crash, and sees to the job that it was at. */
export type RecoverInput = { readonly rule: 'Recover' }

export type Input =
  ApiInput | DataInput | SettleInput | TimeInput | PlanInput | FaultInput | AdversaryInput | CrashInput | RecoverInput
export type Family = 'api' | 'data' | 'settle' | 'time' | 'plan' | 'fault' | 'adversary' | 'crash' | 'recovery'
export type RuleName = Input['rule']

/** The same input with another token; an input without a value stays as it is. */
export const withValue = (input: Input, value: number): Input => ('value' in input ? { ...input, value } : input)
