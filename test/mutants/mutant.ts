/** A mutant: the model with one thing changed at one place, named so that it can be made again. */
import type { Edit, KindName, RuleName } from '../../model/index.ts'

export const OPERATORS = [
  'guard dropped',
  'guard negated',
  'guard replaced',
  'target changed',
  'action dropped',
  'refusal made acceptance',
  'recovery dropped',
  'participant dropped',
  'participants swapped',
] as const
export type Operator = (typeof OPERATORS)[number]

/** Whose steps a mutant can change: those that send one of these events to a machine, or those by one rule. */
export type Concerns = { readonly machine: KindName; readonly events: readonly string[] } | { readonly rule: RuleName }

export interface Mutant {
  /** `operator: place, change`; no two mutants have the same. */
  readonly id: string
  readonly operator: Operator
  readonly concerns: Concerns
  readonly edit: Edit
}

/** A mutant of this operator; `what` says the place and the change. */
export const mutant = (operator: Operator, what: string, concerns: Concerns, edit: Edit): Mutant => ({
  id: `${operator}: ${what}`,
  operator,
  concerns,
  edit,
})
