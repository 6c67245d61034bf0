/** One step of a network: every participant is asked first; a refusal changes nothing; then all take part at once. */
import type { EventLike, Local, NetworkState, Things } from './kind.ts'
import type { Network } from './network.ts'
import type { Entry, Reaction, Reactor } from './react.ts'
import type { Participant, Reader } from './rule.ts'

export type Outcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'failed'; readonly code: string; readonly clause: string }
  | { readonly kind: 'refused'; readonly code: string; readonly clause: string }

/** An entry that fired, and where. */
export interface Fired extends Entry {
  readonly slot: number
  /** Of a refusal: the one condition for want of which the event was not accepted. */
  readonly alone: string | null
}

/** What an action emitted, and where. */
export interface Emission<E extends EventLike = EventLike> {
  readonly machine: string
  readonly slot: number
  readonly event: E
}

/** `bound`: it could be taken, but the scope has no slot for it or the model does not describe it. `disabled`: it is not due. */
export interface Blocked {
  readonly kind: 'blocked'
  readonly by: 'bound' | 'disabled'
}

export interface Taken<T extends Things> {
  readonly kind: 'taken'
  readonly outcome: Outcome
  /** The state before, the very object, where the step was refused. */
  readonly after: NetworkState<T>
  /** In the order of the participants. Of a refused step: the entry that refused, and no other. */
  readonly fired: readonly Fired[]
  readonly emitted: readonly Emission[]
  /** Slots that new things took, numbered as in `after`. */
  readonly created: readonly { readonly kind: keyof T & string; readonly slot: number }[]
  /** For each queue that was compacted: where each slot went; null for one that was emptied. */
  readonly moved: readonly { readonly kind: keyof T & string; readonly to: readonly (number | null)[] }[]
}

export type Step<T extends Things> = Taken<T> | Blocked

const DISABLED: Blocked = { kind: 'blocked', by: 'disabled' }
const BOUND: Blocked = { kind: 'blocked', by: 'bound' }

interface Asked {
  readonly kind: string
  /** null: no slot is free. */
  readonly slot: number | null
  readonly created: boolean
  readonly reaction: Reaction
}

/** As much of a network as it takes to say which slots are free. */
type Freedom<T extends Things> = Pick<Network<T, never, never>, 'isFree'>

const firstFree = <T extends Things>(
  net: Freedom<T>,
  kind: keyof T & string,
  locals: readonly Local[],
): number | null => {
  const slot = locals.findIndex(local => net.isFree(kind, local))
  return slot === -1 ? null : slot
}

/** What rules read of a state. Throws on a slot that does not exist. */
export const reader = <T extends Things, V, I extends { readonly rule: string }>(
  net: Network<T, V, I>,
  state: NetworkState<T>,
): Reader<T, V> => ({
  view: net.viewOf(state),
  local: (kind, slot) => {
    const local = state[kind][slot]
    if (local === undefined) throw new RangeError(`expected a slot of ${kind}, got ${slot}`)
    return local
  },
  all: kind => [...state[kind].keys()],
  free: kind => firstFree(net, kind, state[kind]),
})

/** Takes the step. Throws where the model has a hole: a request for which a mandatory participant has no answer. */
export const step = <T extends Things, V, I extends { readonly rule: string }>(
  net: Network<T, V, I>,
  state: NetworkState<T>,
  input: I,
): Step<T> => {
  const rule = net.rule(input.rule)
  const participants = rule.participants(input, reader(net, state))
  const asked: Asked[] = []
  const kept: Asked[] = []
  const earlier: (Entry | null)[] = []
  for (const participant of participants) {
    if (participant.along !== undefined && !isEntry(earlier[participant.along])) {
      earlier.push(null)
      continue
    }
    const answer = ask(net, state, participant, earlier)
    earlier.push(answer?.reaction.entry ?? null)
    if (answer !== null && answer.reaction.entry.refuse !== undefined) return refused(state, answer)
    if (answer !== null) (participant.keeps === true ? kept : asked).push(answer)
    else if (participant.optional !== true) {
      if (rule.holes !== 'throw') return DISABLED
      throw new Error(`hole: ${rule.name} selects nothing in ${participant.kind} ${participant.slot}`)
    }
  }
  if ([...asked, ...kept].some(({ slot, reaction }) => slot === null || reaction.entry.bound !== undefined))
    return BOUND
  if (asked.length === 0 && rule.holes === 'disabled') return DISABLED
  return taken(net, state, asked)
}

const isEntry = (entry: Entry | null | undefined): boolean => entry !== null && entry !== undefined

const ask = <T extends Things, V, I extends { readonly rule: string }>(
  net: Network<T, V, I>,
  state: NetworkState<T>,
  { kind, slot, event }: Participant<T>,
  earlier: readonly (Entry | null)[],
): Asked | null => {
  const locals: readonly Local[] = state[kind]
  const { vacant, react } = (net.reactors as Record<string, Reactor>)[kind] as Reactor
  const at = slot === 'free' ? firstFree(net, kind, locals) : slot
  const local = at === null ? vacant : locals[at]
  if (local === undefined) throw new RangeError(`expected a slot of ${kind}, got ${at}`)
  const reaction = react(local, typeof event === 'function' ? event(earlier) : (event as EventLike))
  return reaction === null ? null : { kind, slot: at, created: slot === 'free', reaction }
}

const refused = <T extends Things>(after: NetworkState<T>, { slot, reaction }: Asked): Taken<T> => {
  const { refuse, clause } = reaction.entry
  const outcome = { kind: 'refused' as const, code: refuse ?? '', clause }
  const by = [fired(reaction, slot ?? 0)]
  return { kind: 'taken', outcome, after, fired: by, emitted: [], created: [], moved: [] }
}

const taken = <T extends Things, V, I extends { readonly rule: string }>(
  net: Network<T, V, I>,
  state: NetworkState<T>,
  asked: readonly Asked[],
): Taken<T> => {
  const changed: Record<string, Local[]> = {}
  for (const { kind, slot, reaction } of asked) {
    const locals = (changed[kind] ??= (state[kind] as readonly Local[]).slice())
    locals[slot ?? 0] = reaction.next
  }
  const moved = net.names.flatMap(kind => {
    const after = changed[kind]
    if (!net.kinds[kind].queue || after === undefined) return []
    const to = compaction(local => net.isFree(kind, local), state[kind], after)
    if (to === null) return []
    changed[kind] = [...after.filter((_, slot) => to[slot] !== null), ...after.filter((_, slot) => to[slot] === null)]
    return [{ kind, to }]
  })
  const failure = asked.find(({ reaction }) => reaction.entry.fail !== undefined)?.reaction.entry
  return {
    kind: 'taken',
    outcome:
      failure === undefined
        ? { kind: 'accepted' }
        : { kind: 'failed', code: failure.fail ?? '', clause: failure.clause },
    after: { ...state, ...(changed as Record<string, unknown> as Partial<NetworkState<T>>) },
    fired: asked.map(({ slot, reaction }) => fired(reaction, slot ?? 0)),
    emitted: asked.flatMap(({ kind, slot, reaction }) =>
      reaction.emitted.map(event => ({ machine: kind, slot: slot ?? 0, event })),
    ),
    created: asked.flatMap(({ kind, slot, created }) => (created ? [{ kind, slot: slot ?? 0 }] : [])),
    moved,
  }
}

/** Where each slot of a queue goes when the gaps are closed; null where none was emptied. */
const compaction = (
  isFree: (local: Local) => boolean,
  before: readonly Local[],
  after: readonly Local[],
): readonly (number | null)[] | null => {
  const isEmptied = (local: Local, slot: number) => {
    const was = before[slot]
    return local !== was && isFree(local) && was !== undefined && !isFree(was)
  }
  if (!after.some(isEmptied)) return null
  let next = 0
  return after.map(local => (isFree(local) ? null : next++))
}

const remembered = new WeakMap<Reaction, Fired[]>()

const fired = (reaction: Reaction, slot: number): Fired => {
  const known = remembered.get(reaction) ?? []
  remembered.set(reaction, known)
  return (known[slot] ??= { ...reaction.entry, alone: reaction.alone, slot })
}
