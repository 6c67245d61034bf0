/** Counterexamples told in domain words, their last steps included that a run cannot take. */
import { match } from 'ts-pattern'
import {
  initial,
  say,
  step,
  tell,
  type CloudHsm,
  type Input,
  type KindName,
  type Lasso,
  type Scope,
  type Told,
} from '../model/index.ts'
import type { Counterexample } from './result.ts'

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

/** A run on which what is owed to a thing of this kind never comes: what leads there, what goes round then, and since when. */
export const tellLasso = (
  model: CloudHsm,
  { slots }: Scope,
  { prefix, cycle, from, slot }: Lasso<Input>,
  kind: KindName,
): Pick<Counterexample, 'told' | 'cycle'> & { readonly reason: string } => {
  const told = tell(model, slots, [...prefix, ...cycle])
  const owed = `it is owed to ${nameOf(kind, slot)} ${from === 0 ? 'from the start' : `since step ${from}`}`
  const end =
    cycle.length === 0 ? 'the run may end, for nothing is due any more' : 'what is due takes place, and not this'
  return { told: told.slice(0, prefix.length), cycle: told.slice(prefix.length), reason: `${owed}: ${end}` }
}

/** A thing in the words of `say`. */
const nameOf = (kind: KindName, slot: number): string =>
  match(kind)
    .with('cluster', () => `cluster ${String.fromCharCode(65 + slot)}`)
    .with('hsm', () => `HSM ${slot + 1}`)
    .with('backup', 'hardware', 'job', () => `${kind} ${slot + 1}`)
    .exhaustive()
