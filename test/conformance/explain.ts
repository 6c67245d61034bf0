/** What could explain a target so far: one hypothesis for each combination of choices that it has not contradicted. */
import { cloudHsm, type AccountSlots, type Choices, type CloudHsm, type State, type Taken } from '../../model/index.ts'
import { inputOf, type Names } from './names.ts'
import type { Event } from './event.ts'
import type { Answer } from './port.ts'
import { beginningOf, stepFrom } from './retaken.ts'

export interface Hypothesis {
  readonly model: CloudHsm
  readonly state: State
}

/** Slots of the model behind a run: more than stories use, so that one is always vacant and stands for an unknown id. */
export const SLOTS: AccountSlots = { cluster: 4, hsm: 6, backup: 7, hardware: 1, job: 1 }

const VALUES = ['refused', 'accepted'] as const

let built: readonly CloudHsm[] | null = null

/** One model for each combination of choices, built once and remembering its steps; the reference's own, refusing, comes first. */
export const allModels = (): readonly CloudHsm[] =>
  (built ??= VALUES.flatMap(creating =>
    VALUES.map(again =>
      cloudHsm({ choices: { 'choice.backup.delete.again': again, 'choice.hsm.delete.creating': creating } }),
    ),
  ))

export const hypothesesOf = (models: readonly CloudHsm[]): readonly Hypothesis[] =>
  models.map(model => ({ model, state: beginningOf(model, SLOTS) }))

/** A step of every hypothesis that can take it. */
export interface Explanation {
  readonly hypothesis: Hypothesis
  readonly taken: Taken
}

/** What each hypothesis expects of an event; none where the event cannot happen now. */
export const explanationsOf = (hypotheses: readonly Hypothesis[], names: Names, event: Event): readonly Explanation[] =>
  hypotheses.flatMap(hypothesis => {
    const input = inputOf(names, hypothesis.state, event)
    const taken = input === null ? null : stepFrom(hypothesis.model, hypothesis.state, input)
    return taken !== null && taken.kind === 'taken' ? [{ hypothesis, taken }] : []
  })

/** Whether an answer is the outcome that was expected. */
export const isExpected = ({ outcome }: Taken, answer: Answer): boolean =>
  outcome.kind === answer.kind && (outcome.kind === 'accepted' || ('code' in answer && answer.code === outcome.code))

/** The value of each choice on which all that is left agree; null where both are possible still. */
export const choicesOf = (models: readonly CloudHsm[]): Readonly<Record<keyof Choices, string | null>> => {
  const valueOf = (id: keyof Choices): string | null => {
    const [first, ...rest] = new Set(models.map(({ choices }) => choices[id]))
    return first === undefined || rest.length > 0 ? null : first
  }
  return {
    'choice.backup.delete.again': valueOf('choice.backup.delete.again'),
    'choice.hsm.delete.creating': valueOf('choice.hsm.delete.creating'),
  }
}
