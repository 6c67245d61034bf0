/** The ledger of a saturation: what was derived, what is offered and not looked at yet, and what a limit has cut off. */
import type { Rule } from './clause.ts'
import { cabinet } from './facts.ts'
import { queue } from './queue.ts'
import { show, type Bindings, type Term } from './term.ts'

/** A fact, and how it was derived. */
export interface Derived {
  readonly fact: Term
  /** The capabilities that it took, as bits; 0 where they are not looked at. */
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

export interface Ledger {
  readonly derived: ReadonlyMap<Term, readonly Derived[]>
  /** Facts that may fit a pattern. */
  readonly candidates: (pattern: Term) => readonly Term[]
  /** Puts it in, unless what is there is at least as good. */
  readonly offer: (item: Derived) => void
  /** The next that is new, entered as derived; undefined once there is none, or too much. */
  readonly next: () => Derived | undefined
  /** Which limit cut something off; null: nothing is missing. */
  readonly truncated: () => keyof Limits | null
}

/** Whether one set is a subset of the other. */
export const isWithin = (inner: number, outer: number): boolean => (inner & ~outer) === 0

/** How many bits are set. */
export const sizeOf = (mask: number): number => (mask === 0 ? 0 : (mask & 1) + sizeOf(mask >>> 1))

/** The rule with what its variables stand for: the same for all that one step concludes; empty for what was built. */
export const stepOf = ({ rule, bindings }: Pick<Derived, 'rule' | 'bindings'>): string => {
  if (rule === null) return ''
  return `${rule.id}(${[...bindings]
    .map(([name, value]) => `${name}=${show(value)}`)
    .toSorted()
    .join(', ')})`
}

/** Smaller sets of capabilities first, then what costs less. */
const urgency = ({ mask, cost }: Derived): number => sizeOf(mask) * 2 ** 20 + cost

export const ledger = (limits: Limits, banned: ReadonlySet<string>, isAnnotated: boolean): Ledger => {
  const derived = new Map<Term, Derived[]>()
  const offered = new Map<Term, readonly Derived[]>()
  const filed = cabinet<Term>()
  const pending = queue<Derived>()
  let truncated: keyof Limits | null = null

  const isKnown = ({ fact, mask }: Derived): boolean =>
    derived.get(fact)?.some(item => isWithin(item.mask, mask)) === true
  const isOffered = ({ fact, mask, cost }: Derived): boolean =>
    offered.get(fact)?.some(item => isWithin(item.mask, mask) && (isAnnotated || item.cost <= cost)) === true

  const enter = (item: Derived): void => {
    const before = derived.get(item.fact)
    if (before === undefined) {
      derived.set(item.fact, [item])
      filed.add(item.fact, item.fact)
    } else before.push(item)
  }

  return {
    derived,
    candidates: filed.candidates,
    offer: item => {
      if (isKnown(item) || isOffered(item) || (banned.size > 0 && banned.has(stepOf(item)))) return
      if (item.fact.depth > limits.depth) {
        truncated = 'depth'
        return
      }
      const others = offered.get(item.fact) ?? []
      offered.set(item.fact, [...others.filter(other => !isWithin(item.mask, other.mask)), item])
      pending.push(item, urgency(item))
    },
    next: () => {
      for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
        if (isKnown(item)) continue
        if (derived.size >= limits.facts) {
          truncated = 'facts'
          return undefined
        }
        enter(item)
        return item
      }
      return undefined
    },
    truncated: () => truncated,
  }
}
