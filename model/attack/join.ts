/** Joining: for every fact that is new the rules that wait for one like it, with all others that they wait for. */
import { KNOW, sortOf, type Language, type Rule } from './clause.ts'
import { match } from './facts.ts'
import type { Derived, Ledger } from './ledger.ts'
import { substitute, term, variablesIn, type Bindings, type Term } from './term.ts'
import { buildingOf } from './unfold.ts'

/** A rule in one of the ways in which its premises can be met; or what building a term takes, of no rule. */
export interface Waiting {
  readonly rule: Rule | null
  readonly premises: readonly Term[]
  readonly conclusions: readonly Term[]
  /** The capabilities that it takes itself. */
  readonly mask: number
}

export interface Joiner {
  /** From now on it is asked for every fact that is new; and at once for those that are there. */
  readonly enter: (waiting: Waiting) => void
  /** Asks all that wait for a fact like this. */
  readonly settle: (item: Derived) => void
}

const MOVE = 1
const DEDUCTION = 1 / 1024

const innerOf = ({ args: [first] }: Term): string =>
  first === undefined || (!first.isGround && first.args.length === 0) ? '*' : first.head
const keyOf = (premise: Term): string => `${premise.head}:${innerOf(premise)}`

/** A name that everybody knows was asked for and by nobody named: each that it may be. */
const completions = (language: Language, conclusions: readonly Term[], bindings: Bindings): readonly Bindings[] => {
  const open = conclusions.flatMap(variablesIn).find(variable => !bindings.has(variable))
  if (open === undefined) return [bindings]
  const heads = sortOf(language, open) ?? []
  return heads.flatMap(head => completions(language, conclusions, new Map([...bindings, [open, term(head)]])))
}

/** The premise that the fewest facts may fit, one without variables before all others. */
const tightest = (premises: readonly Term[], { candidates }: Ledger) =>
  premises
    .map((pattern, index) => ({ pattern, index, facts: pattern.isGround ? [pattern] : candidates(pattern) }))
    .reduce((few, next) =>
      next.facts.length < few.facts.length || (next.pattern.isGround && !few.pattern.isGround) ? next : few,
    )

export const joiner = (language: Language, ledger: Ledger): Joiner => {
  const byPremise = new Map<string, { readonly waiting: Waiting; readonly at: number }[]>()
  const demanded = new Set<Term>()

  const conclude = ({ rule, conclusions, mask: own }: Waiting, bindings: Bindings, from: readonly Derived[]): void => {
    const mask = from.reduce((all, item) => all | item.mask, own)
    const cost = from.reduce((sum, item) => sum + item.cost, rule?.isMove === true ? MOVE : DEDUCTION)
    for (const whole of completions(language, conclusions, bindings))
      for (const conclusion of conclusions)
        ledger.offer({ fact: substitute(conclusion, whole), mask, cost, rule, bindings: whole, from })
  }

  /** What is to be known and has no variable may be built. */
  const demand = (wanted: Term): void => {
    const [whole] = wanted.args
    if (wanted.head !== KNOW || whole === undefined || demanded.has(wanted)) return
    demanded.add(wanted)
    const premises = buildingOf(language, whole)
    if (premises !== null) enter({ rule: null, premises, conclusions: [wanted], mask: 0 })
  }

  const join = (waiting: Waiting, left: readonly Term[], bindings: Bindings, from: readonly Derived[]): void => {
    if (left.length === 0) return conclude(waiting, bindings, from)
    const open = left.map(premise => substitute(premise, bindings))
    const { pattern, index: chosen, facts } = tightest(open, ledger)
    if (pattern.isGround) demand(pattern)
    const rest = open.filter((_, index) => index !== chosen)
    for (const fact of [...facts]) {
      const found = match(language, pattern, fact, bindings)
      if (found === null) continue
      for (const item of [...(ledger.derived.get(fact) ?? [])]) join(waiting, rest, found, [...from, item])
    }
  }

  const enter = (waiting: Waiting): void => {
    waiting.premises.forEach((premise, at) => {
      const others = byPremise.get(keyOf(premise)) ?? []
      byPremise.set(keyOf(premise), [...others, { waiting, at }])
    })
    join(waiting, waiting.premises, new Map(), [])
  }

  const settle = (item: Derived): void => {
    for (const key of [keyOf(item.fact), `${item.fact.head}:*`])
      for (const { waiting, at } of byPremise.get(key) ?? []) {
        const found = match(language, waiting.premises[at] as Term, item.fact, new Map())
        const rest = waiting.premises.filter((_, index) => index !== at)
        if (found !== null) join(waiting, rest, found, [item])
      }
  }

  return { enter, settle }
}
