/** What the variant with users is made of, and what its rules see. */
import { fold, type NetworkState } from '../../../../model/network/index.ts'
import type { Bench, BenchView } from '../../network/index.ts'
import type { Mistakes, UserEvent } from './machine.ts'

/** Versions are 0 up to this; after so many mistakes a user is locked. */
export interface UsersSize {
  readonly hsms: number
  readonly backups: number
  readonly users: number
  readonly versions: number
  readonly mistakes: number
}

export type Users = Bench & {
  readonly user: {
    readonly value: 'none' | 'out' | 'in' | 'locked'
    readonly context: Mistakes
    readonly event: UserEvent
  }
}
export type UsersState = NetworkState<Users>

/** A slot of each kind, and a second one where a rule takes two. */
export interface UsersInput {
  readonly rule: string
  readonly hsm?: number
  readonly newHsm?: number
  readonly backup?: number
  readonly newBackup?: number
  readonly user?: number
}

/** `latest` is not looked for where an HSM is active, since nothing would come of it. */
export const view = fold<Users, BenchView, BenchView>({
  focuses: () => 1,
  initial: () => ({ mode: 'FIPS', active: null, latest: null, allAbsent: true }),
  add: (seen, placed) => {
    if (placed.kind === 'user') return seen
    if (placed.kind === 'cluster') return { ...seen, mode: placed.local.value }
    const { value, context } = placed.local
    if (value === 'active') return { ...seen, active: context, allAbsent: false }
    if (placed.kind === 'hsm') return { ...seen, allAbsent: seen.allAbsent && value === 'absent' }
    const isUsable = seen.active === null && value === 'ready' && context.mode === seen.mode
    return isUsable ? { ...seen, latest: Math.max(seen.latest ?? 0, context.version) } : seen
  },
  result: seen => seen,
})
