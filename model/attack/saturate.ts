/** Saturation: all that can be derived, the cheapest derivation of each fact first, within budgets that are never passed in silence. */
import { KNOW, sortOf, type Language, type Program, type Rule } from './clause.ts'
import { cabinet, match } from './facts.ts'
import { queue } from './queue.ts'
import { show, substitute, term, variablesIn, type Bindings, type Term } from './term.ts'
import { buildingOf, mixedNames, unfold } from './unfold.ts'

/** A fact, and how it was derived. */
export interface Derived {
  readonly fact: Term
  /** The capabilities that it took, as bits in the order of `Given.annotated`; 0 where they are not looked at. */
  readonly mask: number
  readonly cost: number
  /** Null where the attacker built it of what it knows. */
  readonly rule: Rule | null
  readonly bindings: Bindings
  readonly from: readonly Derived[]
}

/** How much is derived before a saturation gives up; what it gives up is remembered. */
export interface Limits {
  readonly facts: number
  readonly depth: number
}

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

const MOVE = 1
const DEDUCTION = 1 / 1024

/** Whether one set is a subset of the other. */
export const isWithin = (inner: number, outer: number): boolean => (inner & ~outer) === 0

/** How many bits are set. */
export const sizeOf = (mask: number): number => (mask === 0 ? 0 : (mask & 1) + sizeOf(mask >>> 1))

interface Waiting {
  readonly rule: Rule | null
  readonly premises: readonly Term[]
  readonly conclusions: readonly Term[]
  readonly mask: number
}

const innerOf = ({ args: [first] }: Term): string =>
  first === undefined || (!first.isGround && first.args.length === 0) ? '*' : first.head
const keysOf = (fact: Term): readonly string[] => [`${fact.head}:${innerOf(fact)}`, `${fact.head}:*`]

/** Derives all there is to derive. */
export const saturate = ({ language, rules }: Program, given: Given): Saturation => {
  const { capabilities, isAnnotated = false, banned = new Set<string>(), limits = LIMITS } = given
  const derived = new Map<Term, Derived[]>()
  const filed = cabinet<Term>()
  const pending = queue<Derived>()
  const byPremise = new Map<string, { readonly waiting: Waiting; readonly at: number }[]>()
  const demanded = new Set<Term>()
  let truncated: keyof Limits | null = null

  const bitsOf = ({ needs = [] }: Pick<Rule, 'needs'>): number =>
    isAnnotated ? needs.reduce((mask, need) => mask | (1 << capabilities.indexOf(need)), 0) : 0
  const isKnown = (fact: Term, mask: number): boolean =>
    derived.get(fact)?.some(item => isWithin(item.mask, mask)) === true

  const offered = new Map<Term, readonly Derived[]>()
  const isOffered = (fact: Term, mask: number, cost: number): boolean =>
    offered.get(fact)?.some(item => isWithin(item.mask, mask) && (isAnnotated || item.cost <= cost)) === true

  const conclude = ({ rule, conclusions, mask: own }: Waiting, bindings: Bindings, from: readonly Derived[]): void => {
    const mask = from.reduce((all, item) => all | item.mask, own)
    const cost = from.reduce((sum, item) => sum + item.cost, rule?.isMove === true ? MOVE : DEDUCTION)
    for (const conclusion of conclusions) {
      const fact = substitute(conclusion, bindings)
      if (isKnown(fact, mask) || isOffered(fact, mask, cost)) continue
      const item = { fact, mask, cost, rule, bindings, from }
      if (banned.size > 0 && banned.has(stepOf(item))) return
      if (fact.depth > limits.depth) truncated = 'depth'
      else {
        const others = offered.get(fact) ?? []
        offered.set(fact, [...others.filter(other => !isWithin(mask, other.mask)), item])
        pending.push(item, sizeOf(mask) * 2 ** 20 + cost)
      }
    }
  }

  const demand = (wanted: Term): void => {
    const [whole] = wanted.args
    if (wanted.head !== KNOW || whole === undefined || demanded.has(wanted)) return
    demanded.add(wanted)
    const premises = buildingOf(language, whole)
    if (premises !== null) enter({ rule: null, premises, conclusions: [wanted], mask: 0 })
  }

  const join = (waiting: Waiting, left: readonly Term[], bindings: Bindings, from: readonly Derived[]): void => {
    if (left.length === 0) {
      for (const whole of completions(language, waiting.conclusions, bindings)) conclude(waiting, whole, from)
      return
    }
    const open = left.map(premise => substitute(premise, bindings))
    const best = open
      .map((pattern, index) => ({ pattern, index, facts: pattern.isGround ? [pattern] : filed.candidates(pattern) }))
      .reduce((few, next) =>
        next.facts.length < few.facts.length || (next.pattern.isGround && !few.pattern.isGround) ? next : few,
      )
    if (best.pattern.isGround) demand(best.pattern)
    const rest = open.filter((_, index) => index !== best.index)
    for (const fact of [...best.facts]) {
      const found = match(language, best.pattern, fact, bindings)
      if (found !== null) for (const item of [...(derived.get(fact) ?? [])]) join(waiting, rest, found, [...from, item])
    }
  }

  const enter = (waiting: Waiting): void => {
    waiting.premises.forEach((premise, at) => {
      const key = `${premise.head}:${innerOf(premise)}`
      byPremise.set(key, [...(byPremise.get(key) ?? []), { waiting, at }])
    })
    join(waiting, waiting.premises, new Map(), [])
  }

  const settle = (item: Derived): void => {
    const { fact } = item
    const before = derived.get(fact)
    if (before === undefined) {
      derived.set(fact, [item])
      filed.add(fact, fact)
    } else before.push(item)
    for (const key of keysOf(fact))
      for (const { waiting, at } of byPremise.get(key) ?? []) {
        const found = match(language, waiting.premises[at] as Term, fact, new Map())
        if (found !== null)
          join(
            waiting,
            waiting.premises.filter((_, index) => index !== at),
            found,
            [item],
          )
      }
  }

  enter({ rule: null, premises: [], conclusions: mixedNames(language), mask: 0 })
  for (const rule of rules)
    if ((rule.needs ?? []).every(need => capabilities.includes(need)) && !banned.has(rule.id))
      for (const premises of unfold(language, rule))
        enter({ rule, premises, conclusions: rule.then, mask: bitsOf(rule) })
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    if (isKnown(item.fact, item.mask)) continue
    if (derived.size >= limits.facts) {
      truncated = 'facts'
      break
    }
    settle(item)
  }
  const known = [...derived.keys()].filter(({ head }) => head === KNOW).length
  return { derived, truncated, known }
}

/** A name that everybody knows was asked for and by nobody named: each that it may be. */
const completions = (language: Language, conclusions: readonly Term[], bindings: Bindings): readonly Bindings[] => {
  const open = conclusions.flatMap(variablesIn).find(variable => !bindings.has(variable))
  if (open === undefined) return [bindings]
  const heads = sortOf(language, open) ?? []
  return heads.flatMap(head => completions(language, conclusions, new Map([...bindings, [open, term(head)]])))
}

/** The rule with what its variables stand for: the same for all that one step concludes; empty for what was built. */
export const stepOf = ({ rule, bindings }: Pick<Derived, 'rule' | 'bindings'>): string => {
  if (rule === null) return ''
  return `${rule.id}(${[...bindings]
    .map(([name, value]) => `${name}=${show(value)}`)
    .toSorted()
    .join(', ')})`
}
