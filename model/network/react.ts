/** One XState step of one machine, run once per local state and event and remembered. */
import { getInitialSnapshot, transition, type AnyMachineSnapshot } from 'xstate'
import { canonical } from './canonical.ts'
import { uniqueCause } from './conditions.ts'
import type { EventLike, Kind, Local } from './kind.ts'

/** The entry of a machine that an event selects: (machine, source state, event, branch). */
export interface Entry {
  /** `machine/source/Event/branch` */
  readonly id: string
  readonly machine: string
  readonly source: string
  readonly event: string
  readonly branch: number
  readonly clause: string
  readonly also: readonly string[]
  readonly description: string
  readonly refuse?: string
  readonly fail?: string
  readonly bound?: string
}

/** What a machine does on an event: the entry selected, and where it leads. */
export interface Reaction {
  readonly entry: Entry
  /** Of a refusal: the one condition for want of which the event was not accepted; null where there is no such one. */
  readonly alone: string | null
  readonly next: Local
  /** Events that its actions emit. */
  readonly emitted: readonly EventLike[]
}

/** A machine whose local states are interned and whose steps are remembered. */
export interface Reactor {
  readonly vacant: Local
  /** What the event selects; null where it selects nothing. */
  readonly react: (local: Local, event: EventLike) => Reaction | null
  /** How many XState steps were run. */
  readonly steps: () => number
}

/** An action that XState would execute. Its types leave out the actions that emit. */
interface Executed {
  readonly type: string
  readonly params?: { readonly event: EventLike }
}

/** As much of a transition as it takes to ask its guard. */
interface Selectable {
  readonly guard?: unknown
  readonly meta?: { readonly refuse?: string }
}

const META = ['refuse', 'fail', 'bound'] as const

/** The entry as data, from what XState selected. */
export const entryOf = (
  machine: string,
  transition: {
    readonly source: { readonly key: string; readonly transitions: ReadonlyMap<string, readonly unknown[]> }
    readonly eventType: string
    readonly meta?: unknown
    readonly description?: string | undefined
  },
): Entry => {
  const { source, eventType, description } = transition
  const meta = (transition.meta ?? {}) as Record<string, string | undefined> & { readonly also?: readonly string[] }
  const branch = (source.transitions.get(eventType) ?? []).indexOf(transition)
  return {
    id: `${machine}/${source.key}/${eventType}/${branch}`,
    machine,
    source: source.key,
    event: eventType,
    branch,
    clause: meta['clause'] ?? '',
    also: meta.also ?? [],
    description: description ?? '',
    ...Object.fromEntries(META.filter(name => meta[name] !== undefined).map(name => [name, meta[name]])),
  }
}

/** Throws where the machine keeps state that a local state does not show (history), or on context that is not plain data. */
export const reactor = (name: string, { machine, frozen }: Kind): Reactor => {
  const locals = new Map<string, Local>()
  const snapshots: AnyMachineSnapshot[] = []
  const reactions: Map<string, Reaction | null>[] = []
  let steps = 0

  const intern = (reached: AnyMachineSnapshot): Local => {
    const snapshot =
      frozen === undefined
        ? reached
        : ({ ...reached, context: { ...reached.context, ...frozen } } as AnyMachineSnapshot)
    if (Object.keys(snapshot.historyValue).length > 0 || typeof snapshot.value !== 'string')
      throw new Error(`expected a flat machine without history, got ${name}`)
    const key = canonical([snapshot.value, snapshot.context])
    const known = locals.get(key)
    if (known !== undefined) return known
    const local = { id: snapshots.length, key, value: snapshot.value, context: snapshot.context as object }
    locals.set(key, local)
    snapshots.push(snapshot)
    reactions.push(new Map())
    return local
  }

  const missing = (entries: readonly Selectable[], given: { context: object; event: EventLike }): string | null => {
    const accepting = entries.filter(({ meta, guard }) => guard !== undefined && meta?.refuse === undefined)
    const causes = accepting.map(({ guard }) => uniqueCause(machine, guard, given))
    return causes.find(cause => cause !== null) ?? null
  }

  const run = (local: Local, event: EventLike): Reaction | null => {
    const snapshot = snapshots[local.id]
    const selected = snapshot && machine.getTransitionData(snapshot, event)
    if (snapshot === undefined || selected === undefined) throw new Error(`expected a local state of ${name}`)
    steps += 1
    if (selected.length > 1) throw new Error(`expected one transition, got ${selected.length} in ${name}`)
    if (selected[0] === undefined) return null
    const entry = entryOf(name, selected[0])
    if (entry.refuse !== undefined || entry.bound !== undefined) {
      const alone = missing(selected[0].source.transitions.get(event.type) ?? [], { context: local.context, event })
      return { entry, alone, next: local, emitted: [] }
    }
    const [after, actions] = transition(machine, snapshot, event)
    const emitted = (actions as readonly Executed[]).flatMap(({ type, params }) =>
      type === 'xstate.emit' && params !== undefined ? [params.event] : [],
    )
    return { entry, alone: null, next: intern(after), emitted }
  }

  const react = (local: Local, event: EventLike): Reaction | null => {
    const known = reactions[local.id]
    if (known === undefined) throw new Error(`expected a local state of ${name}`)
    const key = JSON.stringify(event)
    const remembered = known.get(key)
    if (remembered !== undefined) return remembered
    const reaction = run(local, event)
    known.set(key, reaction)
    return reaction
  }

  return { vacant: intern(getInitialSnapshot(machine)), react, steps: () => steps }
}
