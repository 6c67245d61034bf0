/** The five kinds of things of a CloudHSM account, as the network's type parameter. */
import type { BackupContext, BackupEvent, BackupState } from './machines/backup.ts'
import type { ClusterContext, ClusterEvent, ClusterState } from './machines/cluster.ts'
import type { HardwareContext, HardwareEvent, HardwareState } from './machines/hardware.ts'
import type { JobContext, JobEvent, JobState } from './machines/job.ts'
import type { HsmContext, HsmEvent, HsmState } from './machines/hsm.ts'
import type { NetworkState, Slots } from './network/kind.ts'
import type { Participant, Reader, Rule } from './network/rule.ts'
import type { Family, Input } from './input.ts'
import type { ClusterView } from './view.ts'

export type Account = {
  readonly cluster: { readonly value: ClusterState; readonly context: ClusterContext; readonly event: ClusterEvent }
  readonly hsm: { readonly value: HsmState; readonly context: HsmContext; readonly event: HsmEvent }
  readonly backup: { readonly value: BackupState; readonly context: BackupContext; readonly event: BackupEvent }
  readonly hardware: { readonly value: HardwareState; readonly context: HardwareContext; readonly event: HardwareEvent }
  readonly job: { readonly value: JobState; readonly context: JobContext; readonly event: JobEvent }
}

export type KindName = keyof Account
/** The state of an account: local states by kind and slot. */
export type State = NetworkState<Account>
/** Jobs are things of their own in scopes in which the service may crash; elsewhere there is no slot for one. */
export type AccountSlots = Slots<Omit<Account, 'job'>> & { readonly job?: number }
export type AccountReader = Reader<Account, ClusterView>
export type AccountParticipant = Participant<Account>
export type AccountRule = Rule<Account, ClusterView, Input, Family>
