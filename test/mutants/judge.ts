/** The judge of mutants: each is explored where it goes otherwise than the model, until a property is broken. */
import type { Edit, RuleName } from '../../model/index.ts'
import {
  check,
  properties as all,
  type CheckedProperty,
  type CheckResult,
  type Property,
} from '../../properties/index.ts'
import { isSameGraph, isSameMachine, isSameToObserver } from './compare.ts'
import type { Concerns, Mutant } from './mutant.ts'
import type { Arena, Survey } from './survey.ts'

/**
 * `killed`: a property is broken. `equivalent`: the graphs are the same. `unobservable`: no run shows a difference. `no answer`:
 * a guard, an action or a rule of it throws, before any property is broken. `survived`: it can be told apart, and no property is broken.
 */
export type Fate = 'killed' | 'equivalent' | 'unobservable' | 'no answer' | 'survived'

export interface Judged {
  readonly id: string
  readonly operator: Mutant['operator']
  readonly fate: Fate
  /** Of one that was killed: the property, the scope, and the steps of a shortest run that breaks it. */
  readonly by: { readonly property: string; readonly scope: string; readonly steps: number } | null
  /** The scope in which it was killed, or the first in which it goes otherwise; null of one that is equivalent. */
  readonly scope: string | null
  /** What was thrown, of one without an answer. */
  readonly thrown: string | null
}

/** Beyond so many times the states of the model a mutant is given up. */
const MOST = 4

/** A request that is not answered is shown to the properties as one that is not taken, so that it takes a property to notice. */
export const unanswered: Edit = {
  what: 'shows what is not answered',
  apply: parts => ({
    ...parts,
    rules: parts.rules.map(rule => (rule.holes === 'throw' ? { ...rule, holes: 'unanswered' } : rule)),
  }),
}

/** The rules whose steps the mutant can change. */
export const rulesOf = (concerns: Concerns, { senders }: Survey): ReadonlySet<RuleName> =>
  'rule' in concerns
    ? new Set([concerns.rule])
    : new Set(concerns.events.flatMap(event => [...(senders.get(`${concerns.machine}/${event}`) ?? [])]))

const isBreakable = ({ kind }: Property): boolean => kind !== 'sometimes'
const killerOf = (result: CheckResult): CheckedProperty | undefined =>
  result.properties.find(({ verdict, counterexample }) => verdict === 'broken' && counterexample !== undefined)
/** It was broken by what it met, and not by what it says. */
const isError = ({ reason }: CheckedProperty): boolean => reason?.startsWith('the property itself') === true

/** Checks until a property is broken by what it says. */
const firstBroken = (arena: Arena, edits: readonly Edit[], properties: readonly Property[]) => {
  const maxStates = MOST * arena.states.length + 1000
  const result = check({ scopes: [arena.scope], properties, edits, first: true, partial: true, maxStates })
  const killer = killerOf(result)
  if (killer === undefined || !isError(killer)) return { killer, result }
  const left = properties.filter(({ id, kind }) => id !== killer.id || kind !== killer.kind)
  return firstBroken(arena, edits, left)
}

/** Instead of a scope: all of them. */
const ALL = 'all scopes'

/** The first property that says that something is reached, which it is in the model and in none of the scopes in the mutant. */
const firstMissed = ({ arenas }: Survey, edits: readonly Edit[], properties: readonly Property[]) => {
  const reaching = properties.filter(({ kind }) => kind === 'sometimes')
  const scopes = arenas.map(({ scope }) => scope)
  const maxStates = MOST * Math.max(...arenas.map(({ states }) => states.length)) + 1000
  const missedOf = (asked: readonly Property[], by: readonly Edit[]) => {
    const found = check({ scopes, properties: asked, edits: by, maxStates }).properties
    return asked.filter((_, at) => found[at]?.verdict === 'broken')
  }
  const missed = missedOf(reaching, edits)
  const never = missed.length === 0 ? [] : missedOf(missed, [])
  return missed.find(property => !never.includes(property))
}

/** The arenas in which a mutant may go otherwise than the model: where its machine does, or a step by its rule. */
const suspectsOf = (concerns: Concerns, { arenas }: Survey, edits: readonly Edit[]): readonly Arena[] =>
  arenas.filter(arena =>
    'rule' in concerns
      ? !isSameGraph(arena, edits, new Set([concerns.rule]))
      : !isSameMachine(arena, edits, concerns.machine, concerns.events),
  )

/** Judges one mutant. `properties`: those that may kill it. */
export const judge = (
  { id, operator, concerns, edit }: Mutant,
  survey: Survey,
  properties: readonly Property[] = all,
): Judged => {
  const edits = [unanswered, edit]
  const told = { id, operator, by: null, scope: null, thrown: null }
  const suspects = suspectsOf(concerns, survey, edits)
  const breakable = properties.filter(isBreakable)
  let thrown: string | null = null
  for (const arena of suspects) {
    const { killer, result } = firstBroken(arena, edits, breakable)
    const { name: scope } = arena.scope
    if (killer !== undefined) {
      const steps = killer.counterexample?.told.length ?? 0
      return { ...told, scope, fate: 'killed', by: { property: `${killer.kind} ${killer.id}`, scope, steps } }
    }
    thrown ??= result.problems[0]?.what ?? null
  }
  // What a machine does otherwise may be refused by another in every step.
  const rules = rulesOf(concerns, survey)
  const different = suspects.filter(arena => !isSameGraph(arena, edits, rules))
  const scope = different[0]?.scope.name ?? null
  if (scope === null) return { ...told, fate: 'equivalent' }
  if (thrown !== null) return { ...told, scope, fate: 'no answer', thrown }
  const missed = firstMissed(survey, edits, properties)
  if (missed !== undefined)
    return { ...told, scope, fate: 'killed', by: { property: `${missed.kind} ${missed.id}`, scope: ALL, steps: 0 } }
  const isSeen = different.some(arena => !isSameToObserver(arena, edits))
  return { ...told, scope, fate: isSeen ? 'survived' : 'unobservable' }
}
