/** The decision: does what holds of a thing lead to what must come of it, on every fair run of the graph? */
import type { Things } from '../network/kind.ts'
import { cycleThrough } from './cycle.ts'
import { fairComponents } from './fair.ts'
import { assume, type Fairness } from './fairness.ts'
import type { Graph } from './graph.ts'
import { monitor, type LeadsTo } from './monitor.ts'
import { reach } from './reach.ts'
import { cutAmong, isStill, recurring } from './watched.ts'

/** A fair run on which the claim's `to` never comes: the prefix, then the cycle again and again, or nothing any more. */
export interface Counterexample<I> {
  /** Which of the starts the run begins in. */
  readonly start: number
  readonly prefix: readonly I[]
  /** How many inputs of the prefix come before the state in which the obligation begins. */
  readonly from: number
  /** The slot of its thing in that state; a queue may move it afterwards. */
  readonly slot: number
  /** Leads from where the prefix ends back there, the thing in the same slot. Empty: the run ends there. */
  readonly cycle: readonly I[]
}

/** What the answer rests on. */
export interface Extent {
  readonly states: number
  readonly transitions: number
  /** Pairs of a state and a slot of whose thing `from` holds: none, and the claim says nothing. */
  readonly triggers: number
  /** Pairs of a state and a slot to whose thing something is owed: none, and `to` always holds where `from` does. */
  readonly obligations: number
  /** Those among them in which only the bounds of the scope block a fair input: what comes then is not looked at. */
  readonly cut: number
}

/** `undecided`: the graph is not complete, and what is there of it breaks nothing. */
export type Answer<I> =
  | { readonly verdict: 'holds' | 'undecided'; readonly extent: Extent }
  | { readonly verdict: 'broken'; readonly extent: Extent; readonly counterexample: Counterexample<I> }

/**
 * Decides a claim exactly: it is broken if an obligation can stay open where a run may end, or on a cycle of a fair
 * component. A counterexample is a shortest one up to where it ends or goes round. Throws as `assume` does. Source:
 * Manna, Pnueli, "The temporal logic of reactive and concurrent systems: specification", 1992 (response, justice,
 * compassion).
 */
export const leadsTo = <T extends Things, I, K extends keyof T & string>(
  graph: Graph<T, I>,
  claim: LeadsTo<T, K>,
  fairness: Fairness<I>,
): Answer<I> => {
  const assumed = assume(graph, fairness)
  const watch = monitor(graph, claim)
  const { pending, triggers, prefix } = reach(graph, watch, assumed)
  const watched = { graph, watch, assumed }
  const arcs = recurring(watched)
  const fair = fairComponents(watched, arcs, pending)
  const cut = cutAmong(watched, pending)
  const counts = { states: graph.states.length, transitions: graph.to.length }
  const extent = { ...counts, triggers, obligations: pending.length, cut: cut.size }
  const mayEnd = (node: number): boolean => !cut.has(node) && isStill(watched, node)
  const broken = pending.find(node => fair.isFair(node) || mayEnd(node))
  if (broken === undefined) return { verdict: graph.expanded === graph.states.length ? 'holds' : 'undecided', extent }
  const { inputs, ...run } = prefix(broken)
  const cycle = mayEnd(broken) ? [] : cycleThrough(watched, arcs, fair.of, broken)
  const named = (numbers: readonly number[]) => numbers.flatMap(number => graph.inputs.slice(number, number + 1))
  return { verdict: 'broken', extent, counterexample: { ...run, prefix: named(inputs), cycle: named(cycle) } }
}
