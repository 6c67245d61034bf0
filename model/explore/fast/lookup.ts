/** Looking up one state: what inputs do there and what is answered, out of the tables or worked out where it is new. */
import type { FocusFold } from './folds.ts'
import type { Layout } from './layout.ts'
import type { Slot } from './machines.ts'
import type { Pages } from './pages.ts'
import { Bundle, type AskEntry, type Group, type InputEntry, type StateEntry } from './program.ts'
import type { Answers } from './questions.ts'
import type { Effect, Tables } from './tables.ts'
import type { Leaf, Node, Tree } from './tree.ts'
import type { World } from './world.ts'

/** Puts another state, that stands for it, in the place of a state. */
export type Stand = (values: Int32Array) => void

export class Lookup {
  readonly #world: World
  readonly #tables: Tables
  readonly #layout: Layout
  readonly #pages: Pages
  readonly #stand: Stand | null
  /** Of the state that is looked at, and of the one after. */
  readonly values: Int32Array
  readonly #after: Int32Array
  /** What was found: leaves that count, and pairs of where a page begins and a number within it. */
  readonly leaves: Leaf<unknown>[] = []
  readonly leads: number[] = []
  #page = 0

  constructor(world: World, tables: Tables, layout: Layout, pages: Pages, stand: Stand | null) {
    this.#world = world
    this.#tables = tables
    this.#layout = layout
    this.#pages = pages
    this.#stand = stand
    this.values = new Int32Array(world.sources)
    this.#after = new Int32Array(world.sources)
  }

  /** Forgets what was found. */
  clear(): void {
    this.leaves.length = 0
    this.leads.length = 0
  }

  /** Looks at the state with this number within the page whose leading values are set. */
  look(page: number, offset: number): void {
    this.#page = page
    this.#layout.spread(offset, this.values)
    this.#world.look(this.values)
  }

  /** The same, given what the focuses see of the leading slots. */
  lookOn(page: number, offset: number, seen: readonly number[]): void {
    const { slots, folds } = this.#world
    const { lead } = this.#layout
    const { values } = this
    this.#page = page
    this.#layout.spread(offset, values)
    for (let focus = 0; focus < folds.length; focus += 1)
      values[slots.length + focus] = (folds[focus] as FocusFold).seen(values, lead, slots.length, seen[focus])
  }

  /** What the focus sees of the state, as it was set. */
  seenBy(focus: number): number {
    return focus < 0 ? 0 : (this.values[this.#world.slots.length + focus] as number)
  }

  /** Finds all of a bundle for the state that is looked at. */
  all({ inputs, asks, states }: Bundle): void {
    const tables = this.#tables
    const { values } = this
    for (let at = 0; at < states.length; at += 1) {
      const { question, from } = states[at] as StateEntry
      this.#count(tables.stateAnswer(question, values, from))
    }
    for (let at = 0; at < inputs.length; at += 1) {
      const { input, from } = inputs[at] as InputEntry
      const effect = tables.effect(input, values, from)
      this.#take(effect)
      const { open } = effect
      for (let one = 0; one < open.length; one += 1) this.#count(tables.answer(effect, open[one] as number, values))
    }
    for (let at = 0; at < asks.length; at += 1) {
      const { effect, question, from } = asks[at] as AskEntry
      this.#count(tables.answer(effect, question, values, from))
    }
  }

  /** Finds what the sources of a group settle; what takes more is left. */
  part({ inputs, asks, states, mask }: Group): Bundle | null {
    const tables = this.#tables
    const { values } = this
    let left: Bundle | null = null
    const isSettled = () => (tables.mask & ~mask) === 0
    for (const { question, from } of states) {
      tables.mask = 0
      const answer = tables.stateAnswer(question, values, from)
      if (isSettled()) this.#count(answer)
      else (left ??= new Bundle()).states.push({ question, from: tables.states[question]?.descend(values, mask) })
    }
    const ask = (effect: Leaf<Effect>, question: number, begin?: Node<Answers>): void => {
      tables.mask = 0
      const answer = tables.answer(effect, question, values, begin)
      if (isSettled()) this.#count(answer)
      else {
        const from = (effect.then[question] as Tree<Answers>).descend(values, mask)
        ;(left ??= new Bundle()).asks.push({ effect, question, from })
      }
    }
    for (const { input, from } of inputs) {
      tables.mask = 0
      const effect = tables.effect(input, values, from)
      if (!isSettled())
        (left ??= new Bundle()).inputs.push({ input, from: tables.effects[input]?.descend(values, mask) })
      else {
        this.#take(effect)
        for (const question of effect.open) ask(effect, question)
      }
    }
    for (const { effect, question, from } of asks) ask(effect, question, from)
    return left
  }

  /** What the state that is looked at becomes, or what stands for that. */
  become({ moves }: Effect): Int32Array {
    const after = this.#after
    after.set(this.values)
    for (let at = 0; at < moves.length; at += 1) {
      const { to, from, event } = moves[at] as Effect['moves'][number]
      after[to] = (this.#world.slots[from] as Slot).machine.next(event, this.values[from] as number)
    }
    this.#stand?.(after)
    return after
  }

  /** It is of interest how often a situation was given. */
  #count(answer: Leaf<Answers>): void {
    if (answer.found.isGiven) this.leaves.push(answer)
  }

  #take(effect: Leaf<Effect>): void {
    const { counts, moves } = effect.found
    if (counts) this.leaves.push(effect)
    if (moves.length === 0) return
    const after = this.become(effect.found)
    const isHere = this.#stand === null && moves.every(({ to }) => to >= this.#layout.lead)
    this.leads.push(isHere ? this.#page : this.#pages.page(after), this.#layout.offsetOf(after))
  }
}
