/** Expands pages: the transitions of all states of a page that wait, a word of 32 states at a time. */
import { Cells } from './cells.ts'
import type { Layout } from './layout.ts'
import { Lookup, type Stand } from './lookup.ts'
import { ones, type Pages } from './pages.ts'
import type { Group, Program } from './program.ts'
import type { Tables } from './tables.ts'
import type { World } from './world.ts'
import { write } from './write.ts'

/** Programs that are kept at a time. */
const MOST_PROGRAMS = 20_000

/** `stale`: another slot matters to a view than was known. `full`: the layout has no room for a local state that was met. */
type Came = 'done' | 'stale' | 'full'

export class Expander {
  readonly #world: World
  readonly #tables: Tables
  readonly #layout: Layout
  readonly #pages: Pages
  readonly #stand: Stand | null
  readonly #lookup: Lookup
  readonly #cells = new Cells()
  readonly #programs = new Map<number, Program>()
  /** Cells of the states of a word: one for each wide group, then one for each state and narrow group. */
  readonly #picked: number[] = []
  isStale = false

  constructor(world: World, tables: Tables, layout: Layout, pages: Pages, stand: Stand | null) {
    this.#world = world
    this.#tables = tables
    this.#layout = layout
    this.#pages = pages
    this.#stand = stand
    this.#lookup = new Lookup(world, tables, layout, pages, stand)
    tables.bitOf = layout.bitOf
    tables.renew()
  }

  /** Adds the counts of all programs to whose they are. */
  settle(): void {
    for (const program of this.#programs.values()) program.settle()
    this.#cells.settle()
  }

  /** Expands the states of a page in a plane; false where there is no room, and what is left waits on. Throws NoAnswer. */
  expand(page: number, plane: number): boolean {
    const pages = this.#pages
    pages.leading(page, this.#lookup.values)
    let program = this.#programs.get(page)
    const index = page + plane + pages.words
    for (let at = 0; at < pages.indexWords; at += 1)
      for (let left = pages.bits[index + at] as number; left !== 0; left = pages.bits[index + at] as number) {
        const word = (at << 5) + lowest(left)
        const states = pages.bits[page + plane + word] as number
        program ??= this.#write(page, (word << 5) + lowest(states))
        const came = program === undefined ? 'full' : this.#gather(program, page, word, states)
        if (came === 'full') return false
        if (came === 'stale') {
          this.#renew()
          program = undefined
          continue
        }
        this.#commit(program as Program, word, states)
        pages.bits[page + plane + word] = 0
        pages.bits[index + at] = left & (left - 1)
      }
    return true
  }

  /** A program for the page, out of one of its states; undefined where there is no room. */
  #write(page: number, offset: number): Program | undefined {
    const lookup = this.#lookup
    for (;;) {
      lookup.look(page, offset)
      if (this.isStale) {
        this.#renew()
        continue
      }
      const program = write(
        this.#tables,
        this.#layout,
        lookup.values,
        this.#stand === null ? ({ found }) => this.#pages.page(lookup.become(found)) : null,
      )
      if (!this.#layout.holds(this.#world)) return undefined
      if (this.isStale) {
        this.#renew()
        continue
      }
      for (const fold of this.#world.folds) program.seen.push(fold.seen(lookup.values, 0, this.#layout.lead))
      if (this.#programs.size >= MOST_PROGRAMS) this.#forget()
      this.#programs.set(page, program)
      return program
    }
  }

  #renew(): void {
    this.#forget()
    this.#tables.renew()
    this.isStale = false
  }

  #forget(): void {
    this.settle()
    this.#programs.clear()
    this.#cells.clear()
  }

  /**
   * Finds the cells of all states of a word, and looks up what they leave open. Nothing is counted yet. Each state is looked
   * at: if it shows that a slot matters to a view, what the program says may not hold for it.
   */
  #gather(program: Program, page: number, word: number, states: number): Came {
    const lookup = this.#lookup
    const picked = this.#picked
    const { wide, narrow, rest, seen } = program
    const { left: open } = this.#cells
    let isOpen = !rest.isEmpty
    let at = 0
    for (let left = states; left !== 0; left &= left - 1) {
      const offset = (word << 5) + lowest(left)
      lookup.lookOn(page, offset, seen)
      if (this.isStale) return this.#stale()
      for (; at < wide.length; at += 1) {
        const cell = this.#cell(wide[at] as Group, offset)
        if (open[cell] !== null) isOpen = true
        picked[at] = cell
      }
      const first = at
      let isMore = isOpen
      for (let one = 0; one < narrow.length; one += 1) {
        const cell = this.#cell(narrow[one] as Group, offset)
        if (open[cell] !== null) isMore = true
        picked[at++] = cell
      }
      if (!isMore) continue
      lookup.all(rest)
      for (let one = 0; one < wide.length; one += 1) this.#finish(picked[one] as number)
      for (let one = first; one < at; one += 1) this.#finish(picked[one] as number)
    }
    if (this.isStale) return this.#stale()
    if (this.#layout.holds(this.#world)) return 'done'
    lookup.clear()
    return 'full'
  }

  /** Nothing more may be asked: what belongs to which page is not what the program says. */
  #stale(): Came {
    this.#lookup.clear()
    return 'stale'
  }

  #finish(cell: number): void {
    const open = this.#cells.left[cell]
    if (open !== null && open !== undefined) this.#lookup.all(open)
  }

  /** The cell of the state that is looked at, worked out if there is none yet. */
  #cell(group: Group, offset: number): number {
    const lookup = this.#lookup
    const seen = lookup.seenBy(group.focus)
    const found = group.find(offset, seen)
    if (found >= 0) return found
    const cell = lookup.cell(this.#cells, group, offset)
    group.put(offset, seen, cell)
    return cell
  }

  #commit(program: Program, word: number, states: number): void {
    const pages = this.#pages
    const { wide, narrow, leads } = program
    const { ops, starts, counts } = this.#cells
    const picked = this.#picked
    const count = ones(states)
    program.count += count
    for (let lead = 0; lead < leads.length; lead += 1) pages.add(leads[lead] as number, word, states)
    let at = 0
    for (; at < wide.length; at += 1) {
      const cell = picked[at] as number
      counts[cell] = (counts[cell] as number) + count
      const from = (starts[cell] as number) + 1
      const to = from + 2 * (ops[from - 1] as number)
      for (let op = from; op < to; op += 2) pages.add(ops[op] as number, word + ((ops[op + 1] as number) >> 5), states)
    }
    for (let left = states; left !== 0; left &= left - 1) {
      const offset = (word << 5) + lowest(left)
      for (let one = 0; one < narrow.length; one += 1) {
        const cell = picked[at++] as number
        counts[cell] = (counts[cell] as number) + 1
        const from = (starts[cell] as number) + 1
        const to = from + 2 * (ops[from - 1] as number)
        for (let op = from; op < to; op += 2) {
          const next = offset + (ops[op + 1] as number)
          pages.add(ops[op] as number, next >>> 5, 1 << (next & 31))
        }
      }
    }
    if (this.#lookup.leaves.length + this.#lookup.leads.length > 0) this.#commitMore()
  }

  #commitMore(): void {
    const { leaves, leads } = this.#lookup
    for (let at = 0; at < leaves.length; at += 1) (leaves[at] as { count: number }).count += 1
    for (let at = 0; at < leads.length; at += 2) {
      const next = leads[at + 1] as number
      this.#pages.add(leads[at] as number, next >>> 5, 1 << (next & 31))
    }
    this.#lookup.clear()
  }
}

/** Which bit is the lowest that is set. */
const lowest = (bits: number): number => 31 - Math.clz32(bits & -bits)
