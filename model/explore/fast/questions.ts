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
