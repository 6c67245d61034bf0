/** The monitor of one obligation: the graph's states, each with the slot of the thing that is owed something. */
import type { Local, NetworkState, Things } from '../network/kind.ts'
import type { Graph } from './graph.ts'

/**
 * Whenever `from` holds of a thing, then in that state or a later one `to` holds of it, or it is gone. A thing is gone
 * when a step empties its slot: the slot has one of its kind's free values, or a queue closed the gap. Nothing is owed to
 * a slot that is free, nor to the thing that takes it next.
 */
export interface LeadsTo<T extends Things, K extends keyof T & string = keyof T & string> {
  readonly kind: K
  readonly from: (state: NetworkState<T>, slot: number) => boolean
  readonly to: (state: NetworkState<T>, slot: number) => boolean
}

/**
 * A node is a state and a place: the slot of the thing that is owed, or, beyond all slots, that nothing is owed yet. To
 * follow one obligation at a time is exact: a run breaks the claim if one of its obligations is never met, whatever
 * becomes of the others; fairness speaks of the network's inputs and not of obligations, so that the run is fair or not
 * whichever of them is followed; and what becomes of one depends on nothing but the state and its slot. The monitor is
 * the automaton of the negated claim in the product of Vardi, Wolper, "An automata-theoretic approach to automatic
 * program verification", LICS 1986: it guesses the obligation that is never met.
 */
export interface Monitor {
  /** Places in a state; node = state * width + place. */
  readonly width: number
  /** The place at which nothing is owed yet. */
  readonly idle: number
  readonly nodes: number
  /** 1: the claim's `from` holds of the thing there. */
  readonly triggers: Uint8Array
  /** 1: there is a thing, and `to` does not hold of it, so that an obligation stays open there. */
  readonly open: Uint8Array
  /** The node to which a step leads from a place; -1 where the obligation is met or its thing is gone. */
  readonly after: (place: number, step: number) => number
}

/** Watches the graph for one claim, which is asked once for each state and slot. */
export const monitor = <T extends Things, I, K extends keyof T & string>(
  { kinds, states, to, moved, moves }: Graph<T, I>,
  claim: LeadsTo<T, K>,
): Monitor => {
  const { kind } = claim
  const { free } = kinds[kind]
  const idle = states.reduce((most, state) => Math.max(most, state[kind].length), 0)
  const width = idle + 1
  const nodes = states.length * width
  const [triggers, open] = [new Uint8Array(nodes), new Uint8Array(nodes)]
  states.forEach((state, number) =>
    (state[kind] as readonly Local[]).forEach(({ value }, slot) => {
      if (free.includes(value)) return
      const node = number * width + slot
      triggers[node] = claim.from(state, slot) ? 1 : 0
      open[node] = claim.to(state, slot) ? 0 : 1
    }),
  )
  const ways = moves.map(move => move.find(queue => queue.kind === kind)?.to ?? null)
  const after = (place: number, step: number): number => {
    const way = ways[moved[step] ?? 0]
    const next = way == null || place === idle ? place : (way[place] ?? -1)
    if (next === -1) return -1
    const node = (to[step] ?? 0) * width + next
    return next === idle || open[node] === 1 ? node : -1
  }
  return { width, idle, nodes, triggers, open, after }
}
