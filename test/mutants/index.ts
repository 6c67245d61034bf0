/** Mutants of the model: made by named operators, sampled by a seed, and judged by the properties. */
import { RULES, type CloudHsm } from '../../model/index.ts'
import type { Mutant } from './mutant.ts'
import { entryMutants } from './operators/entries.ts'
import { guardMutants } from './operators/guards.ts'
import { ruleMutants } from './operators/rules.ts'
import type { Survey } from './survey.ts'

export { isSameGraph, isSameToObserver } from './compare.ts'
export { judge, unanswered, type Fate, type Judged } from './judge.ts'
export { OPERATORS, mutant, type Mutant, type Operator } from './mutant.ts'
export { PERMITTED, permitted, type Permitted } from './permitted.ts'
export { sample } from './sample.ts'
export { MOST_LEFT, score, type Counts, type Score } from './score.ts'
export { survey, type Arena, type Survey } from './survey.ts'

/** Families of rules that nobody asks for: what the service does by itself, and what befalls it. */
const OWN = [...RULES.settle, ...RULES.time, ...RULES.fault, ...RULES.crash] as readonly string[]

/** All mutants of the model, in an order that depends on the model only. */
export const mutantsOf = (model: CloudHsm, survey: Survey): readonly Mutant[] => {
  const { senders, most } = survey
  const own = new Set(
    [...senders].flatMap(([sent, rules]) => ([...rules].some(rule => OWN.includes(rule)) ? [sent] : [])),
  )
  const rules = [...most].toSorted(([a], [b]) => a.localeCompare(b))
  return [
    ...guardMutants(model, survey),
    ...entryMutants(model, own),
    ...rules.flatMap(([name, count]) => ruleMutants(name, count)),
  ]
}
