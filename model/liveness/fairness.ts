/** Fairness: which inputs a run may not put off for ever, which occur only finitely often, and where a run may end. */
import type { Things } from '../network/kind.ts'
import type { Graph } from './graph.ts'

/**
 * How an input is treated in the long run. `weak` (justice): it is not enabled from some point on without being taken.
 * `strong` (compassion): it is not enabled infinitely often without being taken infinitely often. `none`: it may be put
 * off for ever, and it may also be taken for ever. Source: Lehmann, Pnueli, Stavi, "Impartiality, justice and fairness:
 * the ethics of concurrent termination", ICALP 1981; Lamport, "The temporal logic of actions", TOPLAS 1994 (WF, SF).
 */
export type Strength = 'weak' | 'strong' | 'none'

/**
 * What is assumed of every run, whatever is asked of it. An input is its rule and its slots, and fairness is owed to it
 * and not to the thing in the slot. Enabled is what would be accepted or would fail, and what only the bounds of the
 * scope block: there the run goes on outside the scope, so that it neither ends there nor is that input put off.
 */
export interface Fairness<I> {
  /** Asked of the inputs that were explored, and of no other: one that was left out compels nothing. */
  readonly fair: (input: I) => Strength
  /** Whether the input (a fault) occurs only finitely often in a run; such an input is owed no fairness. */
  readonly finite?: (input: I) => boolean
  /** At most so many finite inputs occur in a run, from its start on; left out: any finite number. */
  readonly budget?: number
  /**
   * A run may end where no fair input is enabled, for nothing compels a step there. True: a run that can go on within the
   * scope does, and ends only where no other input can be taken either, finite ones aside (maximal runs).
   */
  readonly maximal?: boolean
}

/** The assumptions in numbers, by the number of the input. */
export interface Assumed {
  readonly weak: readonly number[]
  readonly strong: readonly number[]
  /** 1: occurs finitely often. */
  readonly finite: Uint8Array
  /** 1: a run does not end where this input can be taken. */
  readonly compels: Uint8Array
  /** null: any finite number. */
  readonly budget: number | null
}

/** Throws on a budget that is not a whole number or counts nothing, and on an input that is both finite and fair. */
export const assume = <T extends Things, I>({ inputs }: Graph<T, I>, fairness: Fairness<I>): Assumed => {
  const { fair, finite = () => false, budget = null, maximal = false } = fairness
  if (budget !== null && !(Number.isInteger(budget) && budget >= 0))
    throw new RangeError(`expected a whole number of finite inputs, got ${budget}`)
  if (budget !== null && fairness.finite === undefined) throw new RangeError('expected finite inputs for the budget')
  const strengths = inputs.map(fair)
  const isFinite = Uint8Array.from(inputs, input => (finite(input) ? 1 : 0))
  const both = inputs.find((_, input) => isFinite[input] === 1 && strengths[input] !== 'none')
  if (both !== undefined) throw new RangeError(`expected fairness or finiteness, got both of ${JSON.stringify(both)}`)
  const those = (strength: Strength) => [...inputs.keys()].filter(input => strengths[input] === strength)
  const compels = isFinite.map((one, input) => ((maximal ? one === 0 : strengths[input] !== 'none') ? 1 : 0))
  return { weak: those('weak'), strong: those('strong'), finite: isFinite, compels, budget }
}
