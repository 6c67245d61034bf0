/** What a check answers: a verdict for each scope, for each property, and for all of it. */
import type { Choices, Told } from '../model/index.ts'
import type { PropertyKind } from './property.ts'

/** `undecided`: not everything was explored, and what was explored breaks nothing. */
export type Verdict = 'holds' | 'broken' | 'undecided'

/** A shortest run of a scope that breaks something, from the empty account. */
export interface Counterexample {
  readonly scope: string
  readonly choices: Choices
  readonly told: readonly Told[]
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
}

export interface CheckedProperty {
  readonly id: string
  readonly kind: PropertyKind
  readonly says: string
  readonly verdict: Verdict
  /** How often its situation was given or what it says was reached. Of an `always`: the witnesses of its `sometimes`. */
  readonly witnesses: number
  readonly counterexample?: Counterexample
  /** Why it is broken although nothing contradicts it, or why it is undecided. */
  readonly reason?: string
}

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
