/** For a goal the minimal sets of capabilities that reach it, each certified by saturations of its own. */
import type { Program } from './clause.ts'
import { match } from './facts.ts'
import { cheapest } from './proof.ts'
import { isWithin, sizeOf } from './ledger.ts'
import { saturate, type Given, type Saturation } from './saturate.ts'
import type { Term } from './term.ts'

/** A goal with the sets that reach it, smaller ones first. */
export interface Antichain {
  readonly goal: string
  readonly sets: readonly (readonly string[])[]
  /** What a saturation of a set, or of one of those just below it, says otherwise, one line each. */
  readonly doubts: readonly string[]
}

export interface Asked {
  readonly id: string
  readonly patterns: readonly Term[]
}

/** One saturation, in which every fact carries the minimal sets that it takes. Throws where it was cut off. */
export const lattice = (
  program: Program,
  given: Omit<Given, 'isAnnotated'>,
  goals: readonly Asked[],
): readonly Antichain[] => {
  const saturated = saturate(program, { ...given, isAnnotated: true })
  if (saturated.truncated !== null)
    throw new Error(`expected all there is to derive, got the bound on ${saturated.truncated}`)
  const plain = remembering(program, given)
  return goals.map(({ id, patterns }) => {
    const sets = minimalFor(program, saturated, patterns).map(mask =>
      given.capabilities.filter((_, bit) => (mask & (1 << bit)) !== 0),
    )
    const reaches = (set: readonly string[]) => cheapest(program.language, plain(set), patterns) !== null
    return { goal: id, sets, doubts: sets.flatMap(set => doubtsOf(set, reaches)) }
  })
}

const minimalFor = (program: Program, { derived }: Saturation, patterns: readonly Term[]): readonly number[] => {
  const masks = [...derived].flatMap(([fact, items]) =>
    patterns.some(pattern => match(program.language, pattern, fact, new Map()) !== null)
      ? items.map(({ mask }) => mask)
      : [],
  )
  const least = [...new Set(masks)].filter(mask => !masks.some(other => other !== mask && isWithin(other, mask)))
  return least.toSorted((a, b) => sizeOf(a) - sizeOf(b) || a - b)
}

/** A set has to reach the goal, and each set with one capability less must not: then no smaller one does. */
const doubtsOf = (set: readonly string[], reaches: (set: readonly string[]) => boolean): readonly string[] => [
  ...(reaches(set) ? [] : [`{${set.join(', ')}} does not reach it`]),
  ...set
    .map(left => set.filter(capability => capability !== left))
    .filter(reaches)
    .map(smaller => `{${smaller.join(', ')}} reaches it as well`),
]

const remembering = (program: Program, given: Omit<Given, 'isAnnotated'>): ((set: readonly string[]) => Saturation) => {
  const known = new Map<string, Saturation>()
  return set => {
    const name = set.join()
    const saturated = known.get(name) ?? saturate(program, { ...given, capabilities: set })
    known.set(name, saturated)
    return saturated
  }
}
