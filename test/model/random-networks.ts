/** Networks drawn at random from a seed: their machines, rules and views. */
import { assign, createMachine, emit, type AnyStateMachine } from 'xstate'
import type { Sweep } from '../../model/explore/index.ts'
import {
  fold,
  initialState,
  network,
  type Local,
  type Network,
  type NetworkState,
  type Participant,
  type Reader,
  type Rule,
  type View,
} from '../../model/network/index.ts'

const VALUES = ['none', 'a', 'b'] as const
const EVENTS = ['A', 'B', 'C'] as const

/** Counts go from 0 to 2, switches from 0 to 1. */
interface Thing {
  readonly value: string
  readonly context: { readonly count: number; readonly on: number }
  readonly event: { readonly type: string; readonly count: number }
}
export type Things = Record<string, Thing>
export interface Input {
  readonly rule: string
  readonly slot: number
}
export interface Facts {
  readonly count: number
  readonly isFirst: boolean
}
export interface Drawn extends Pick<Sweep<Things, Input>, 'starts' | 'inputs'> {
  readonly net: Network<Things, Facts, Input>
  /** What questions may look at, as rules look at the view. */
  readonly facts: View<Things, Facts>
  /** For whatever else is to be drawn. */
  readonly draw: Draw
  readonly readingOf: (depth: number) => (sight: Sight) => number
}

/** Numbers drawn from a seed: mulberry32. */
const drawer = (seed: number) => {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((more ^ (more >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (bound: number): number => Math.floor(next() * bound)
  const chance = (odds: number): boolean => next() < odds
  const pick = <X>(...choices: readonly X[]): X => choices[below(choices.length)] as X
  const list = <X>(count: number, one: (at: number) => X): readonly X[] =>
    Array.from({ length: count }, (_, at) => one(at))
  return { below, chance, pick, list }
}
type Draw = ReturnType<typeof drawer>

type Given = Pick<Thing, 'context' | 'event'>

/** A branch of a transition; the last one may do without a guard, and may refuse. */
const branchOf = ({ below, chance, pick }: Draw, isLast: boolean): object => {
  const [weight, is, by, isTold] = [below(3), below(3), 1 + below(2), chance(0.5)]
  const guard = ({ context, event }: Given) => ((isTold ? event : context).count + weight * context.on) % 3 === is
  const guarded = !isLast || chance(0.4) ? { guard } : {}
  const meta = { clause: '§random' }
  if (isLast && chance(0.15)) return { ...guarded, meta: { ...meta, refuse: 'NO' } }
  if (chance(0.03)) return { ...guarded, meta: { ...meta, bound: 'not described' } }
  const changes = pick(
    assign({ count: ({ event }: Given) => event.count }),
    assign({ count: ({ context }: Given) => (context.count + by) % 3 }),
    assign({ on: ({ context }: Given) => 1 - context.on }),
  )
  const says = emit(({ context }: Given) => ({ type: 'Said', count: context.count }))
  return {
    ...guarded,
    ...(chance(0.7) ? { target: pick(...VALUES) } : {}),
    actions: [...(chance(0.6) ? [changes] : []), ...(chance(0.1) ? [says] : [])],
    meta: { ...meta, ...(chance(0.05) ? { fail: 'FAILED' } : {}) },
  }
}

const machineOf = (draw: Draw): AnyStateMachine => {
  const branches = () => [...(draw.chance(0.5) ? [branchOf(draw, false)] : []), branchOf(draw, true)]
  const on = () => Object.fromEntries(EVENTS.filter(() => draw.chance(0.85)).map(event => [event, branches()]))
  return createMachine({
    context: { count: 0, on: 0 },
    initial: VALUES[0],
    states: Object.fromEntries(VALUES.map(value => [value, { on: on() }])),
  })
}

/** What a fold makes of one more slot: a sum, whether there is any, how many there are, which was the last. */
const JOINS: readonly ((seen: Seen, weight: number, slot: number) => Seen)[] = [
  ({ count, last }, weight) => ({ count: (count + weight) % 3, last }),
  ({ count, last }, weight) => ({ count: weight === 2 ? 2 : count, last }),
  ({ count, last }, weight) => ({ count: count + (weight === 1 ? 1 : 0), last }),
  (seen, weight, slot) => (weight === 0 ? seen : { count: weight, last: slot }),
]
interface Seen {
  readonly count: number
  readonly last: number
}

/** One to three focuses. Where few do not count, only several slots together change what is seen. */
const viewOf = ({ below, chance, pick }: Draw, kinds: readonly string[]): View<Things, Facts> => {
  const [focuses, byValue, byCount, bySlot, few] = [1 + below(3), below(3), below(3), 1 + below(2), below(3)]
  const [join, only] = [pick(...JOINS), chance(0.4) ? pick(...kinds) : null]
  return fold<Things, Seen, Facts>({
    focuses: () => focuses,
    initial: focus => ({ count: focus % 2, last: -1 }),
    add: (seen, { kind, slot, local }, focus) => {
      if (only !== null && kind !== only) return seen
      const { value, context } = local
      const told = VALUES.findIndex(one => one === value) * byValue + context.count * byCount
      return join(seen, (told + slot * bySlot + focus) % 3, slot)
    },
    result: ({ count, last }) => ({ count: Math.max(0, count - few), isFirst: last === 0 }),
  })
}

/** How many slots there are of each kind. */
type Sizes = Readonly<Record<string, number>>
/** As much as rules and questions both look at. */
export type Sight = Pick<Reader<Things, Facts>, 'view' | 'local' | 'free'>

/** A tree of decisions, each by one thing that is looked at; it ends in a number below 1000. */
const readingOf = (draw: Draw, sizes: Sizes, depth: number): ((sight: Sight) => number) => {
  const { below, chance, pick, list } = draw
  if (depth === 0 || chance(0.25)) {
    const end = below(1000)
    return () => end
  }
  const [kind, focus] = [pick(...Object.keys(sizes)), below(3)]
  const slot = below(sizes[kind] as number)
  const factsIn = ({ view }: Sight): Facts => view[focus % view.length] as Facts
  const look = pick<(sight: Sight) => number>(
    ({ local }) => VALUES.findIndex(value => value === local(kind, slot).value),
    ({ local }) => local(kind, slot).context.count,
    ({ local }) => local(kind, slot).context.on,
    ({ local }) => local(kind, slot).key.length,
    ({ free }) => free(kind) ?? 2,
    sight => factsIn(sight).count,
    sight => Number(factsIn(sight).isFirst),
  )
  const next = list(3, () => readingOf(draw, sizes, depth - 1))
  return sight => (next[look(sight) % 3] as (typeof next)[0])(sight)
}

/** One who takes part, given the slot of the input. */
const partOf = ({ below, chance, pick }: Draw, sizes: Sizes) => {
  const [kind, type, place, count] = [pick(...Object.keys(sizes)), pick(...EVENTS), below(3), below(3)]
  const [isFree, isOwn, optional] = [chance(0.3), chance(0.7), chance(0.4)]
  const [isTold, isLate] = [chance(0.3), chance(0.2)]
  return (slot: number, { local }: Sight): Participant<Things> => {
    const at = (isOwn ? slot : place) % (sizes[kind] as number)
    const told = isTold ? local(kind, at).context.count : 0
    const event: Participant<Things>['event'] = isLate
      ? ([first]) => ({ type, count: first?.branch ?? 2 })
      : { type, count: (count + told) % 3 }
    return { kind, slot: isFree ? 'free' : at, optional, event }
  }
}

const ruleOf = (draw: Draw, sizes: Sizes, name: string): Rule<Things, Facts, Input> => {
  const choose = readingOf(draw, sizes, draw.below(4))
  const choices = draw.list(4, () => draw.list(draw.pick(0, 1, 1, 1, 2, 2, 3), () => partOf(draw, sizes)))
  const participants: Rule<Things, Facts, Input>['participants'] = ({ slot }, read) =>
    (choices[choose(read) % 4] ?? []).map(part => part(slot, read))
  return { name, family: 'random', clauses: [], description: name, holes: 'disabled', participants }
}

/** The network of a seed. It may have so many states that nobody can explore it. */
export const randomNetwork = (seed: number): Drawn => {
  const draw = drawer(seed)
  const { below, chance, pick, list } = draw
  const kinds = ['x', 'y', 'z'].slice(0, 1 + below(3))
  const sizes = Object.fromEntries(kinds.map(kind => [kind, 1 + below(kinds.length === 1 ? 4 : 3)]))
  const kindOf = () => ({
    machine: machineOf(draw),
    free: chance(0.3) ? [VALUES[0], VALUES[2]] : [VALUES[0]],
    queue: chance(0.4),
    ...(chance(0.1) ? { frozen: { on: 0 } } : {}),
  })
  const net = network<Things, Facts, Input, string>({
    kinds: Object.fromEntries(kinds.map(kind => [kind, kindOf()])),
    rules: list(3 + below(4), at => ruleOf(draw, sizes, `rule ${at}`)),
    view: viewOf(draw, kinds),
  })
  const localIn = (kind: string) => {
    const { localOf } = net.reactors[kind] as Network<Things, Facts, Input>['reactors'][string]
    return localOf(pick(...VALUES), { count: below(3), on: below(2) }) as Local<Thing>
  }
  const anywhere = (): NetworkState<Things> =>
    Object.fromEntries(kinds.map(kind => [kind, list(sizes[kind] as number, () => localIn(kind))]))
  return {
    net,
    starts: [initialState(net, sizes), ...(chance(0.4) ? [anywhere()] : [])],
    inputs: net.rules.flatMap(({ name }) => [0, 1, 2].map(slot => ({ rule: name, slot }))),
    facts: viewOf(draw, kinds),
    draw,
    readingOf: depth => readingOf(draw, sizes, depth),
  }
}
