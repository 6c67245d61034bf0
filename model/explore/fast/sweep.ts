/** Sweeping a network: every state and every step is explored, every question asked, and what was found is told. */
import type { NetworkState, Slots, Things } from '../../network/kind.ts'
import type { Network } from '../../network/network.ts'
import type { Step } from '../../network/step.ts'
import type { View } from '../../network/view.ts'
import { expectSymmetry, expectSymmetryFrom } from './commute.ts'
import { Explorer, type Bounds } from './explorer.ts'
import { pathsTo, successor, type Path } from './paths.ts'
import type { Answers, StateQuestion, StepQuestion } from './questions.ts'
import { Orbits, type Symmetry } from './symmetry.ts'
import { NoAnswer, Tables, type Broken } from './tables.ts'
import { Leaf, type Node, type Tree } from './tree.ts'
import type { AnyNetwork, AnyState, AnyView } from './world.ts'

export interface SweepProgress {
  readonly states: number
  readonly depth: number
  /** States of the next level that were found so far. */
  readonly frontier: number
}

export interface Sweep<T extends Things, I> extends Bounds {
  readonly starts: readonly NetworkState<T>[]
  readonly inputs: readonly I[]
  /** What is asked of every state, and of every step. */
  readonly states?: readonly StateQuestion[]
  readonly steps?: readonly StepQuestion[]
  /** Facts about a state that the questions get, each a fold over its slots. */
  readonly facts?: View<T, unknown>
  /** One state stands for all that differ in the order of these slots only. It is checked. */
  readonly symmetry?: Symmetry
  /** End where the first question is answered no. */
  readonly first?: boolean
  readonly progress?: (progress: SweepProgress) => void
}

/** A path from one of the starts. */
export interface Way<I> {
  readonly start: number
  readonly inputs: readonly I[]
}

/** A question that was answered no: a shortest way to the state, and the step that was tried there; null for the state alone. */
export interface Violation<I> extends Way<I> {
  readonly question: StateQuestion | StepQuestion
  readonly input: I | null
  readonly error: string | null
}

/** What it took to store the states. */
export interface Store {
  readonly states: number
  readonly pages: number
  readonly bytes: number
  /** The part of the bits that are states. */
  readonly fill: number
}

/** What an input does in a state: the step as it was worked out where all that matters was the same, and the state after. */
export type Took<T extends Things> = readonly [Step<T>, NetworkState<T>]

export interface Swept<T extends Things, I> {
  /** `undecided`: a bound was hit, the model had no answer, or the first violation ended the exploration. */
  readonly verdict: 'complete' | 'undecided'
  readonly states: number
  readonly transitions: number
  readonly refusals: number
  readonly depth: number
  /** Each question at most once, but for those that are told each time, in the order in which they were met. */
  readonly violations: readonly Violation<I>[]
  /** How often the situation of each question was given. */
  readonly given: ReadonlyMap<StateQuestion | StepQuestion, number>
  /** Where the model has no answer: a shortest way there, what was tried and what was thrown. */
  readonly problem: (Way<I> & { readonly input: I; readonly error: Error }) | null
  readonly store: Store
  /** Shows every state. */
  readonly visit: (see: (state: NetworkState<T>) => void) => void
  /** What the input at this position does in a state, to hold it against another explorer; null for a state that was not found. */
  readonly take: (state: NetworkState<T>, input: number) => Took<T> | null
}

/** Progress is reported once in so many pages. */
const OFTEN = 64
/** A symmetry is checked in so many of the first states, and in so many states all over. */
const CHECKED = 1000

/** Explores. Throws NoSymmetry, and on bad starts. */
export const sweep = <T extends Things, V, I extends { readonly rule: string }>(
  net: Network<T, V, I>,
  options: Sweep<T, I>,
): Swept<T, I> => {
  const { starts, inputs, first = false, progress } = options
  const met: (Broken & { readonly values: Int32Array })[] = []
  const onBroken = (broken: Broken, values: Int32Array) => {
    const { question } = broken
    const isEach = 'isEach' in question && question.isEach === true
    if (isEach || !met.some(other => other.question === question)) met.push({ ...broken, values: values.slice() })
  }
  let asked = 0
  const stop = (): boolean => {
    if (first && met.length > 0) return true
    if (asked++ % OFTEN === 0) {
      const { states } = explorer.pages
      progress?.({ states, depth: explorer.depth, frontier: states - explorer.before })
    }
    return options.stop?.() === true
  }
  const explorer = new Explorer(
    net as unknown as AnyNetwork,
    slotsOf(starts[0]),
    inputs,
    { states: options.states ?? [], steps: options.steps ?? [] },
    onBroken,
    (options.facts ?? null) as unknown as AnyView | null,
    { ...options, stop },
  )
  const { world, tables } = explorer
  const numbers = starts.map(start => world.numbersOf(start as unknown as AnyState))
  const { symmetry } = options
  const orbits = symmetry === undefined ? null : new Orbits(world, symmetry)
  const check = orbits === null ? null : checker(explorer, options, orbits)
  check?.first(numbers)
  explorer.stand = orbits?.stand ?? null
  const { isWhole, problem } = explore(explorer, starts)
  check?.samples()
  const targets = [...met, ...(problem === null ? [] : [problem])].map(({ values }) => values)
  const ways = pathsTo(world, tables, numbers, targets, explorer.stand)
  const wayOf = ({ start, inputs: by }: Path): Way<I> => ({ start, inputs: by.map(at => inputs[at] as I) })
  const last = ways.at(-1)
  return {
    verdict: isWhole ? 'complete' : 'undecided',
    ...countsOf(explorer),
    depth: explorer.depth,
    violations: met.map((broken, at) => {
      const way = ways[at] as Path
      const input = broken.input === null ? null : (inputs[inputAt(explorer, inputs, broken, way)] as I)
      return { ...wayOf(way), question: broken.question, input, error: broken.error }
    }),
    given: givenOf(explorer),
    problem:
      problem === null || last === undefined
        ? null
        : { ...wayOf(last), input: inputs[problem.error.input] as I, error: problem.error },
    visit: see => explorer.each(values => see(world.stateOf(values) as unknown as NetworkState<T>)),
    take: (state, input) => {
      const values = world.numbersOf(state as unknown as AnyState)
      if (!explorer.has(values)) return null
      world.look(values)
      const after = successor(world, tables, input, values)
      const { step } = tables.effect(input, values).found
      return [step as unknown as Step<T>, after === null ? state : (world.stateOf(after) as unknown as NetworkState<T>)]
    },
  }
}

const slotsOf = (state: object | undefined): Slots<Things> =>
  Object.fromEntries(Object.entries(state ?? {}).map(([kind, locals]) => [kind, (locals as readonly unknown[]).length]))

/** Whether everything was explored, and where the model had no answer. */
const explore = (explorer: Explorer, starts: readonly object[]) => {
  try {
    return { isWhole: explorer.run(starts as readonly AnyState[]), problem: null }
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    return { isWhole: false, problem: { error, values: error.values } }
  }
}

/** Checks of a symmetry, with tables of their own: what they look at is not explored. */
const checker = <T extends Things, I extends { readonly rule: string }>(
  { world, each }: Explorer,
  { inputs, states = [], steps = [] }: Sweep<T, I>,
  orbits: Orbits,
) => {
  const tables = new Tables(world, inputs, { states, steps }, () => undefined)
  return {
    first: (starts: readonly Int32Array[]) => expectSymmetryFrom(world, tables, inputs, orbits, starts, CHECKED),
    samples: () => {
      let count = 0
      each(() => void (count += 1))
      const often = Math.ceil(count / CHECKED)
      let at = 0
      each(values => {
        if (at++ % often === 0) expectSymmetry(world, tables, inputs, orbits, values.slice())
      })
    },
  }
}

/** The input that is answered no at the end of the way: the state there may be another than the one that stood for it. */
const inputAt = (
  { tables, world, stand }: Explorer,
  inputs: readonly { readonly rule: string }[],
  { input, question }: Broken,
  { end }: Path,
): number => {
  if (stand === null || input === null) return input ?? -1
  world.look(end)
  const found = inputs.findIndex(({ rule }, at) => {
    if (rule !== inputs[input]?.rule) return false
    const effect = tables.effect(at, end)
    return effect.found.questions.some(({ questions: all }, which) => {
      const one = all.findIndex(asked => asked === question)
      const answer = one === -1 ? undefined : tables.answer(effect, which, end).found.each[one]
      return answer !== undefined && (answer.error !== null || (answer.given && !answer.holds))
    })
  })
  return found === -1 ? input : found
}

const countsOf = ({ tables, pages, layout }: Explorer) => {
  let [transitions, refusals] = [0, 0]
  for (const { found, count } of tables.leaves) {
    if (found.isTaken) transitions += count
    else if (found.step.kind === 'taken') refusals += count
  }
  const fill = pages.states / (pages.count * 2 ** layout.bits)
  return {
    states: pages.states,
    transitions,
    refusals,
    store: { states: pages.states, pages: pages.count, bytes: pages.bytes, fill },
  }
}

/** How often the situation of each question was given. */
const givenOf = ({ tables }: Explorer) => {
  const given = new Map<StateQuestion | StepQuestion, number>()
  const add = (questions: readonly (StateQuestion | StepQuestion)[], { each }: Answers, count: number) =>
    each.forEach((answer, at) => {
      const question = questions[at] as StateQuestion
      given.set(question, (given.get(question) ?? 0) + (answer.given ? count : 0))
    })
  tables.stateQuestions.forEach(({ questions }, at) =>
    visitLeaves(tables.states[at]?.root, ({ found, count }) => add(questions, found, count)),
  )
  for (const { found, then, count } of tables.leaves)
    found.questions.forEach(({ questions }, at) => {
      const { root } = then[at] as Tree<Answers>
      // An answer that reads nothing counts as often as the effect.
      if (root instanceof Leaf) add(questions, root.found, count)
      else visitLeaves(root, leaf => add(questions, leaf.found, leaf.count))
    })
  return given
}

const visitLeaves = (at: Node<Answers> | undefined, see: (leaf: Leaf<Answers>) => void): void => {
  if (at instanceof Leaf) see(at)
  else at?.children.forEach(child => visitLeaves(child, see))
}
