/** What a property is: a clause stated as a predicate on states or on steps, with what it may look at. */
import { RULES, type KindName, type RuleName } from '../model/index.ts'
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
  /** It is asked for every slot of this kind apart, so that little is looked at each time. */
  readonly each?: KindName
  /** `slot`: of the kind that it is asked for each of. */
  readonly holds: (state: StateReads, slot: number) => boolean
}

/** Wherever one of the rules is tried and the situation is given, refused and disabled tries included, this comes of it. */
export interface StepProperty<Name extends RuleName = RuleName> extends Stated {
  readonly kind: 'step'
  readonly rules: readonly Name[]
  /** It has nothing to say about what is not due, and is not asked. */
  readonly skips?: 'disabled'
  readonly when: (step: StepReads<Name>) => boolean
  /** What comes of it is asked for every slot of this kind apart, so that little is looked at each time. */
  readonly each?: KindName
  /** `slot`: of the kind that it is asked for each of. */
  readonly holds: (step: StepReads<Name>, slot: number) => boolean
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

/** What is asked of states and steps one by one. */
export type Safety = Always | StepProperty | SometimesState | SometimesStep

/**
 * Whenever `from` holds of a thing, then in that state or a later one `to` holds of it, or it is gone: on every run that
 * is fair. What settles and the passing of time are not put off for ever while they are due, faults occur finitely often,
 * and nothing else ever has to take place.
 */
export interface LeadsTo extends Stated {
  readonly kind: 'leadsTo'
  /** Of what things it speaks. */
  readonly each: KindName
  readonly from: (state: StateReads, slot: number) => boolean
  /** The goal, and every legitimate way out. */
  readonly to: (state: StateReads, slot: number) => boolean
  /** Rules that are not put off for ever even where they are due only again and again (strong fairness). */
  readonly fair?: readonly RuleName[]
}

export type Property = Safety | LeadsTo
export type PropertyKind = Property['kind']

/** Every rule of the model. */
export const EVERY: readonly RuleName[] = Object.values(RULES).flat()

type Draft<P> = Omit<P, 'kind' | 'of'>

export const always = (draft: Draft<Always>): Always => ({ kind: 'always', ...draft })

export const step = <Name extends RuleName>(draft: Draft<StepProperty<Name>>): StepProperty =>
  ({ kind: 'step', ...draft }) as unknown as StepProperty

export const leadsTo = (draft: Draft<LeadsTo>): LeadsTo => ({ kind: 'leadsTo', ...draft })

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
