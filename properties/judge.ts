/** The judge: asks properties about the states and steps of one exploration, and notes witnesses and violations. */
import { match } from 'ts-pattern'
import type { CloudHsm, ExploreOptions, Input, RuleName } from '../model/index.ts'
import type { Property } from './property.ts'
import { sightOf, type Sight, type StateReads, type StepReads } from './reads.ts'

/** What is known of a property over all explorations so far. */
export interface Tally {
  readonly property: Property
  /** How often its situation was given, or what it says is reached was reached. */
  witnesses: number
  /** It is broken: nothing more is asked. */
  isBroken: boolean
}

/** Where a property broke in this exploration. */
export interface Violation {
  readonly tally: Tally
  /** Number of the state, or of the state before the step. */
  readonly index: number
  /** The step that broke it; null for a state. */
  readonly input: Input | null
  /** Why the property itself is in error; null where it was answered no. */
  readonly error: string | null
}

export interface Judge extends Required<Pick<ExploreOptions, 'onState' | 'onStep'>> {
  /** In the order in which they were met, so each is a shortest one of its property. */
  readonly violations: readonly Violation[]
}

type Question = (index: number, input: Input | null) => void

export const newTally = (property: Property): Tally => ({ property, witnesses: 0, isBroken: false })

/** A judge for one exploration of one model. Tallies are kept from one exploration to the next. */
export const judge = (model: CloudHsm, tallies: readonly Tally[]): Judge => {
  const sight = sightOf(model)
  const violations: Violation[] = []
  const asked = tallies.map(tally => ({
    property: tally.property,
    ask: question(tally, sight, violation => violations.push(violation)),
  }))
  const ofStates = asked.flatMap(({ property, ask }) => ('rules' in property ? [] : [ask]))
  const ofSteps = byRule(asked, () => true)
  const ofDisabled = byRule(asked, property => property.kind === 'step' && property.skips !== 'disabled')
  return {
    violations,
    onState: (state, index) => {
      sight.look(state)
      for (const ask of ofStates) ask(index, null)
    },
    onStep: (before, input, step, from) => {
      if (step.kind === 'blocked' && step.by === 'bound') return
      const questions = (step.kind === 'blocked' ? ofDisabled : ofSteps).get(input.rule)
      if (questions === undefined) return
      sight.lookAt(before, input, step)
      for (const ask of questions) ask(from, input)
    },
  }
}

/** The questions about steps by each rule. */
const byRule = (
  asked: readonly { readonly property: Property; readonly ask: Question }[],
  isAsked: (property: Property) => boolean,
): ReadonlyMap<RuleName, readonly Question[]> => {
  const rules = new Map<RuleName, Question[]>()
  for (const { property, ask } of asked)
    if ('rules' in property && isAsked(property))
      for (const rule of property.rules) rules.set(rule, [...(rules.get(rule) ?? []), ask])
  return rules
}

/** What to ask: whether the situation is given, and whether what must hold there does. */
interface Asked {
  readonly given: () => boolean
  readonly holds: () => boolean
}

const askedOf = (property: Property, state: StateReads, step: StepReads): Asked =>
  match(property)
    .returnType<Asked>()
    .with({ kind: 'always' }, ({ holds }) => ({ given: () => !holds(state), holds: () => false }))
    .with({ kind: 'step' }, ({ when, holds }) => ({ given: () => when(step), holds: () => holds(step) }))
    .with({ kind: 'sometimes', of: 'state' }, ({ reached }) => ({ given: () => reached(state), holds: () => true }))
    .with({ kind: 'sometimes', of: 'step' }, ({ reached }) => ({ given: () => reached(step), holds: () => true }))
    .exhaustive()

const question = (tally: Tally, sight: Sight, report: (violation: Violation) => void): Question => {
  const { state, step } = sight.windows(tally.property.reads)
  const { given, holds } = askedOf(tally.property, state, step)
  const broken = (index: number, input: Input | null, error: string | null) => {
    tally.isBroken = true
    report({ tally, index, input, error })
  }
  return (index, input) => {
    if (tally.isBroken) return
    try {
      if (!given()) return
      tally.witnesses += 1
      if (!holds()) broken(index, input, null)
    } catch (error) {
      broken(index, input, error instanceof Error ? error.message : String(error))
    }
  }
}
