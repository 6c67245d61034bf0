/** What a derivation says happened: its steps in an order in which each has what it takes. */
import { match } from './facts.ts'
import type { Language, Rule } from './clause.ts'
import { stepOf, type Derived } from './ledger.ts'
import type { Saturation } from './saturate.ts'
import type { Bindings, Term } from './term.ts'

/** One step of a derivation: a rule, and what its variables stand for. */
export interface Step {
  readonly key: string
  readonly rule: Rule
  readonly bindings: Bindings
}

/** The cheapest derivation of a fact that fits one of the patterns; null where none was derived. */
export const cheapest = (language: Language, { derived }: Saturation, patterns: readonly Term[]): Derived | null => {
  const fitting = [...derived].flatMap(([fact, items]) =>
    patterns.some(pattern => match(language, pattern, fact, new Map()) !== null) ? items : [],
  )
  return fitting.reduce<Derived | null>((best, item) => (best === null || item.cost < best.cost ? item : best), null)
}

/** All rules of a derivation, each once, what comes first first. */
export const stepsOf = (end: Derived): readonly Step[] => {
  const steps = new Map<string, Step>()
  const seen = new Set<Derived>()
  const visit = (item: Derived): void => {
    if (seen.has(item)) return
    seen.add(item)
    item.from.forEach(visit)
    const { rule, bindings } = item
    if (rule === null) return
    const key = stepOf(item)
    if (!steps.has(key)) steps.set(key, { key, rule, bindings })
  }
  visit(end)
  return [...steps.values()]
}

/** Those of them that are steps of a run. */
export const movesOf = (end: Derived): readonly Step[] => stepsOf(end).filter(({ rule }) => rule.isMove === true)
