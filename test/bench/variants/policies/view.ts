/** What the variant with wider local states is made of, and what its rules see. */
import { fold, type NetworkState } from '../../../../model/network/index.ts'
import type { ClusterEvent, Mode } from '../../network/machines.ts'
import type { BackupEvent, Contents, HsmEvent } from './machines.ts'

/** Versions and policies are 0 up to these. */
export interface PoliciesSize {
  readonly hsms: number
  readonly backups: number
  readonly versions: number
  readonly policies: number
}

export type Policies = {
  readonly cluster: { readonly value: Mode; readonly context: object; readonly event: ClusterEvent }
  readonly hsm: {
    readonly value: 'absent' | 'provisioning' | 'active' | 'failed'
    readonly context: Contents
    readonly event: HsmEvent
  }
  readonly backup: {
    readonly value: 'empty' | 'creating' | 'ready' | 'deleted'
    readonly context: Contents
    readonly event: BackupEvent
  }
}
export type PoliciesState = NetworkState<Policies>

export interface PoliciesView {
  readonly mode: Mode
  readonly isActive: boolean
  /** What a new HSM gets: what active HSMs hold, with the highest policy of them; without any, the latest usable backup's. */
  readonly given: Contents | null
  readonly allAbsent: boolean
}

export interface PoliciesInput {
  readonly rule: string
  readonly hsm?: number
  readonly backup?: number
  readonly policy?: number
}

const isLater = (one: Contents, other: Contents): boolean =>
  one.version > other.version || (one.version === other.version && one.policy > other.policy)

const seeHsm = (seen: PoliciesView, { value, context }: PoliciesState['hsm'][number]): PoliciesView => {
  if (value !== 'active') return { ...seen, allAbsent: seen.allAbsent && value === 'absent' }
  const policy = Math.max(context.policy, seen.given?.policy ?? 0)
  return { ...seen, isActive: true, given: { ...context, policy }, allAbsent: false }
}
const seeBackup = (seen: PoliciesView, { value, context }: PoliciesState['backup'][number]): PoliciesView => {
  const isUsable = !seen.isActive && value === 'ready' && context.mode === seen.mode
  return isUsable && (seen.given === null || isLater(context, seen.given)) ? { ...seen, given: context } : seen
}

export const view = fold<Policies, PoliciesView, PoliciesView>({
  focuses: () => 1,
  initial: () => ({ mode: 'FIPS', isActive: false, given: null, allAbsent: true }),
  add: (seen, placed) => {
    if (placed.kind === 'cluster') return { ...seen, mode: placed.local.value }
    return placed.kind === 'hsm' ? seeHsm(seen, placed.local) : seeBackup(seen, placed.local)
  },
  result: seen => seen,
})
