/** One exploration: one scope under one combination of choices, every property asked along the way. */
import { cloudHsm, explore, type Choices, type CloudHsm, type Explored, type Scope } from '../model/index.ts'
import type { CheckOptions } from './check.ts'
import { judge, type Judge, type Tally } from './judge.ts'
import type { CheckedProperty, CheckedScope, Counterexample, Problem } from './result.ts'
import { tellUntil, tellViolation } from './story.ts'

export interface Run extends CheckedScope {
  /** Every state was explored. */
  readonly isComplete: boolean
  readonly problem: Problem | null
  readonly broken: ReadonlyMap<Tally, Broken>
}

/** What is reported of a property that broke. */
export type Broken = Pick<CheckedProperty, 'counterexample' | 'reason'>

/** Where an exploration came to an end that the model did not survive. */
interface Death {
  readonly what: string
  /** Number of the state that was being expanded; -1 if none was. */
  readonly index: number
  /** Position of the input that was tried there. */
  readonly at: number
}

/** Explores and judges. A model without an answer is a problem of that run and not an exception. */
export const run = (
  options: CheckOptions,
  scope: Scope,
  choices: Choices,
  tallies: readonly Tally[],
  progress: (states: number, depth: number) => void,
): Run => {
  const model = cloudHsm({ choices, edits: options.edits ?? [] })
  const judging = judge(model, tallies)
  const where = { scope: scope.name, choices }
  const reached = search(options, model, scope, judging, progress)
  const explored = 'what' in reached ? retrace(model, scope, reached) : reached
  const problem = 'what' in reached ? { ...where, ...problemOf(model, scope, reached, explored) } : null
  const broken = new Map<Tally, Broken>()
  for (const { tally, index, input, error } of judging.violations) {
    tally.isBroken = explored !== null && index < explored.states
    if (explored === null || !tally.isBroken) continue
    const counterexample: Counterexample = { ...where, told: tellViolation(model, scope, explored.trace(index), input) }
    broken.set(tally, error === null ? { counterexample } : { counterexample, reason: `the property itself ${error}` })
  }
  const isComplete = problem === null && explored?.verdict === 'complete'
  const isBroken = broken.size > 0 || problem !== null
  return {
    name: scope.name,
    states: explored?.states ?? 0,
    transitions: explored?.transitions ?? 0,
    depth: explored?.depth ?? 0,
    verdict: isBroken ? 'broken' : isComplete ? 'holds' : 'undecided',
    isComplete,
    problem,
    broken,
  }
}

const search = (
  { first, stop, maxStates = Infinity, hooks }: CheckOptions,
  model: CloudHsm,
  scope: Scope,
  judging: Judge,
  progress: (states: number, depth: number) => void,
): Explored | Death => {
  const { onState, onStep } = hooks?.(model, scope) ?? {}
  let index = -1
  let at = 0
  let isHooked = false
  const hooked = (hook: () => void): void => {
    isHooked = true
    hook()
    isHooked = false
  }
  try {
    return explore(model, scope, {
      maxStates,
      progress,
      onState: (state, number) => {
        judging.onState(state, number)
        if (onState !== undefined) hooked(() => onState(state, number))
      },
      onStep: (...seen) => {
        at += 1
        judging.onStep(...seen)
        if (onStep !== undefined) hooked(() => onStep(...seen))
      },
      stop: () => {
        if (stop?.() === true || (first === true && judging.violations.length > 0)) return true
        index += 1
        at = 0
        return false
      },
    })
  } catch (error) {
    if (isHooked || !(error instanceof Error)) throw error
    return { what: error.message, index, at }
  }
}

/** The same exploration up to the state that was being expanded; null where it never began. */
const retrace = (model: CloudHsm, scope: Scope, { index }: Death): Explored | null => {
  let expanded = -1
  return index < 0 ? null : explore(model, scope, { stop: () => (expanded += 1) === index })
}

const problemOf = (model: CloudHsm, scope: Scope, { what, index, at }: Death, explored: Explored | null) => {
  const input = scope.inputs[at]
  const isKnown = explored !== null && input !== undefined
  return { what, told: isKnown ? tellUntil(model, scope, explored.trace(index), input, `no answer: ${what}`) : [] }
}
