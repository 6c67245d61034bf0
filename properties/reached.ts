/** The ACTIVE HSMs that an operation of the client reaches, with what is known of each. */
import { factsOf, type Folded } from './facts.ts'
import { ASKED, NO_FACTS, type Facts } from './folded.ts'

/** What of an operation says how far its client reaches. */
export interface Reaching {
  readonly before: Folded
  readonly input: { readonly cluster: number; readonly only?: number }
}

const narrowed = new WeakMap<Facts, Map<number, Facts>>()

/** Facts in which the HSM in one slot is the only ACTIVE one. */
const narrow = (facts: Facts, only: number): Facts => {
  const at = facts.active.indexOf(only)
  const one = <T>(all: readonly T[]): readonly T[] => all.slice(at, at + 1)
  const held = Object.fromEntries(ASKED.map(part => [part, one(facts[part])])) as Pick<Facts, (typeof ASKED)[number]>
  const none = { active: [], hasActive: false, failures: [], tokens: [] }
  if (at === -1) return { ...NO_FACTS, isKnown: facts.isKnown, hasHsm: facts.hasHsm, hsms: facts.hsms, ...none }
  return { ...facts, ...held, active: [only], failures: one(facts.failures), tokens: one(facts.tokens) }
}

/** The facts about its cluster, as if the HSMs that it reaches were all that are ACTIVE. */
export const reachedBy = ({ before, input: { cluster, only } }: Reaching): Facts => {
  const facts = factsOf(before, cluster)
  if (only === undefined) return facts
  const known = narrowed.get(facts) ?? new Map<number, Facts>()
  narrowed.set(facts, known)
  const reached = known.get(only) ?? narrow(facts, only)
  known.set(only, reached)
  return reached
}

/** A client with the availability check asks for two HSMs: so many are too few for it. */
export const isTooFew = (input: object, count: number): boolean => 'checked' in input && count < 2

/** How many ACTIVE HSMs have the key. */
export const holdersIn = ({ keys }: Pick<Facts, 'keys'>): number => keys.filter(key => key !== 0).length
