/** The plain explorer: breadth first, every input in every state, one key for one state. Short enough to be audited. */
import type { Things, NetworkState } from '../network/kind.ts'
import { stateKey, type Network } from '../network/network.ts'
import { step, type Step } from '../network/step.ts'

export interface Search<T extends Things, I> {
  readonly starts: readonly NetworkState<T>[]
  readonly inputs: readonly I[]
  /** Called once for each state, in the order of discovery, with its number. */
  readonly onState?: (state: NetworkState<T>, index: number) => void
  /** Called for each input in each state, refused and blocked ones included; `to` is the number of the state after. */
  readonly onStep?: (before: NetworkState<T>, input: I, step: Step<T>, from: number, to: number) => void
  /** Asked before each state is expanded; true ends the search. */
  readonly stop?: () => boolean
  /** Beyond this many states the search gives up. */
  readonly maxStates?: number
  readonly progress?: (states: number, depth: number) => void
}

export interface Exploration<I> {
  /** `undecided`: the search gave up before it had seen every state. */
  readonly verdict: 'complete' | 'undecided'
  readonly states: number
  /** Pairs of a state and an input that is accepted or fails there. */
  readonly transitions: number
  /** Pairs of a state and an input that is refused there. */
  readonly refusals: number
  /** Steps to the state that is farthest from a start. */
  readonly depth: number
  /** A shortest way to a state: which start, and the inputs from there. */
  readonly path: (index: number) => { readonly start: number; readonly inputs: readonly I[] }
}

/** Explores a network from its starts. */
export const search = <T extends Things, V, I extends { readonly rule: string }>(
  net: Network<T, V, I>,
  { starts, inputs, onState, onStep, stop, maxStates = Infinity, progress }: Search<T, I>,
): Exploration<I> => {
  const seen = new Map<string, number>()
  const queue: NetworkState<T>[] = []
  const parents: { readonly from: number; readonly input: I | null; readonly depth: number }[] = []
  const visit = (state: NetworkState<T>, from: number, input: I | null, depth: number): number => {
    const key = stateKey(net.names, state)
    const known = seen.get(key)
    if (known !== undefined) return known
    const index = queue.push(state) - 1
    seen.set(key, index)
    parents.push({ from, input, depth })
    onState?.(state, index)
    return index
  }
  starts.forEach((state, start) => visit(state, start, null, 0))
  let transitions = 0
  let refusals = 0
  let expanded = 0
  for (; expanded < queue.length && queue.length <= maxStates && stop?.() !== true; expanded += 1) {
    const state = queue[expanded] as NetworkState<T>
    const depth = parents[expanded]?.depth ?? 0
    for (const input of inputs) {
      const taken = step(net, state, input)
      const isRefused = taken.kind === 'taken' && taken.outcome.kind === 'refused'
      const to = taken.kind === 'blocked' || isRefused ? expanded : visit(taken.after, expanded, input, depth + 1)
      if (isRefused) refusals += 1
      else if (taken.kind === 'taken') transitions += 1
      onStep?.(state, input, taken, expanded, to)
    }
    if (expanded % 1000 === 0) progress?.(queue.length, depth)
  }
  const path = (index: number): { readonly start: number; readonly inputs: readonly I[] } => {
    const inputs: I[] = []
    let at = index
    for (let parent = parents[at]; parent !== undefined; at = parent.from, parent = parents[at]) {
      if (parent.input === null) return { start: parent.from, inputs: inputs.toReversed() }
      inputs.push(parent.input)
    }
    throw new RangeError(`expected a state, got ${index}`)
  }
  return {
    verdict: expanded === queue.length ? 'complete' : 'undecided',
    states: queue.length,
    transitions,
    refusals,
    depth: parents.reduce((deepest, { depth }) => Math.max(deepest, depth), 0),
    path,
  }
}
