/** The program of a page: what all its states have in common is settled once, the rest is grouped by what it takes to know. */
import { Layout } from './layout.ts'
import type { Effect } from './tables.ts'
import type { Leaf, Tree } from './tree.ts'

/** What is worked out together, since it depends on the same sources within the page. */
export class Bundle {
  readonly mask: number
  readonly inputs: number[] = []
  /** Questions about the steps by an input, by its effect. */
  readonly asks: { readonly input: number; readonly by: Map<Leaf<Effect>, number[]> }[] = []
  /** Questions about states. */
  readonly states: number[] = []

  constructor(mask: number) {
    this.mask = mask
  }

  /** Adds a question about the steps that have this effect. */
  ask(effect: Leaf<Effect>, question: number): void {
    const { input } = effect.found
    let asked = this.asks.find(ask => ask.input === input)
    if (asked === undefined) this.asks.push((asked = { input, by: new Map() }))
    const known = asked.by.get(effect)
    if (known === undefined) asked.by.set(effect, [question])
    else known.push(question)
  }
}

/** A bundle with one cell for each combination of its sources' values. */
export class Group extends Bundle {
  /** The focus whose view is among the sources; -1 without one. */
  readonly focus: number
  /** The combination is the same for all states of a word. */
  readonly isWide: boolean
  /** From a number within the page to the combination of the slots: a shift and a mask, or a list. */
  readonly #shift: number
  readonly #only: number
  readonly #index: Uint32Array | null
  /** How many combinations there are. */
  readonly #size: number
  /** By what the focus sees: for each combination of the slots its cell, -1 where it has none yet. */
  #rows: Int32Array[] = []

  constructor(mask: number, layout: Layout) {
    super(mask)
    const slots = Layout.slotsOf(mask)
    this.focus = 31 - Math.clz32(Layout.focusesOf(mask))
    const first = layout.lead + 31 - Math.clz32(slots)
    this.#shift = slots === 0 ? 0 : (layout.shifts[first] as number)
    this.#only = slots === 0 ? 0 : (1 << (layout.widths[first] as number)) - 1
    this.#index = (slots & (slots - 1)) === 0 ? null : layout.indexOf(slots)
    this.#size = 2 ** layout.bitsOf(slots)
    this.isWide = this.focus < 0 && layout.isWide(slots)
  }

  /** The cell of a state, of which the focus sees this; -1 where it has none yet. */
  find(offset: number, seen: number): number {
    const row = this.#rows[seen]
    return row === undefined ? -1 : (row[this.#column(offset)] as number)
  }

  put(offset: number, seen: number, cell: number): void {
    const row = (this.#rows[seen] ??= new Int32Array(this.#size).fill(-1))
    row[this.#column(offset)] = cell
  }

  /** Forgets all cells: there is more to work out. */
  reset(): void {
    this.#rows = []
  }

  #column(offset: number): number {
    return this.#index === null ? (offset >>> this.#shift) & this.#only : (this.#index[offset] as number)
  }
}

/** Most combinations of values that a group has a cell for each, as bits. */
const MOST_BITS = 12

export class Program {
  /** Where the pages begin that every state of this one leads to, at the same place. */
  readonly leads: number[] = []
  /** What every state of the page counts for. */
  readonly leaves: Leaf<unknown>[] = []
  /** Groups whose cell is the same for all states of a word, and the others. */
  readonly wide: Group[] = []
  readonly narrow: Group[] = []
  /** What is looked up state by state. */
  readonly rest = new Bundle(-1)
  /** Where each question about steps is worked out; `here`: together with the effect. */
  readonly where = new Map<Tree<unknown>, Bundle | 'here'>()
  /** Focuses whose view differs within the page and is asked for, and what all focuses see of the leading slots. */
  focuses = 0
  readonly seen: number[] = []
  /** It was added to while a word was looked at. */
  hasGrown = false
  /** Something in it takes more sources than it is grouped by. */
  isWrong = false
  /** How many states of the page were expanded. */
  count = 0
  /** Of each cell: where its leads begin, how often it was the answer, and whose count goes up by that. */
  readonly cells: number[] = []
  readonly counts: number[] = []
  readonly whose: (readonly Leaf<unknown>[])[] = []
  /** The leads of each cell: how many pairs, then pairs of where a page begins and what is added to the number within it. */
  readonly ops: number[] = []
  readonly #layout: Layout
  readonly #groups = new Map<number, Group>()
  /** Everything is looked up state by state. */
  readonly #isPlain: boolean

  constructor(layout: Layout, isPlain: boolean) {
    this.#layout = layout
    this.#isPlain = isPlain
  }

  /** Where to work out what takes these sources. */
  bundle(mask: number): Bundle {
    this.focuses |= Layout.focusesOf(mask)
    if (this.#isPlain || !this.#isTabled(mask)) return this.rest
    const known = this.#groups.get(mask)
    if (known !== undefined) return known
    const group = new Group(mask, this.#layout)
    this.#groups.set(mask, group)
    ;(group.isWide ? this.wide : this.narrow).push(group)
    return group
  }

  /** Adds a cell. */
  add(leads: readonly number[], leaves: readonly Leaf<unknown>[]): number {
    this.ops.push(leads.length / 2, ...leads)
    this.counts.push(0)
    this.whose.push(leaves)
    return this.cells.push(this.ops.length - leads.length - 1) - 1
  }

  /** Adds the counts to whose they are. */
  settle(): void {
    for (const leaf of this.leaves) leaf.count += this.count
    this.count = 0
    this.counts.forEach((count, cell) => {
      if (count === 0) return
      for (const leaf of this.whose[cell] ?? []) leaf.count += count
      this.counts[cell] = 0
    })
  }

  /** Whether it pays to keep a cell for each combination: each is met more than once, and they are few. */
  #isTabled(mask: number): boolean {
    const [slots, focuses] = [Layout.slotsOf(mask), Layout.focusesOf(mask)]
    const isOne = (focuses & (focuses - 1)) === 0
    return isOne && !this.#layout.isWhole(slots) && this.#layout.bitsOf(slots) <= MOST_BITS
  }
}
