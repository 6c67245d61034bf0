/** The tables of an exploration: for each input what it does, for each question its answer, each worked out where it is new. */
import type { Things } from '../../network/kind.ts'
import { step, type Step } from '../../network/step.ts'
import { ITSELF } from './machines.ts'
import {
  answersOf,
  together,
  type Answer,
  type Answers,
  type StateQuestion,
  type StepQuestion,
  type Together,
} from './questions.ts'
import { Tracker, type Watched } from './tracker.ts'
import { Leaf, Tree, type BitOf, type Node, type Read } from './tree.ts'
import type { AnyState, World } from './world.ts'

/** The slot `to` gets what is in the slot `from`, or what that becomes on an event. */
export interface Move {
  readonly to: number
  readonly from: number
  readonly event: number
}

/** What an input does wherever what was read is the same. */
export interface Effect {
  readonly input: number
  /** Its state after, if any, is of no use to others. */
  readonly step: Step<Things>
  /** Slots that change. */
  readonly moves: readonly Move[]
  /** It was accepted or failed. */
  readonly isTaken: boolean
  /** It is of interest how often this came of it. */
  counts: boolean
  /** The questions asked of it, in the order of `then`. */
  readonly questions: readonly Together<StepQuestion>[]
}

/** A question that is answered no. */
export interface Broken {
  readonly question: StateQuestion | StepQuestion
  /** Position of the input that was tried; null for a state. */
  readonly input: number | null
  readonly error: string | null
}

/** The model has no answer: what was thrown, which input was tried, and in which state. */
export class NoAnswer extends Error {
  readonly input: number
  readonly values: Int32Array

  constructor(input: number, values: Int32Array, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.input = input
    this.values = values.slice()
  }
}

export interface Asked {
  readonly states: readonly StateQuestion[]
  readonly steps: readonly StepQuestion[]
}

export class Tables {
  readonly world: World
  readonly effects: readonly Tree<Effect>[]
  readonly states: readonly Tree<Answers>[]
  readonly stateQuestions: readonly Together<StateQuestion>[]
  /** Every effect and every answer that was worked out. */
  readonly leaves: Leaf<Effect>[] = []
  readonly #inputs: readonly { readonly rule: string }[]
  readonly #asked: Asked
  readonly #onBroken: (broken: Broken, values: Int32Array) => void
  bitOf: BitOf = () => 0
  /** The bits of all sources within the page that were read since it was last set to 0. */
  mask = 0

  constructor(
    world: World,
    inputs: readonly { readonly rule: string }[],
    asked: Asked,
    onBroken: (broken: Broken, values: Int32Array) => void,
  ) {
    this.world = world
    this.#inputs = inputs
    this.#asked = asked
    this.#onBroken = onBroken
    this.effects = inputs.map(({ rule }) => new Tree<Effect>(`rule ${rule}`))
    this.stateQuestions = asked.states.map(question => ({ name: question.name, questions: [question] }))
    this.states = this.stateQuestions.map(({ name }) => new Tree<Answers>(name))
  }

  /** What the input does in the state with these values; `from` is where in its tree to begin. Throws NoAnswer. */
  effect(input: number, values: Int32Array, from?: Node<Effect>): Leaf<Effect> {
    const tree = this.effects[input] as Tree<Effect>
    const known = tree.find(values, this, from)
    if (known === null) return this.#trace(input, tree, values)
    this.mask |= known.own
    return known
  }

  /** The answer to the n-th question about a step. */
  answer(leaf: Leaf<Effect>, question: number, values: Int32Array, from?: Node<Answers>): Leaf<Answers> {
    const tree = leaf.then[question] as Tree<Answers>
    return tree.find(values, this, from) ?? this.#askStep(leaf, question, tree, values)
  }

  /** The answer to the n-th question about states. */
  stateAnswer(question: number, values: Int32Array, from?: Node<Answers>): Leaf<Answers> {
    const tree = this.states[question] as Tree<Answers>
    const known = tree.find(values, this, from)
    if (known !== null) return known
    const { questions } = this.stateQuestions[question] as Together<StateQuestion>
    const tracker = new Tracker(this.world, values)
    const [state, facts] = [tracker.state(), tracker.facts()]
    const leaf = new Leaf(answersOf(questions.map(one => one.ask(state, facts))))
    this.#note(leaf.found, questions, null, values)
    this.#put(tree, tracker, leaf)
    return leaf
  }

  /** Works out all bits anew: other sources lie within a page than before. */
  renew(): void {
    for (const tree of this.states) tree.renew(this.bitOf, () => 0)
    for (const tree of this.effects) tree.renew(this.bitOf, leaf => this.#maskOf(leaf, true))
  }

  #trace(input: number, tree: Tree<Effect>, values: Int32Array): Leaf<Effect> {
    const asked = this.#inputs[input] as { readonly rule: string }
    const [tracker, taken] = this.#take(input, values)
    const [again, same] = this.#take(input, values)
    if (!isSame(tracker.reads, again.reads) || told(taken) !== told(same))
      throw new NoAnswer(
        input,
        values,
        new Error(`rule ${asked.rule} does not do the same twice: let it depend on what it reads only`),
      )
    const questions = together(this.#asked.steps.filter(({ concerns }) => concerns(asked.rule, taken)))
    const isTaken = taken.kind === 'taken' && taken.outcome.kind !== 'refused'
    const leaf = new Leaf<Effect>({
      input,
      step: taken,
      moves: this.#moves(taken),
      isTaken,
      counts: taken.kind === 'taken',
      questions,
    })
    leaf.then.push(...questions.map(({ name }) => new Tree<Answers>(name)))
    leaf.mask = this.#maskOf(leaf, false)
    this.leaves.push(leaf)
    this.#put(tree, tracker, leaf)
    const { mask } = this
    const answers = questions.map((_, question) => this.answer(leaf, question, values))
    this.mask = mask | leaf.own
    leaf.open = leaf.then.flatMap(({ root }, question) => (root instanceof Leaf ? [] : [question]))
    leaf.found.counts ||= answers.some(({ found }) => found.isGiven)
    return leaf
  }

  #take(input: number, values: Int32Array): readonly [Tracker, Step<Things>] {
    const tracker = new Tracker(this.world, values)
    try {
      return [tracker, step(tracker.network(), tracker.state(), this.#inputs[input] as { readonly rule: string })]
    } catch (error) {
      throw new NoAnswer(input, values, error)
    }
  }

  #put<Found>(tree: Tree<Found>, { reads, values }: Tracker, leaf: Leaf<Found>): void {
    tree.add(reads, leaf, this.bitOf)
    tree.widen(values)
    for (const { source, lens } of reads) this.mask |= this.bitOf(source, lens)
  }

  #moves(taken: Step<Things>): readonly Move[] {
    if (taken.kind === 'blocked') return []
    return this.world.slots.flatMap(({ kind, slot }, to) => {
      const { source, event } = taken.after[kind]?.[slot] as unknown as Watched
      return source === to && event === ITSELF ? [] : [{ to, from: source, event }]
    })
  }

  #askStep(leaf: Leaf<Effect>, at: number, tree: Tree<Answers>, values: Int32Array): Leaf<Answers> {
    const { input, step: taken, moves, questions } = leaf.found
    const { questions: all } = questions[at] as Together<StepQuestion>
    const asked = this.#inputs[input] as { readonly rule: string }
    if (this.effects[input]?.find(values, { mask: 0 }) !== leaf) throw new Error(`expected the effect of ${input} here`)
    const tracker = new Tracker(this.world, values)
    const before = tracker.state()
    const again = this.#again(tracker, taken, moves, before)
    const facts = tracker.facts()
    const found = new Leaf(answersOf(all.map(question => question.ask(before, asked, again, facts))))
    this.#note(found.found, all, input, values)
    this.#put(tree, tracker, found)
    return found
  }

  /** The step as it is in another state. */
  #again(tracker: Tracker, taken: Step<Things>, moves: readonly Move[], before: AnyState): Step<Things> {
    if (taken.kind === 'blocked') return taken
    if (moves.length === 0) return { ...taken, after: before }
    const locals = this.world.slots.map((_, source) => tracker.watched(source))
    for (const { to, from, event } of moves) locals[to] = tracker.watched(from, event)
    return { ...taken, after: tracker.stateOf(locals) }
  }

  #note({ each }: Answers, questions: readonly Broken['question'][], input: number | null, values: Int32Array): void {
    each.forEach(({ given, holds, error }: Answer, at) => {
      const question = questions[at]
      if (question !== undefined && (error !== null || (given && !holds)))
        this.#onBroken({ question, input, error }, values)
    })
  }

  /** What moves. */
  #maskOf(leaf: Leaf<Effect>, renew: boolean): number {
    const lens = this.world.slots[0]?.machine.whole(ITSELF)
    leaf.own = 0
    if (lens !== undefined)
      for (const { to, from } of leaf.found.moves) leaf.own |= this.bitOf(to, lens) | this.bitOf(from, lens)
    if (renew) for (const tree of leaf.then) tree.renew(this.bitOf, () => 0)
    return leaf.own
  }
}

const isSame = (reads: readonly Read[], others: readonly Read[]): boolean =>
  reads.length === others.length &&
  reads.every(({ source, lens }, at) => source === others[at]?.source && lens === others[at].lens)

/** What a step says of itself, but for the state after. */
const told = (taken: Step<Things>): string =>
  JSON.stringify(taken, (name, value: unknown) => (name === 'after' ? undefined : value))
