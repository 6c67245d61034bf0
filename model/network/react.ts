/** The steps of one machine, run once per local state and event and remembered. */
import { canonical } from './canonical.ts'
import { uniqueCause } from './conditions.ts'
import { fixed, separate } from './copy.ts'
import type { Entry } from './entry.ts'
import type { EventLike, Kind, Local } from './kind.ts'
import { isPlain } from './plain.ts'
import { expectPlain, initialOf, runStep, type Ran, type Reached } from './run.ts'
import { refusal, refuseUnsound, type Place } from './sound.ts'
import { twice, type Compared } from './twice.ts'

export { entryOf, type Entry } from './entry.ts'

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
  /** What the event selects; null where it selects nothing. Throws where the step cannot be explored soundly. */
  readonly react: (local: Local, event: EventLike) => Reaction | null
  /** The local state with this value and context, whether or not a step leads there. */
  readonly localOf: (value: string, context: object) => Local
  /** How many steps were run; each was run twice. */
  readonly steps: () => number
}

/** As much of a transition as it takes to ask its guard. */
interface Selectable {
  readonly guard?: unknown
  readonly meta?: { readonly refuse?: string }
}

const comparedStarts = ({ value, context }: Reached): Compared => [
  ['starts in', value],
  ['starts with the context', context],
]
const comparedSteps = (ran: Ran | null): Compared => [
  ['selects', ran?.entry.id ?? null],
  ['leads to', ran?.reached?.value ?? null],
  ['leads to the context', ran?.reached?.context ?? null],
  ['emits', ran?.emitted ?? null],
]

/**
 * Throws on a machine that cannot be explored soundly, by name: on what it is written with, and on an initial context that
 * is not plain data or not twice the same. Its steps throw on what shows only then: guards and actions that throw, that change
 * what they are given or that depend on anything else, actors that are spawned, and values that are not plain data.
 */
export const reactor = (name: string, { machine, frozen }: Kind): Reactor => {
  refuseUnsound(name, machine)
  const locals = new Map<string, Local>()
  const reactions: Map<string, Reaction | null>[] = []
  let steps = 0

  const placeOf = ({ value }: Local, event: EventLike): Place => ({
    machine: name,
    state: value,
    event: String(event.type),
  })

  const intern = ({ value, context }: Reached): Local => {
    const key = canonical([value, { ...context, ...frozen }])
    const known = locals.get(key)
    if (known !== undefined) return known
    const local = { id: locals.size, key, value, context: fixed<[string, object]>(key)[1] }
    locals.set(key, local)
    reactions.push(new Map())
    return local
  }

  const missing = ({ selected }: Ran, local: Local, event: EventLike): string | null => {
    const entries = (selected.source.transitions.get(event.type) ?? []) as readonly Selectable[]
    const accepting = entries.filter(({ meta, guard }) => guard !== undefined && meta?.refuse === undefined)
    const given = separate<{ context: object; event: EventLike }>(canonical({ context: local.context, event }))
    const causes = accepting.map(({ guard }) => uniqueCause(machine, guard, given))
    return causes.find(cause => cause !== null) ?? null
  }

  const run = (local: Local, event: EventLike): Reaction | null => {
    const place = placeOf(local, event)
    expectPlain(place, event, 'event')
    if (/^xstate\.|^\*$/.test(event.type))
      throw refusal(place, 'the name is reserved by XState: name the event otherwise')
    steps += 1
    const given = { context: local.context, event }
    const ran = twice(place, given, copied => runStep(place, machine, copied), comparedSteps)
    if (ran === null) return null
    const { entry, reached, emitted } = ran
    if (reached === null) return { entry, alone: missing(ran, local, event), next: local, emitted }
    return { entry, alone: null, next: intern(reached), emitted: fixed(canonical(emitted)) }
  }

  const react = (local: Local, event: EventLike): Reaction | null => {
    const known = reactions[local.id]
    if (known === undefined) throw new Error(`expected a local state of ${name}`)
    if (!isPlain(event)) expectPlain(placeOf(local, event), event, 'event')
    const key = JSON.stringify(event)
    const remembered = known.get(key)
    if (remembered !== undefined) return remembered
    const reaction = run(local, event)
    known.set(key, reaction)
    return reaction
  }

  const start = { machine: name, state: machine.root.initial.target[0]?.key ?? null, event: null }
  return {
    vacant: intern(twice(start, {}, () => initialOf(start, machine), comparedStarts)),
    react,
    localOf: (value, context) => intern({ value, context }),
    steps: () => steps,
  }
}
