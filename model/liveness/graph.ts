/** The graph of a network's states and steps, kept in flat rows so that many questions can be asked of one exploration. */
import { search, type Search } from '../explore/plain.ts'
import type { Kind, NetworkState, Things } from '../network/kind.ts'
import { stateKey, type Network } from '../network/network.ts'
import type { Step, Taken } from '../network/step.ts'
import { ints } from './ints.ts'

/** States, steps and inputs are numbers: places in the rows. A step is one that is accepted or fails. */
export interface Graph<T extends Things, I> {
  readonly kinds: { readonly [K in keyof T & string]: Kind }
  readonly inputs: readonly I[]
  /** In order of discovery, breadth first. */
  readonly states: readonly NetworkState<T>[]
  /** The state of each start. */
  readonly starts: readonly number[]
  /** How many states were expanded: all, or the first ones where the search gave up. */
  readonly expanded: number
  /** The steps of a state are those from `first[state]` up to, and without, `first[state + 1]`. */
  readonly first: Int32Array
  /** Where each step leads, the input that it takes, and which of `moves` it makes. */
  readonly to: Int32Array
  readonly by: Int32Array
  readonly moved: Int32Array
  /** How queues were compacted; the first of them moves nothing. */
  readonly moves: readonly Taken<T>['moved'][]
  /** Inputs that could be taken in a state but for the bounds of the scope, laid out as the steps are. */
  readonly firstCut: Int32Array
  readonly cut: Int32Array
}

/** What to explore. */
export type GraphOptions<T extends Things, I> = Pick<
  Search<T, I>,
  'starts' | 'inputs' | 'stop' | 'maxStates' | 'progress'
>

/** Explores a network from its starts and keeps what is accepted or fails. Throws where the model has a hole. */
export const graphOf = <T extends Things, V, I extends { readonly rule: string }>(
  net: Network<T, V, I>,
  options: GraphOptions<T, I>,
): Graph<T, I> => {
  const { inputs, starts } = options
  const states: NetworkState<T>[] = []
  const { onStep, rows } = recorder<T, I>(inputs)
  const { verdict } = search(net, {
    ...options,
    onState: state => states.push(state),
    onStep: (_, input, step, from, to) => onStep(input, step, from, to),
  })
  const numbers = new Map(states.slice(0, starts.length).map((state, index) => [stateKey(net.names, state), index]))
  return {
    kinds: net.kinds,
    inputs,
    states,
    starts: starts.map(state => numbers.get(stateKey(net.names, state)) ?? 0),
    ...rows(states.length, verdict === 'complete'),
  }
}

/** Writes the rows while the search runs. Throws on steps that do not come state after state. */
const recorder = <T extends Things, I>(inputs: readonly I[]) => {
  const numbers = new Map(inputs.map((input, index) => [input, index]))
  const [first, to, by, moved, firstCut, cut] = [ints(), ints(), ints(), ints(), ints(), ints()]
  const moves: Taken<T>['moved'][] = [[]]
  const known = new Map<string, number>([['[]', 0]])
  const moveOf = (move: Taken<T>['moved']): number => {
    if (move.length === 0) return 0
    const key = JSON.stringify(move)
    const number = known.get(key) ?? moves.push(move) - 1
    known.set(key, number)
    return number
  }
  const begin = (state: number): void => {
    while (first.length() <= state) {
      first.push(to.length())
      firstCut.push(cut.length())
    }
  }
  const onStep = (input: I, step: Step<T>, from: number, after: number): void => {
    if (from === first.length()) begin(from)
    if (from !== first.length() - 1) throw new Error(`expected the steps of state ${first.length() - 1}, got ${from}`)
    if (step.kind === 'blocked') {
      if (step.by === 'bound') cut.push(numbers.get(input) ?? 0)
    } else if (step.outcome.kind !== 'refused') {
      to.push(after)
      by.push(numbers.get(input) ?? 0)
      moved.push(moveOf(step.moved))
    }
  }
  const rows = (states: number, complete: boolean) => {
    const expanded = complete ? states : first.length()
    begin(states)
    const steps = { first: first.flat(), to: to.flat(), by: by.flat(), moved: moved.flat(), moves }
    return { expanded, ...steps, firstCut: firstCut.flat(), cut: cut.flat() }
  }
  return { onStep, rows }
}
