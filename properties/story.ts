/** Counterexamples told in domain words, their last steps included that a run cannot take. */
import { initial, say, step, tell, type CloudHsm, type Input, type Scope, type Told } from '../model/index.ts'

/** The run, then one more line for an input that was not taken, and what is said of that. */
export const tellUntil = (
  model: CloudHsm,
  { slots }: Scope,
  run: readonly Input[],
  last: Input,
  outcome: string,
): readonly Told[] => {
  const told = tell(model, slots, run)
  const after = told.at(-1)?.after ?? initial(model, slots)
  return [...told, { input: last, what: say(last), outcome, effects: [], after }]
}

/** A run to a state, and the step tried there: null for the state alone. */
export const tellViolation = (
  model: CloudHsm,
  scope: Scope,
  run: readonly Input[],
  input: Input | null,
): readonly Told[] => {
  const told = tell(model, scope.slots, run)
  if (input === null) return told
  const after = told.at(-1)?.after ?? initial(model, scope.slots)
  const isDue = step(model, after, input).kind !== 'blocked'
  return isDue ? tell(model, scope.slots, [...run, input]) : tellUntil(model, scope, run, input, 'not due')
}
