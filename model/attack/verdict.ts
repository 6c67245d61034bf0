/** The three verdicts on a goal: secret, attack with a run, undecided with the cause. */
import { termsIn, type Language, type Program } from './clause.ts'
import { cheapest, movesOf, stepsOf, type Step } from './proof.ts'
import { replay, type Replayed, type Theatre } from './run.ts'
import type { Derived } from './ledger.ts'
import { saturate, type Given, type Saturation } from './saturate.ts'
import { show, type Term } from './term.ts'

export type Verdict<S> =
  /** Nothing that fits was derived, and nothing was cut off: `terms` are what the attacker knows in the end. */
  | { readonly kind: 'secret'; readonly terms: number }
  /** Derived, and the run was taken to its end. */
  | { readonly kind: 'attack'; readonly run: Replayed<S>; readonly fact: string }
  | { readonly kind: 'undecided'; readonly cause: string }

/** A question: terms of which one is to be derived, and how its end is told in the world of the replay. */
export interface Question<S> {
  readonly patterns: readonly Term[]
  /** Whether the run has come to where this fact says. */
  readonly isEnd: (state: S, fact: Term) => boolean
}

/** How many derivations of one goal are replayed before it is given up. */
const DERIVATIONS = 40

/** The verdict, with the saturation that it rests on where one is at hand. */
export const judge = <S>(
  program: Program,
  given: Given,
  { patterns, isEnd }: Question<S>,
  theatre: Theatre<S>,
  saturated: Saturation = saturate(program, given),
): Verdict<S> => {
  const found = cheapest(program.language, saturated, patterns)
  if (found === null) return unreached(saturated)
  const tried = new Set<string>()
  const queued: (readonly string[])[] = [[]]
  for (const banned of queued) {
    if (tried.size >= DERIVATIONS) break
    const name = banned.toSorted().join(';')
    if (tried.has(name)) continue
    tried.add(name)
    const derived = banned.length === 0 ? found : without(program, given, patterns, banned)
    if (derived === null) continue
    const moves = movesOf(derived)
    const silent = unmodelledOf(derived)
    const run = silent.length > 0 ? null : replay(theatre, moves, state => isEnd(state, derived.fact))
    if (run !== null) return { kind: 'attack', run, fact: show(derived.fact) }
    const next = silent.length > 0 ? [silent.map(({ rule }) => rule.id)] : moves.map(({ key }) => [key])
    queued.push(...next.map(more => [...banned, ...more]))
  }
  return { kind: 'undecided', cause: causeOf(program.language, found) }
}

const without = (
  program: Program,
  given: Given,
  patterns: readonly Term[],
  banned: readonly string[],
): Derived | null => {
  const all = new Set([...(given.banned ?? []), ...banned])
  return cheapest(program.language, saturate(program, { ...given, banned: all }), patterns)
}

const unreached = ({ truncated, known }: Saturation): Verdict<never> =>
  truncated === null
    ? { kind: 'secret', terms: known }
    : { kind: 'undecided', cause: `truncated: there is more than the bound on ${truncated} lets be derived` }

const unmodelledOf = (derived: Derived): readonly Step[] =>
  stepsOf(derived).filter(({ rule }) => rule.unmodelled !== undefined)

/** Why a derivation that was found came to no run. */
const causeOf = ({ collective = [] }: Language, derived: Derived): string => {
  const steps = stepsOf(derived)
  const unmodelled = steps.flatMap(({ rule }) => rule.unmodelled ?? [])
  const dropped = steps.flatMap(({ rule }) => rule.dropped ?? [])
  const names = steps.flatMap(({ bindings }) => [...bindings.values()].flatMap(termsIn)).map(({ head }) => head)
  const causes = [
    ...(unmodelled.length > 0 ? unmodelled : dropped.map(guard => `a condition was dropped: ${guard}`)),
    ...(names.some(name => collective.includes(name)) ? ['names beyond the bound are one'] : []),
  ]
  const otherwise = movesOf(derived).length === 0 ? 'it takes no step of a run' : 'its steps exclude each other'
  return `not replayed: ${causes.length > 0 ? [...new Set(causes)].join('; ') : otherwise}`
}
