/** Exploring a scope: from its starts with its inputs, plainly or fast, and whole runs from the empty account as traces. */
import type { CloudHsm, Step } from '../cloudhsm.ts'
import type { Input } from '../input.ts'
import { starts, type Scope } from '../scopes/index.ts'
import type { Account, State } from '../things.ts'
import { sweep, type Sweep, type Swept, type Way } from './fast/index.ts'
import { search } from './plain.ts'

export interface ExploreOptions {
  /** Called once for each state, in the order of discovery, with its number. */
  readonly onState?: (state: State, index: number) => void
  /** Called for each input in each state, refused and blocked ones included; `to` is the number of the state after. */
  readonly onStep?: (before: State, input: Input, step: Step, from: number, to: number) => void
  /** Asked before each state is expanded; true ends the search. */
  readonly stop?: () => boolean
  /** Beyond this many states the search gives up. */
  readonly maxStates?: number
  readonly progress?: (states: number, depth: number) => void
}

export interface Explored {
  /** `undecided`: the search gave up before it had seen every state. */
  readonly verdict: 'complete' | 'undecided'
  readonly states: number
  /** Pairs of a state and an input that is accepted or fails there. */
  readonly transitions: number
  /** Pairs of a state and an input that is refused there. */
  readonly refusals: number
  readonly depth: number
  /** A shortest run to a state, from the empty account: what the scope's start does, then the inputs found. */
  readonly trace: (index: number) => readonly Input[]
}

/** Explores one model, so one combination of choices, within a scope. */
export const explore = (model: CloudHsm, scope: Scope, options: ExploreOptions = {}): Explored => {
  const { path, ...found } = search(model, { ...options, starts: starts(model, scope), inputs: scope.inputs })
  return {
    ...found,
    trace: index => {
      const { start, inputs } = path(index)
      return [...(scope.starts[start] ?? []), ...inputs]
    },
  }
}

export type SweepOptions = Omit<Sweep<Account, Input>, 'starts' | 'inputs'>

/** What a sweep of a scope found. */
export interface SweptScope extends Swept<Account, Input> {
  /** A shortest run to a state, from the empty account: what the scope's start does, then the inputs found. */
  readonly trace: (way: Way<Input>) => readonly Input[]
}

/** Explores a scope with the fast explorer. */
export const sweepScope = (model: CloudHsm, scope: Scope, options: SweepOptions = {}): SweptScope => ({
  ...sweep(model, { ...options, starts: starts(model, scope), inputs: scope.inputs }),
  trace: ({ start, inputs }) => [...(scope.starts[start] ?? []), ...inputs],
})
