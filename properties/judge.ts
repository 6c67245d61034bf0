/** The judge: properties as questions about the states and steps of one exploration, and a tally of what was answered. */
import { match } from 'ts-pattern'
import type { AccountSlots, Answer, CloudHsm, Input, State, StateQuestion, Step, StepQuestion } from '../model/index.ts'
import type { Facts } from './folded.ts'
import type { Property, Safety } from './property.ts'
import { isOutOfService } from './outage.ts'
import { sightOf, type Sight, type StateReads, type StepReads } from './reads.ts'

/** What is known of a property in one exploration. */
export interface Tally {
  readonly property: Property
  /** Its place among the properties that are asked. */
  readonly at: number
  /** How often its situation was given, or what it says is reached was reached. */
  witnesses: number
  /** It is broken: nothing more is asked. */
  isBroken: boolean
}

export const newTally = (property: Property, at: number): Tally => ({ property, at, witnesses: 0, isBroken: false })

/** Questions about one model, with the tally of each. */
export interface Judge {
  readonly states: readonly StateQuestion[]
  readonly steps: readonly StepQuestion[]
  readonly tallyOf: ReadonlyMap<StateQuestion | StepQuestion, Tally>
  /** The questions that count witnesses: one for each property. */
  readonly counting: ReadonlySet<StateQuestion | StepQuestion>
}

/** A judge for one exploration of one model. */
export const judge = (model: CloudHsm, counts: AccountSlots, tallies: readonly Tally[]): Judge => {
  const sight = sightOf(model)
  const tallyOf = new Map<StateQuestion | StepQuestion, Tally>()
  const states: StateQuestion[] = []
  const steps: StepQuestion[] = []
  const counting = new Set<StateQuestion | StepQuestion>()
  for (const tally of tallies) {
    const { property } = tally
    if (property.kind === 'leadsTo') continue
    const asked = slotsOf(property, counts).map(slot =>
      'rules' in property
        ? ofSteps(property, sight, answerOf(property, sight, slot))
        : ofStates(property, sight, answerOf(property, sight, slot)),
    )
    for (const question of asked) {
      if ('concerns' in question) steps.push(question)
      else states.push(question)
      tallyOf.set(question, tally)
    }
    counting.add(asked[0] as StateQuestion | StepQuestion)
  }
  return { states, steps, tallyOf, counting }
}

/** The slots that a property is asked for each of; one, without a meaning, where it is asked once. */
const slotsOf = (property: Safety, counts: AccountSlots): readonly number[] => {
  const kind = 'each' in property ? property.each : undefined
  return Array.from({ length: kind === undefined ? 1 : Math.max(1, counts[kind] ?? 0) }, (_, slot) => slot)
}

/** What is asked of each slot looks at that slot, and is not asked together with anything else. */
const isAskedOfEach = (property: Safety): boolean => 'each' in property && property.each !== undefined

const ofStates = (property: Safety, sight: Sight, answer: () => Answer): StateQuestion => ({
  name: property.id,
  ask: (state, facts) => {
    sight.look(state as State, facts as readonly Facts[])
    return answer()
  },
})

/** What is tried while the service is out is what the clauses about jobs speak of, and no others. */
const NOT_ASKED: Answer = { given: false, holds: true, error: null }

const ofSteps = (
  property: Extract<Safety, { readonly rules: unknown }>,
  sight: Sight,
  answer: () => Answer,
): StepQuestion => {
  const rules = new Set<string>(property.rules)
  const isOfJobs = property.id.startsWith('§job.')
  const isAskedOfDisabled = property.kind === 'step' && property.skips !== 'disabled'
  return {
    name: property.id,
    isApart: isAskedOfEach(property),
    concerns: (rule, step) =>
      rules.has(rule) && (step.kind === 'taken' || (step.by === 'disabled' && isAskedOfDisabled)),
    ask: (before, input, step, facts) => {
      if (!isOfJobs && isOutOfService(before as State, input as Input)) return NOT_ASKED
      sight.lookAt(before as State, facts as readonly Facts[], input as Input, step as Step)
      return answer()
    },
  }
}

/** What to ask: whether the situation is given, and whether what must hold there does. */
interface Asked {
  readonly given: () => boolean
  readonly holds: () => boolean
}

const askedOf = (property: Safety, state: StateReads, step: StepReads, slot: number): Asked =>
  match(property)
    .returnType<Asked>()
    .with({ kind: 'always' }, ({ holds }) => ({ given: () => !holds(state, slot), holds: () => false }))
    .with({ kind: 'step' }, ({ when, holds }) => ({ given: () => when(step), holds: () => holds(step, slot) }))
    .with({ kind: 'sometimes', of: 'state' }, ({ reached }) => ({ given: () => reached(state), holds: () => true }))
    .with({ kind: 'sometimes', of: 'step' }, ({ reached }) => ({ given: () => reached(step), holds: () => true }))
    .exhaustive()

const answerOf = (property: Safety, sight: Sight, slot: number): (() => Answer) => {
  const { state, step } = sight.windows(property.reads)
  const { given, holds } = askedOf(property, state, step, slot)
  return () => {
    try {
      const isGiven = given()
      return { given: isGiven, holds: !isGiven || holds(), error: null }
    } catch (error) {
      return { given: false, holds: false, error: error instanceof Error ? error.message : String(error) }
    }
  }
}
