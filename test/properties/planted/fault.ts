/** Ways in which a model is broken on purpose. */
import {
  EMPTY,
  editConfig,
  editEntries,
  editView,
  overrideAction,
  overrideGuard,
  type Account,
  type Contents,
  type Edit,
  type KindName,
  type Part,
} from '../../../model/index.ts'
import type { PropertyKind } from '../../../properties/index.ts'

/** The name of a smoke scope, without its group. */
export type ScopeName = string
/** The kind and clause of a property. */
export type PlantedIn = `${Exclude<PropertyKind, 'sometimes'>} §${string}`
/** The scope that shows it soonest, and the edit. */
export type Planted = readonly [scope: ScopeName, edit: Edit]

type Changes = { readonly target?: string; readonly actions?: readonly string[] }

/** The entries of a clause lead elsewhere, or do something else. */
export const redirect = (machine: KindName, clause: string, what: string, changes: Changes): Edit =>
  editEntries(machine, what, entry =>
    entry.meta?.clause === clause && entry.meta.refuse === undefined ? [{ ...entry, ...changes }] : [entry],
  )

/** An action does nothing. */
export const idle = (machine: KindName, action: string): Edit => overrideAction(machine, action, () => ({}))
/** A guard always says yes. */
export const always = (machine: KindName, guard: string): Edit => overrideGuard(machine, guard, () => true)
/** A guard always says no. */
export const never = (machine: KindName, guard: string): Edit => overrideGuard(machine, guard, () => false)

/** What a backup takes from its HSM is this. */
export const snapshot = (change: (contents: Contents) => Partial<Account['backup']['context']>): Edit =>
  overrideAction('backup', 'snapshot', ({ event }) => {
    if (event.type !== 'PeerBackedUp' && event.type !== 'DeleteHsm') return {}
    const { cluster, region, account, mode, hsmType, contents } = event
    return { cluster, region, account, mode, hsmType, contents, ...change(contents) }
  })

/** A backup takes everything from its HSM but one part. */
export const loses = (part: Part): Edit => snapshot(contents => ({ contents: { ...contents, [part]: 0 } }))

/** The oldest usable backup is restored. */
export const oldestInstead: Edit = editView('takes the oldest usable backup', view => ({
  ...view,
  add: (seen, placed, cluster) => {
    const after = view.add(seen, placed, cluster)
    return placed.kind === 'backup' && seen.own !== null ? { ...after, own: seen.own } : after
  },
}))

/** An HSM that joins stays with the contents of the backup. */
export const unsynchronised = overrideAction('hsm', 'synchronise', ({ event }) =>
  event.type === 'HsmRestored' ? { contents: event.sealed?.contents ?? EMPTY, copied: false } : {},
)

/** A BEK seals twice. */
export const sealedTwice = editConfig('backup', 'seals a READY backup again, under the same BEK', config => {
  const { READY, CREATE_IN_PROGRESS } = config.states
  const BackupSealed = CREATE_IN_PROGRESS?.on?.['BackupSealed']
  return { ...config, states: { ...config.states, READY: { on: { ...READY?.on, BackupSealed } } } }
})

/** A backup is DELETED by what a clause describes. */
export const gone = (clause: string): Edit =>
  redirect('backup', clause, `is DELETED by what ${clause} describes`, { target: 'vacant', actions: ['forget'] })
