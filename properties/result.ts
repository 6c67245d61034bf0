/** What a check answers: a verdict for each scope, for each property, and for all of it. */
import type { Choices, Extent, Store, Told } from '../model/index.ts'
import type { PropertyKind } from './property.ts'

/** `undecided`: not everything was explored, and what was explored breaks nothing. */
export type Verdict = 'holds' | 'broken' | 'undecided'

/** A shortest run of a scope that breaks something, from the empty account. */
export interface Counterexample {
  readonly scope: string
  readonly choices: Choices
  readonly told: readonly Told[]
  /** Of a `leadsTo`: what comes after that again and again. Empty: the run ends there, or the property is of another kind. */
  readonly cycle: readonly Told[]
}

/** The model itself is broken: it has no answer to a request, or a scope does not start. */
export interface Problem extends Counterexample {
  readonly what: string
}

export interface CheckedScope {
  readonly name: string
  /** Summed over the scope's choices, as transitions are. */
  readonly states: number
  /** Pairs of a state and an input that is accepted or fails there. */
  readonly transitions: number
  /** Steps to the state that is farthest from a start; the largest over the scope's choices. */
  readonly depth: number
  readonly verdict: Verdict
  /** Every state was explored, under every combination of choices. */
  readonly isComplete: boolean
  /** What it took to store the states, summed likewise; null of the plain explorer. */
  readonly store: Store | null
}

/** What the verdict of a `leadsTo` rests on: sums over the explorations in which it was asked. */
export interface Grounds extends Extent {
  /** The scopes in which it was asked. */
  readonly scopes: readonly string[]
  readonly skipped: readonly Skipped[]
}

/** A scope in which a `leadsTo` was not asked, and why. */
export interface Skipped {
  readonly scope: string
  readonly why: string
}

export interface CheckedProperty {
  readonly id: string
  readonly kind: PropertyKind
  readonly says: string
  readonly verdict: Verdict
  /** How often its situation was given or what it says was reached. Of an `always`: the witnesses of its `sometimes`. */
  readonly witnesses: number
  /** Of a `leadsTo`. */
  readonly grounds?: Grounds
  readonly counterexample?: Counterexample
  /** Why it is broken although nothing contradicts it, what a `leadsTo` waits for, or why it is undecided. */
  readonly reason?: string
}

/** What is reported of a property that broke. */
export type Broken = Pick<CheckedProperty, 'counterexample' | 'reason'>

export interface CheckResult {
  readonly verdict: Verdict
  readonly states: number
  readonly transitions: number
  readonly depth: number
  readonly scopes: readonly CheckedScope[]
  /** In the order in which they were given. */
  readonly properties: readonly CheckedProperty[]
  readonly problems: readonly Problem[]
}
