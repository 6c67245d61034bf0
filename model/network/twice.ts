/** Purity: whatever a machine is asked is asked twice, from separate copies, and refused where that can be told. */
import { canonical } from './canonical.ts'
import { separate, shared } from './copy.ts'
import { isPlain, isSame } from './plain.ts'
import { refusal, type Place } from './sound.ts'

/** What is compared of two runs, in words: what was selected, where it leads, what is emitted. */
export type Compared = readonly (readonly [verb: string, what: unknown])[]

const OUTSIDE = 'a clock, chance, a variable, the order of keys or the identity of objects'

const differing = (first: Compared, second: Compared): string | null => {
  if (first.every(([, what], at) => isPlain(what) && isSame(what, second[at]?.[1]))) return null
  if (canonical(first) === canonical(second)) return null
  const texts = first.map(([, what], index) => [canonical(what), canonical(second[index]?.[1] ?? null)] as const)
  const at = texts.findIndex(([once, again]) => once !== again)
  return `${first[at]?.[0]} ${texts[at]?.[0]} and then ${texts[at]?.[1]}`
}

/** Runs on a copy, part by part as it was afterwards. Throws where it is not. */
const intact = <Given extends object, Result>(place: Place, copied: Given, run: (given: Given) => Result): Result => {
  const before = Object.entries(copied).map(([name, part]) => [name, JSON.stringify(part)] as const)
  const result = run(copied)
  for (const [name, text] of before) {
    const part: unknown = (copied as Record<string, unknown>)[name]
    if (!isPlain(part) || JSON.stringify(part) !== text)
      throw refusal(place, `a guard or an action changes the ${name} that it was given: assign a new value instead`)
  }
  return result
}

/**
 * Runs twice, and answers the first run's result. Throws where a run changes what it was given, or where the two differ in
 * what is compared: it then depends on more than it was given.
 */
export const twice = <Given extends object, Result>(
  place: Place,
  given: Given,
  run: (given: Given) => Result,
  compared: (result: Result) => Compared,
): Result => {
  const text = canonical(given)
  const first = intact(place, separate<Given>(text), run)
  const second = intact(place, shared<Given>(text), run)
  const difference = differing(compared(first), compared(second))
  if (difference === null) return first
  throw refusal(place, `it ${difference} from equal copies: let it depend on context and event only, not on ${OUTSIDE}`)
}
