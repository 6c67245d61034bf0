/** Questions that are asked of every state, or of every step by some rules, while a network is explored. */
import type { Step } from '../../network/step.ts'
import type { Things } from '../../network/kind.ts'
import type { AnyState } from './world.ts'

/** What came of a question: whether its situation was given, and if so whether what must hold there does. */
export interface Answer {
  readonly given: boolean
  readonly holds: boolean
  /** Why it could not be answered. */
  readonly error: string | null
}

export interface StateQuestion {
  readonly name: string
  /** `facts`: what each focus of the facts sees of the state. */
  readonly ask: (state: AnyState, facts: readonly unknown[]) => Answer
}

export interface StepQuestion {
  readonly name: string
  /** It looks at other things than most, and is kept apart from them. */
  readonly isApart?: boolean
  /** Wherever it is answered no, and something else was read than before, is told, and not the first time only. */
  readonly isEach?: boolean
  /** Whether it is asked of steps like this by the rule. */
  readonly concerns: (rule: string, step: Step<Things>) => boolean
  /** `facts`: what each focus of the facts sees of the state before. */
  readonly ask: (
    before: AnyState,
    input: { readonly rule: string },
    step: Step<Things>,
    facts: readonly unknown[],
  ) => Answer
}

/** Questions that are asked together, so that what several of them look at is looked at once. */
export interface Together<Question> {
  readonly name: string
  readonly questions: readonly Question[]
}

/** What came of questions that were asked together, in their order. */
export interface Answers {
  readonly each: readonly Answer[]
  /** The situation of one of them was given. */
  readonly isGiven: boolean
}

/** Those that are apart by themselves, all others together. */
export const together = (questions: readonly StepQuestion[]): readonly Together<StepQuestion>[] => {
  const apart = questions.filter(({ isApart }) => isApart === true).map(question => [question])
  const others = questions.filter(({ isApart }) => isApart !== true)
  return [...(others.length === 0 ? [] : [others]), ...apart].map(all => ({
    name: all.map(({ name }) => name).join(', '),
    questions: all,
  }))
}

export const answersOf = (each: readonly Answer[]): Answers => ({ each, isGiven: each.some(({ given }) => given) })
