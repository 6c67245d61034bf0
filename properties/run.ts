/** One exploration: one scope under one combination of choices, every property asked along the way; what it found is plain data. */
import { cloudHsm, type Choices, type CloudHsm, type Scope } from '../model/index.ts'
import type { CheckOptions } from './check.ts'
import { exploreFast, explorePlainly, type Death } from './explore.ts'
import { judge, newTally } from './judge.ts'
import { awaitAll, type Awaited } from './liveness.ts'
import type { Broken, CheckedScope, Counterexample, Problem } from './result.ts'
import { tellUntil, tellViolation } from './story.ts'

export interface Run extends CheckedScope {
  readonly problem: Problem | null
  /** How often each property's situation was given, in the order of the properties. */
  readonly witnesses: readonly number[]
  /** Properties that broke, by their place. */
  readonly broken: ReadonlyMap<number, Broken>
  readonly awaited: Omit<Awaited, 'broken'>
}

/** Explores and judges. A model without an answer is a problem of that run and not an exception. */
export const run = (
  options: CheckOptions,
  scope: Scope,
  choices: Choices,
  progress: (states: number, depth: number, frontier: number, isGraph: boolean) => void,
): Run => {
  const model = cloudHsm({ choices, edits: options.edits ?? [] })
  const tallies = options.properties.map(newTally)
  const explore = options.engine === 'plain' ? explorePlainly : exploreFast
  const { violations, death, ...found } = explore(
    options,
    model,
    scope,
    judge(model, scope.slots, tallies),
    (...counts) => progress(...counts, false),
  )
  const where = { scope: scope.name, choices }
  const broken = new Map<number, Broken>()
  for (const { tally, run: inputs, input, error } of violations) {
    const counterexample: Counterexample = { ...where, told: tellViolation(model, scope, inputs, input), cycle: [] }
    broken.set(
      tally.at,
      error === null ? { counterexample } : { counterexample, reason: `the property itself ${error}` },
    )
  }
  const problem = death && { ...where, ...problemOf(model, scope, death) }
  const isComplete = problem === null && found.isComplete
  const isOver = options.first === true && broken.size > 0
  const explored = { states: found.states, isComplete: isComplete && !isOver }
  const { broken: late, ...awaited } = awaitAll(options, model, scope, tallies, explored, (...counts) =>
    progress(...counts, true),
  )
  for (const [at, how] of late) broken.set(at, how)
  const isBroken = broken.size > 0 || problem !== null
  return {
    name: scope.name,
    states: found.states,
    transitions: found.transitions,
    depth: found.depth,
    store: found.store,
    verdict: isBroken ? 'broken' : isComplete ? 'holds' : 'undecided',
    isComplete,
    problem,
    witnesses: tallies.map(({ witnesses }) => witnesses),
    broken,
    awaited,
  }
}

const problemOf = (model: CloudHsm, scope: Scope, { what, run: inputs, input }: Death) => ({
  what,
  cycle: [],
  told: input === null ? [] : tellUntil(model, scope, inputs, input, `no answer: ${what}`),
})
