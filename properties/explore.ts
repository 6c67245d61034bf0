/** Exploring a scope with the questions of a judge: with the fast explorer, or with the plain one that it is held against. */
import {
  INTERCHANGEABLE,
  explore,
  fold,
  look,
  sweepScope,
  type Answer,
  type CloudHsm,
  type Explored,
  type Input,
  type Scope,
  type State,
  type StateQuestion,
  type StepQuestion,
  type Store,
} from '../model/index.ts'
import type { CheckOptions } from './check.ts'
import { folded, type Facts } from './folded.ts'
import type { Judge, Tally } from './judge.ts'

/** A property that broke: a shortest run from the empty account, and the step tried at its end; null for the state alone. */
export interface Violation {
  readonly tally: Tally
  readonly run: readonly Input[]
  readonly input: Input | null
  /** Why the property itself is in error; null where it was answered no. */
  readonly error: string | null
}

/** A model without an answer: what was thrown, and the run and the input that led there, if it is known. */
export interface Death {
  readonly what: string
  readonly run: readonly Input[]
  readonly input: Input | null
}

export interface Found {
  readonly states: number
  readonly transitions: number
  readonly depth: number
  readonly isComplete: boolean
  readonly violations: readonly Violation[]
  readonly death: Death | null
  /** What it took; null of the plain explorer. */
  readonly store: Store | null
}

type Told = (states: number, depth: number, frontier: number) => void

const NOTHING = { states: 0, transitions: 0, depth: 0, isComplete: false, violations: [], store: null }

const messageOf = (error: Error): string => error.message

/** Explores with the fast explorer. Adds to the tallies. Throws what is no error of the model. */
export const exploreFast = (
  { first = false, stop, maxStates = Infinity, maxBytes = Infinity, symmetry = false }: CheckOptions,
  model: CloudHsm,
  scope: Scope,
  { states, steps, tallyOf, counting }: Judge,
  told: Told,
): Found => {
  const swept = attempt(() =>
    sweepScope(model, scope, {
      states,
      steps,
      facts: fold(folded),
      first,
      maxStates,
      maxBytes,
      ...(stop && { stop }),
      ...(symmetry && { symmetry: INTERCHANGEABLE }),
      progress: ({ states: count, depth, frontier }) => told(count, depth, frontier),
    }),
  )
  if (swept instanceof Error) return { ...NOTHING, death: { what: messageOf(swept), run: [], input: null } }
  for (const [question, given] of swept.given)
    if (counting.has(question)) (tallyOf.get(question) as Tally).witnesses += given
  const { problem, trace } = swept
  return {
    ...swept,
    isComplete: swept.verdict === 'complete',
    violations: swept.violations.flatMap(({ question, input, error, ...way }) => {
      const tally = tallyOf.get(question) as Tally
      // Asked for each slot, it may be answered no more than once.
      if (tally.isBroken) return []
      tally.isBroken = true
      return [{ tally, run: trace(way), input, error }]
    }),
    death: problem && { what: problem.error.message, run: trace(problem), input: problem.input },
  }
}

/** A model in which a scope does not start is an error of the model. */
const attempt = <Value>(make: () => Value): Value | Error => {
  try {
    return make()
  } catch (error) {
    if (error instanceof Error) return error
    throw error
  }
}

interface Met extends Omit<Violation, 'run'> {
  readonly index: number
}

/** Explores with the plain explorer, to the same effect. */
export const explorePlainly = (
  { first = false, stop, maxStates = Infinity }: CheckOptions,
  model: CloudHsm,
  scope: Scope,
  { states, steps, tallyOf, counting }: Judge,
  told: Told,
): Found => {
  const met: Met[] = []
  const note = (question: StateQuestion | StepQuestion, answer: Answer, index: number, input: Input | null) => {
    const tally = tallyOf.get(question) as Tally
    if (answer.given && counting.has(question)) tally.witnesses += 1
    if (answer.holds && answer.error === null) return
    tally.isBroken = true
    met.push({ tally, index, input, error: answer.error })
  }
  const isAsked = (question: StateQuestion | StepQuestion) => tallyOf.get(question)?.isBroken === false
  let [index, at] = [-1, 0]
  const seen = new WeakMap<State, readonly Facts[]>()
  const factsOf = (state: State): readonly Facts[] => {
    const facts = seen.get(state) ?? look(folded, state)
    seen.set(state, facts)
    return facts
  }
  const explored = attempt(() =>
    explore(model, scope, {
      maxStates,
      progress: (count, depth) => told(count, depth, count - index),
      onState: (state, number) => {
        for (const question of states)
          if (isAsked(question)) note(question, question.ask(state, factsOf(state)), number, null)
      },
      onStep: (before, input, step, from) => {
        at += 1
        const facts = factsOf(before)
        for (const question of steps)
          if (isAsked(question) && question.concerns(input.rule, step))
            note(question, question.ask(before, input, step, facts), from, input)
      },
      stop: () => {
        if (stop?.() === true || (first && met.length > 0)) return true
        ;[index, at] = [index + 1, 0]
        return false
      },
    }),
  )
  const whole = explored instanceof Error ? retrace(model, scope, index) : explored
  const runOf = (to: number) => whole?.trace(to) ?? []
  return {
    ...(whole ?? NOTHING),
    isComplete: !(explored instanceof Error) && explored.verdict === 'complete',
    violations: met
      .filter(violation => whole !== null && violation.index < whole.states)
      .map(({ index: to, ...violation }) => ({ ...violation, run: runOf(to) })),
    death:
      explored instanceof Error
        ? { what: messageOf(explored), run: runOf(index), input: whole === null ? null : (scope.inputs[at] ?? null) }
        : null,
    store: null,
  }
}

/** The same exploration up to the state that was being expanded; null where it never began. */
const retrace = (model: CloudHsm, scope: Scope, index: number): Explored | null => {
  let expanded = -1
  return index < 0 ? null : explore(model, scope, { stop: () => (expanded += 1) === index })
}
