/** Expands pages: the transitions of all states of a page that wait, a word of 32 states at a time. */
import { Layout } from './layout.ts'
import type { Slot } from './machines.ts'
import { ones, type Pages } from './pages.ts'
import type { Bundle, Group, Program } from './program.ts'
import type { Effect, Tables } from './tables.ts'
import type { Leaf, Tree } from './tree.ts'
import type { World } from './world.ts'
import { placed, write } from './write.ts'

/** Programs that are kept at a time. */
const MOST_PROGRAMS = 20_000

/** `stale`: the program does not know of all that matters. `full`: the layout has no room for a local state that was met. */
type Came = 'done' | 'stale' | 'full'

/** Puts another state, that stands for it, in the place of a state. */
export type Stand = (values: Int32Array) => void

export class Expander {
  readonly #world: World
  readonly #tables: Tables
  readonly #layout: Layout
  readonly #pages: Pages
  readonly #stand: Stand | null
  readonly #programs = new Map<number, Program>()
  /** Of the state that is looked at, and of the one after. */
  readonly #values: Int32Array
  readonly #after: Int32Array
  /** Cells of the states of a word: one for each wide group, then one for each state and narrow group. */
  readonly #picked: number[] = []
  /** What was looked up: leaves, and pairs of where a page begins and a number within it. */
  readonly #leaves: Leaf<unknown>[] = []
  readonly #leads: number[] = []
  /** Another slot matters to a view than was known. */
  isStale = false

  constructor(world: World, tables: Tables, layout: Layout, pages: Pages, stand: Stand | null) {
    this.#world = world
    this.#tables = tables
    this.#layout = layout
    this.#pages = pages
    this.#stand = stand
    this.#values = new Int32Array(world.sources)
    this.#after = new Int32Array(world.sources)
    tables.bitOf = layout.bitOf
    tables.renew()
  }

  /** Adds the counts of all programs to whose they are. */
  settle(): void {
    for (const program of this.#programs.values()) program.settle()
  }

  /** Expands the states of a page in a plane; false where there is no room, and what is left waits on. Throws NoAnswer. */
  expand(page: number, plane: number): boolean {
    const pages = this.#pages
    pages.leading(page, this.#values)
    let program = this.#programs.get(page)
    for (let word = 0; word < pages.words; word += 1) {
      const states = pages.bits[page + plane + word] as number
      if (states === 0) continue
      program ??= this.#write(page, (word << 5) + lowest(states))
      const came = program === undefined ? 'full' : this.#gather(program, page, word, states)
      if (came === 'full') return false
      if (came === 'stale') {
        // What was left out was added, unless the program is wrong.
        if (program?.hasGrown === true && !program.isWrong && !this.isStale) program.hasGrown = false
        else {
          this.#forget(page)
          program = undefined
        }
        word -= 1
        continue
      }
      this.#commit(program as Program, word, states)
      pages.bits[page + plane + word] = 0
    }
    return true
  }

  /** A program for the page, out of one of its states; undefined where there is no room. */
  #write(page: number, offset: number): Program | undefined {
    for (;;) {
      this.#look(offset)
      const leadOf = ({ found }: Leaf<Effect>) => this.#pages.page(this.#become(found))
      const program = write(this.#tables, this.#layout, this.#values, this.#stand === null ? leadOf : null)
      if (!this.#layout.holds(this.#world)) return undefined
      if (this.isStale) {
        this.#renew()
        continue
      }
      for (const fold of this.#world.folds) program.seen.push(fold.seen(this.#values, 0, this.#layout.lead))
      if (this.#programs.size >= MOST_PROGRAMS) this.#forgetAll()
      this.#programs.set(page, program)
      return program
    }
  }

  #renew(): void {
    this.#forgetAll()
    this.#tables.renew()
    this.isStale = false
  }

  #forget(page: number): void {
    this.#programs.get(page)?.settle()
    this.#programs.delete(page)
    if (this.isStale) this.#renew()
  }

  #forgetAll(): void {
    this.settle()
    this.#programs.clear()
  }

  /** Sets the values of the state with this number within the page. */
  #look(offset: number): void {
    this.#layout.spread(offset, this.#values)
    this.#world.look(this.#values)
  }

  /** Finds the cells of all states of a word, and looks up what has no cells. Nothing is counted yet. */
  #gather(program: Program, page: number, word: number, states: number): Came {
    const picked = this.#picked
    let at = 0
    for (const group of program.wide) {
      const cell = this.#cell(program, group, page, (word << 5) + lowest(states), 0)
      if (cell < 0) return this.#why()
      picked[at++] = cell
    }
    const { narrow } = program
    const { rest } = program
    const hasMore = rest.inputs.length + rest.states.length + rest.asks.length > 0
    for (let left = states; left !== 0; left &= left - 1) {
      const offset = (word << 5) + lowest(left)
      if (program.focuses !== 0) this.#see(program, offset)
      for (let one = 0; one < narrow.length; one += 1) {
        const group = narrow[one] as Group
        const seen = group.focus < 0 ? 0 : (this.#values[this.#world.slots.length + group.focus] as number)
        const found = group.find(offset, seen)
        const cell = found < 0 ? this.#cell(program, group, page, offset, seen) : found
        if (cell < 0) return this.#why()
        picked[at++] = cell
      }
      if (!hasMore) continue
      this.#look(offset)
      this.#answer(program, rest, page, offset)
      if (this.isStale || program.hasGrown || !this.#layout.holds(this.#world)) return this.#why()
    }
    return this.isStale || program.hasGrown ? this.#why() : 'done'
  }

  #why(): Came {
    this.#leaves.length = 0
    this.#leads.length = 0
    return this.#layout.holds(this.#world) ? 'stale' : 'full'
  }

  #commit(program: Program, word: number, states: number): void {
    const pages = this.#pages
    const { ops, cells, counts, wide, narrow, leads } = program
    const picked = this.#picked
    const count = ones(states)
    program.count += count
    for (let lead = 0; lead < leads.length; lead += 1) pages.add(leads[lead] as number, word, states)
    let at = 0
    for (; at < wide.length; at += 1) {
      const cell = picked[at] as number
      counts[cell] = (counts[cell] as number) + count
      const from = (cells[cell] as number) + 1
      const to = from + 2 * (ops[from - 1] as number)
      for (let op = from; op < to; op += 2) pages.add(ops[op] as number, word + ((ops[op + 1] as number) >> 5), states)
    }
    for (let left = states; left !== 0; left &= left - 1) {
      const offset = (word << 5) + lowest(left)
      for (let one = 0; one < narrow.length; one += 1) {
        const cell = picked[at++] as number
        counts[cell] = (counts[cell] as number) + 1
        const from = (cells[cell] as number) + 1
        const to = from + 2 * (ops[from - 1] as number)
        for (let op = from; op < to; op += 2) {
          const next = offset + (ops[op + 1] as number)
          pages.add(ops[op] as number, next >>> 5, 1 << (next & 31))
        }
      }
    }
    if (this.#leaves.length > 0) this.#commitMore()
  }

  #commitMore(): void {
    for (const leaf of this.#leaves) leaf.count += 1
    for (let at = 0; at < this.#leads.length; at += 2) {
      const next = this.#leads[at + 1] as number
      this.#pages.add(this.#leads[at] as number, next >>> 5, 1 << (next & 31))
    }
    this.#leaves.length = 0
    this.#leads.length = 0
  }

  /** Sets what the focuses see that are asked for. */
  #see({ focuses, seen }: Program, offset: number): void {
    const { slots, folds } = this.#world
    this.#layout.spread(offset, this.#values)
    for (let focus = 0; focus < folds.length; focus += 1)
      if ((focuses & (1 << focus)) !== 0)
        this.#values[slots.length + focus] =
          folds[focus]?.seen(this.#values, this.#layout.lead, slots.length, seen[focus]) ?? 0
  }

  /** The cell of a state, worked out if there is none yet; -1 where the program is stale or there is no room. */
  #cell(program: Program, group: Group, page: number, offset: number, seen: number): number {
    const found = group.find(offset, seen)
    if (found >= 0) return found
    const [leaves, leads] = [this.#leaves.length, this.#leads.length]
    this.#look(offset)
    this.#tables.mask = 0
    this.#answer(program, group, page, offset)
    const { mask } = this.#tables
    const [own, to] = [this.#leaves.splice(leaves), this.#leads.splice(leads)]
    if (this.isStale || program.hasGrown || !this.#layout.holds(this.#world)) return -1
    if ((mask & ~group.mask) !== 0) {
      program.isWrong = true
      return -1
    }
    for (let at = 1; at < to.length; at += 2) to[at] = (to[at] as number) - offset
    const cell = program.add(to, own)
    group.put(offset, seen, cell)
    return cell
  }

  /** Works out for the state that is looked at what belongs to the bundle. */
  #answer(program: Program, bundle: Bundle, page: number, offset: number): void {
    const tables = this.#tables
    const values = this.#values
    const leaves = this.#leaves
    for (const question of bundle.states) leaves.push(tables.stateAnswer(question, values))
    for (const input of bundle.inputs) {
      const effect = tables.effect(input, values)
      if (effect.found.counts) leaves.push(effect)
      for (let question = 0; question < effect.then.length; question += 1) {
        const where = program.where.get(effect.then[question] as Tree<unknown>)
        if (where === 'here') leaves.push(tables.answer(effect, question, values))
        else if (where === undefined) {
          const answer = placed(program, bundle, tables, effect, question, values)
          if (answer !== null) leaves.push(answer)
        }
      }
      if (effect.found.moves.length > 0) this.#lead(effect.found, page, offset)
    }
    for (const { input, by } of bundle.asks) {
      const effect = tables.effect(input, values)
      for (const question of by.get(effect) ?? NONE) leaves.push(tables.answer(effect, question, values))
    }
  }

  /** Where an effect leads from the state that is looked at. */
  #lead({ moves }: Effect, page: number, offset: number): void {
    const { lead } = this.#layout
    const after = this.#become({ moves })
    const isHere = this.#stand === null && moves.every(({ to }) => to >= lead)
    const to = isHere && moves.length === 0 ? offset : this.#layout.offsetOf(after)
    this.#leads.push(isHere ? page : this.#pages.page(after), to)
  }

  /** What the state that is looked at becomes, or what stands for that. */
  #become({ moves }: Pick<Effect, 'moves'>): Int32Array {
    const after = this.#after
    after.set(this.#values)
    for (const { to, from, event } of moves)
      after[to] = (this.#world.slots[from] as Slot).machine.next(event, this.#values[from] as number)
    this.#stand?.(after)
    return after
  }
}

const NONE: readonly number[] = []

/** Which bit is the lowest that is set. */
const lowest = (bits: number): number => 31 - Math.clz32(bits & -bits)
