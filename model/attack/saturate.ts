/** Saturation: all that can be derived, the cheapest derivation of each fact first, within budgets that are never passed in silence. */
import { KNOW, type Program, type Rule } from './clause.ts'
import { joiner } from './join.ts'
import { ledger, type Derived, type Limits } from './ledger.ts'
import type { Term } from './term.ts'
import { mixedNames, unfold } from './unfold.ts'

export const LIMITS: Limits = { facts: 200_000, depth: 12 }

export interface Given {
  /** What the attacker has. */
  readonly capabilities: readonly string[]
  /** Each fact is derived from every minimal set of the capabilities, rather than from all of them. */
  readonly isAnnotated?: boolean
  /** Steps, and rules by their ids, that are not taken. */
  readonly banned?: ReadonlySet<string>
  readonly limits?: Limits
}

export interface Saturation {
  readonly derived: ReadonlyMap<Term, readonly Derived[]>
  /** Which limit cut something off; null: nothing is missing. */
  readonly truncated: keyof Limits | null
  /** How many terms the attacker knows. */
  readonly known: number
}

/** Sets of capabilities are bits of one number. */
const MOST = 31

/** Derives all there is to derive. Throws on more capabilities than a set can have, where sets are asked for. */
export const saturate = ({ language, rules }: Program, given: Given): Saturation => {
  const { capabilities, isAnnotated = false, banned = new Set<string>(), limits = LIMITS } = given
  if (isAnnotated && capabilities.length > MOST)
    throw new RangeError(`expected at most ${MOST} capabilities, got ${capabilities.length}`)
  const found = ledger(limits, banned, isAnnotated)
  const { enter, settle } = joiner(language, found)
  const bitsOf = ({ needs = [] }: Rule): number =>
    isAnnotated ? needs.reduce((mask, need) => mask | (1 << capabilities.indexOf(need)), 0) : 0
  const isTaken = ({ id, needs = [] }: Rule): boolean =>
    needs.every(need => capabilities.includes(need)) && !banned.has(id)

  enter({ rule: null, premises: [], conclusions: mixedNames(language), mask: 0 })
  for (const rule of rules.filter(isTaken))
    for (const premises of unfold(language, rule)) enter({ rule, premises, conclusions: rule.then, mask: bitsOf(rule) })
  for (let item = found.next(); item !== undefined; item = found.next()) settle(item)
  const known = [...found.derived.keys()].filter(({ head }) => head === KNOW).length
  return { derived: found.derived, truncated: found.truncated(), known }
}
