/** Edits of the model: each changes one thing, so that a checker can be shown to notice. */
import { StateMachine, assign, emit, type AnyStateMachine } from 'xstate'
import type { AccountParts, Edit } from './cloudhsm.ts'
import type { RuleName } from './input.ts'
import type { Emitted } from './machines/backup.ts'
import { fold, type Fold } from './network/view.ts'
import type { Account, AccountRule, KindName } from './things.ts'
import type { ClusterSeen, ClusterView } from './view.ts'

/** One entry of a machine's configuration, as it is written. */
export interface RawEntry {
  readonly guard?: unknown
  readonly target?: string
  readonly actions?: unknown
  readonly description?: string
  readonly meta?: {
    readonly clause?: string
    readonly refuse?: string
    readonly fail?: string
    readonly bound?: string
  }
}
type RawState = { readonly on?: Readonly<Record<string, RawEntry | readonly RawEntry[]>> }
export type RawConfig = { readonly states: Readonly<Record<string, RawState>> }

const editKind = (parts: AccountParts, name: KindName, edit: (machine: AnyStateMachine) => AnyStateMachine) => ({
  ...parts,
  kinds: { ...parts.kinds, [name]: { ...parts.kinds[name], machine: edit(parts.kinds[name].machine) } },
})

/** Changes a machine's configuration as a whole. */
export const editConfig = (machine: KindName, what: string, edit: (config: RawConfig) => object): Edit => ({
  what,
  apply: parts =>
    editKind(parts, machine, before => {
      const config = edit(before.config as unknown as RawConfig)
      return new StateMachine(config as never, before.implementations as never) as unknown as AnyStateMachine
    }),
})

/** Rewrites every entry: one entry in, any number out; `siblings` are all of its event. Throws if nothing was changed. */
export const editEntries = (
  machine: KindName,
  what: string,
  edit: (entry: RawEntry, event: string, state: string, siblings: readonly RawEntry[]) => readonly RawEntry[],
): Edit =>
  editConfig(machine, what, config => {
    let changes = 0
    const entriesOf = (entry: RawEntry, event: string, state: string, siblings: readonly RawEntry[]) => {
      const after = edit(entry, event, state, siblings)
      if (after.length !== 1 || after[0] !== entry) changes += 1
      return after
    }
    const states = Object.entries(config.states).map(([state, node]) => {
      const on = Object.entries(node.on ?? {}).map(([event, written]) => {
        const entries = [written].flat() as RawEntry[]
        return [event, entries.flatMap(entry => entriesOf(entry, event, state, entries))]
      })
      return [state, { ...node, on: Object.fromEntries(on) }]
    })
    if (changes === 0) throw new Error(`expected something to edit in ${machine}, got nothing: ${what}`)
    return { ...config, states: Object.fromEntries(states) }
  })

/**
 * What a clause says is refused is accepted instead: each of its refusals becomes the entry that the event accepts by, under
 * the guard of the refusal. Refusals that come before it are asked first, as ever.
 */
export const acceptInstead = (machine: KindName, clause: string, event?: string): Edit =>
  editEntries(machine, `accepts what ${clause} refuses`, (entry, name, _, siblings) => {
    if (entry.meta?.refuse === undefined || entry.meta.clause !== clause) return [entry]
    if (event !== undefined && event !== name) return [entry]
    const accepting = siblings.find(({ meta }) => meta?.refuse === undefined && meta?.bound === undefined)
    const { guard: _guard, ...unguarded } = accepting ?? { description: 'is accepted', meta: { clause } }
    return [entry.guard === undefined ? unguarded : { ...unguarded, guard: entry.guard }]
  })

/** Takes out the entries of a clause, refusals or not: what they answered is answered by the next, or is a hole. */
export const dropEntries = (machine: KindName, clause: string, event?: string): Edit =>
  editEntries(machine, `drops ${clause}`, (entry, name) =>
    entry.meta?.clause === clause && (event === undefined || event === name) ? [] : [entry],
  )

/** Replaces a guard by another. Throws if the machine has no guard of that name. */
export const overrideGuard = <K extends KindName>(
  machine: K,
  guard: string,
  answer: (args: { readonly context: Account[K]['context']; readonly event: Account[K]['event'] }) => boolean,
): Edit => ({
  what: `answers ${guard} of the ${machine} otherwise`,
  apply: parts =>
    editKind(parts, machine, before => {
      if (!(guard in before.implementations.guards)) throw new Error(`expected a guard of ${machine}, got ${guard}`)
      return before.provide({ guards: { [guard]: answer as never } }) as AnyStateMachine
    }),
})

/** Replaces an action by an assignment. Throws if the machine has no action of that name. */
export const overrideAction = <K extends KindName>(
  machine: K,
  action: string,
  assignment: (args: {
    readonly context: Account[K]['context']
    readonly event: Account[K]['event']
  }) => Partial<Account[K]['context']>,
): Edit => ({
  what: `does otherwise what ${action} of the ${machine} does`,
  apply: parts =>
    editKind(parts, machine, before => {
      if (!(action in before.implementations.actions))
        throw new Error(`expected an action of ${machine}, got ${action}`)
      const replaced = assign(({ context, event }) => assignment({ context, event } as never) as object)
      return before.provide({ actions: { [action]: replaced as never } }) as AnyStateMachine
    }),
})

/** Replaces an action that emits by one that emits something else. Throws if the machine has no action of that name. */
export const overrideEmission = <K extends KindName>(
  machine: K,
  action: string,
  emission: (args: {
    readonly context: Account[K]['context']
    readonly event: Account[K]['event']
  }) => Emitted & Readonly<Record<string, unknown>>,
): Edit => ({
  what: `emits otherwise what ${action} of the ${machine} emits`,
  apply: parts =>
    editKind(parts, machine, before => {
      if (!(action in before.implementations.actions))
        throw new Error(`expected an action of ${machine}, got ${action}`)
      const replaced = emit(({ context, event }) => emission({ context, event } as never))
      return before.provide({ actions: { [action]: replaced as never } }) as AnyStateMachine
    }),
})

/** Replaces a rule by what is made of it. Throws if there is no rule of that name. */
export const editRule = (name: RuleName, what: string, edit: (rule: AccountRule) => AccountRule): Edit => ({
  what,
  apply: parts => {
    if (!parts.rules.some(rule => rule.name === name)) throw new Error(`expected a rule, got ${name}`)
    return { ...parts, rules: parts.rules.map(rule => (rule.name === name ? edit(rule) : rule)) }
  },
})

/** Replaces the view by what is made of it. */
export const editView = (
  what: string,
  edit: (view: Fold<Account, ClusterSeen, ClusterView>) => Fold<Account, ClusterSeen, ClusterView>,
): Edit => ({
  what,
  apply: parts => ({ ...parts, view: fold(edit(parts.view as Fold<Account, ClusterSeen, ClusterView>)) }),
})
