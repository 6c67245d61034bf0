/** Looking up one state: what inputs do there and what is answered, out of the tables or worked out where it is new. */
import type { Cells } from './cells.ts'
import type { Layout } from './layout.ts'
import type { Slot } from './machines.ts'
import type { Pages } from './pages.ts'
import type { AskEntry, Bundle, Group, InputEntry, StateEntry } from './program.ts'
import type { Answers } from './questions.ts'
import { Sights } from './sights.ts'
import type { Effect, Move, Tables } from './tables.ts'
import type { Leaf, Node, Tree } from './tree.ts'
import type { World } from './world.ts'

/** Puts another state, that stands for it, in the place of a state. */
export type Stand = (values: Int32Array) => void

export class Lookup {
  readonly #world: World
  readonly #tables: Tables
  readonly #layout: Layout
  readonly #pages: Pages
  readonly #sights: Sights
  readonly #stand: Stand | null
  /** Of the state that is looked at, and of the one after. */
  readonly values: Int32Array
  #isSpread = true
  readonly #after: Int32Array
  /** What was found: leaves that count, and pairs of where a page begins and a number within it. */
  readonly leaves: Leaf<unknown>[] = []
  readonly leads: number[] = []
  #page = 0
  #offset = 0

  constructor(world: World, tables: Tables, layout: Layout, pages: Pages, stand: Stand | null) {
    this.#world = world
    this.#tables = tables
    this.#layout = layout
    this.#pages = pages
    this.#sights = new Sights(world, layout)
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
    this.#offset = offset
    this.#layout.spread(offset, this.values)
    this.#isSpread = true
    this.#world.look(this.values)
  }

  /** The same, given what the focuses see of the leading slots. The trailing slots are set when they are asked for. */
  lookOn(page: number, offset: number, seen: readonly number[]): void {
    this.#page = page
    this.#offset = offset
    this.#isSpread = false
    this.#sights.look(offset, seen, this.values)
  }

  /** What the focus sees of the state, as it was set. */
  seenBy(focus: number): number {
    return focus < 0 ? 0 : (this.values[this.#world.slots.length + focus] as number)
  }

  /** Finds all of a bundle for the state that is looked at. */
  all({ inputs, asks, states }: Bundle): void {
    this.#spread()
    const tables = this.#tables
    const { values } = this
    for (let at = 0; at < states.length; at += 1) {
      const { question, from } = states[at] as StateEntry
      this.#count(tables.stateAnswer(question, values, from))
    }
    for (let at = 0; at < inputs.length; at += 1) {
      const { input, from } = inputs[at] as InputEntry
      const effect = tables.effect(input, values, from)
      this.#take(effect, effect)
      const { open } = effect
      for (let one = 0; one < open.length; one += 1) this.#count(tables.answer(effect, open[one] as number, values))
    }
    for (let at = 0; at < asks.length; at += 1) {
      const { effect, question, from } = asks[at] as AskEntry
      this.#count(tables.answer(effect, question, values, from))
    }
  }

  /** Makes the cell of a group for the state that is looked at: what its sources settle; what takes more is left open. */
  cell(cells: Cells, { inputs, asks, states, mask }: Group, offset: number): number {
    const tables = this.#tables
    const { values } = this
    this.#spread()
    const cell = cells.begin()
    for (let at = 0; at < states.length; at += 1) {
      const { question, from } = states[at] as StateEntry
      tables.mask = 0
      const answer = tables.stateAnswer(question, values, from)
      if ((tables.mask & ~mask) === 0) {
        if (answer.found.isGiven) cells.credit(answer)
      } else cells.leave(cell).states.push({ question, from: tables.states[question]?.descend(values, mask) })
    }
    for (let at = 0; at < inputs.length; at += 1) {
      const { input, from } = inputs[at] as InputEntry
      tables.mask = 0
      const effect = tables.effect(input, values, from)
      if ((tables.mask & ~mask) === 0) {
        const { counts, moves } = effect.found
        if (counts) cells.credit(effect)
        if (moves.length > 0)
          cells.lead(cell, this.#pageOf(effect.found), this.#offsetOf(effect.found, offset) - offset)
        const { open } = effect
        for (let one = 0; one < open.length; one += 1) this.#ask(cells, cell, mask, effect, open[one] as number)
      } else cells.leave(cell).inputs.push({ input, from: tables.effects[input]?.descend(values, mask) })
    }
    for (let at = 0; at < asks.length; at += 1) {
      const { effect, question, from } = asks[at] as AskEntry
      this.#ask(cells, cell, mask, effect, question, from)
    }
    return cell
  }

  #spread(): void {
    if (this.#isSpread) return
    this.#isSpread = true
    this.#layout.spread(this.#offset, this.values)
  }

  #ask(cells: Cells, cell: number, mask: number, effect: Leaf<Effect>, question: number, begin?: Node<Answers>): void {
    const tables = this.#tables
    tables.mask = 0
    const answer = tables.answer(effect, question, this.values, begin)
    if ((tables.mask & ~mask) === 0) {
      if (answer.found.isGiven) cells.credit(answer)
      return
    }
    const from = (effect.then[question] as Tree<Answers>).descend(this.values, mask)
    cells.leave(cell).asks.push({ effect, question, from })
  }

  /** What the state that is looked at becomes, or what stands for that. */
  become({ moves }: Effect): Int32Array {
    const after = this.#after
    after.set(this.values)
    for (let at = 0; at < moves.length; at += 1) {
      const { to, from, event } = moves[at] as Move
      after[to] = (this.#world.slots[from] as Slot).machine.next(event, this.values[from] as number)
    }
    this.#stand?.(after)
    return after
  }

  /** It is of interest how often a situation was given. */
  #count(answer: Leaf<Answers>): void {
    if (answer.found.isGiven) this.leaves.push(answer)
  }

  #take({ found }: Leaf<Effect>, leaf: Leaf<unknown>): void {
    if (found.counts) this.leaves.push(leaf)
    if (found.moves.length === 0) return
    if (this.#stand === null) this.leads.push(this.#pageOf(found), this.#offsetOf(found, this.#offset))
    else {
      const after = this.become(found)
      this.leads.push(this.#pages.page(after), this.#layout.offsetOf(after))
    }
  }

  /** Where the page begins that an effect leads to. */
  #pageOf(effect: Effect): number {
    const { moves } = effect
    const { lead } = this.#layout
    for (let at = 0; at < moves.length; at += 1)
      if ((moves[at] as Move).to < lead) return this.#pages.page(this.become(effect))
    return this.#page
  }

  /** The number within its page of what an effect leads to from the state that is looked at, whose own is given. */
  #offsetOf({ moves }: Effect, own: number): number {
    const { lead, shifts } = this.#layout
    const { values } = this
    let offset = own
    for (let at = 0; at < moves.length; at += 1) {
      const { to, from, event } = moves[at] as Move
      if (to < lead) continue
      const next = (this.#world.slots[from] as Slot).machine.next(event, values[from] as number)
      offset += (next - (values[to] as number)) * 2 ** (shifts[to] as number)
    }
    return offset
  }
}
