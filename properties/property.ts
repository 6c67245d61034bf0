/** What a property is: a clause stated as a predicate on states or on steps, with what it may look at. */
import { RULES, type RuleName } from '../model/index.ts'
import type { Read, StateReads, StepReads } from './reads.ts'

interface Stated {
  /** The clause of SPEC.md. A clause has at most one property of each kind. */
  readonly id: string
  /** The clause as this property states it, in one sentence. */
  readonly says: string
  /** What its predicates may look at. */
  readonly reads: readonly Read[]
}

/** Holds in every state. Its `sometimes`, of the same clause, shows that it is not vacuous. */
export interface Always extends Stated {
  readonly kind: 'always'
  readonly holds: (state: StateReads) => boolean
}

/** Wherever one of the rules is tried and the situation is given, refused and disabled tries included, this comes of it. */
export interface StepProperty<Name extends RuleName = RuleName> extends Stated {
  readonly kind: 'step'
  readonly rules: readonly Name[]
  /** It has nothing to say about what is not due, and is not asked. */
  readonly skips?: 'disabled'
  readonly when: (step: StepReads<Name>) => boolean
  readonly holds: (step: StepReads<Name>) => boolean
}

/** Some state is reached. */
export interface SometimesState extends Stated {
  readonly kind: 'sometimes'
  readonly of: 'state'
  readonly reached: (state: StateReads) => boolean
}

/** Some step by one of the rules is taken. */
export interface SometimesStep<Name extends RuleName = RuleName> extends Stated {
  readonly kind: 'sometimes'
  readonly of: 'step'
  readonly rules: readonly Name[]
  readonly reached: (step: StepReads<Name>) => boolean
}

export type Property = Always | StepProperty | SometimesState | SometimesStep
export type PropertyKind = Property['kind']

/** Every rule of the model. */
export const EVERY: readonly RuleName[] = Object.values(RULES).flat()

type Draft<P> = Omit<P, 'kind' | 'of'>

export const always = (draft: Draft<Always>): Always => ({ kind: 'always', ...draft })

export const step = <Name extends RuleName>(draft: Draft<StepProperty<Name>>): StepProperty =>
  ({ kind: 'step', ...draft }) as unknown as StepProperty

export const sometimes = (draft: Draft<SometimesState>): SometimesState => ({
  kind: 'sometimes',
  of: 'state',
  ...draft,
})

export const sometimesStep = <Name extends RuleName>(draft: Draft<SometimesStep<Name>>): SometimesStep =>
  ({ kind: 'sometimes', of: 'step', ...draft }) as unknown as SometimesStep

/** A refusal: in this situation a request is refused with this code, and nothing changes. */
export const refusal = <Name extends RuleName>({
  code,
  reads,
  ...draft
}: Omit<Draft<StepProperty<Name>>, 'holds'> & { readonly code: string }): StepProperty =>
  step<Name>({
    ...draft,
    reads: [...reads, 'outcome', 'unchanged'],
    holds: ({ outcome, unchanged }) => outcome.kind === 'refused' && outcome.code === code && unchanged,
  })
