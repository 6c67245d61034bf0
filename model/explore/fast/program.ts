/** The program of a page: what all its states have in common is settled once, the rest is grouped by what it takes to know. */
import { Layout } from './layout.ts'
import type { Effect } from './tables.ts'
import type { Answers } from './questions.ts'
import type { Leaf, Node } from './tree.ts'

/** What is to be looked up, and where in its tree to begin: what comes before is settled. */
interface Entry<Found> {
  readonly from: Node<Found> | undefined
}
export interface InputEntry extends Entry<Effect> {
  readonly input: number
}
/** A question about the steps that have an effect. */
export interface AskEntry extends Entry<Answers> {
  readonly effect: Leaf<Effect>
  readonly question: number
}
export interface StateEntry extends Entry<Answers> {
  readonly question: number
}

/** What is to be worked out: what inputs do and what is asked of that, questions about known effects, questions about states. */
export class Bundle {
  readonly inputs: InputEntry[] = []
  readonly asks: AskEntry[] = []
  readonly states: StateEntry[] = []

  get isEmpty(): boolean {
    return this.inputs.length + this.asks.length + this.states.length === 0
  }
}

/** A bundle with one cell for each combination of some sources' values. */
export class Group extends Bundle {
  readonly mask: number
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
  readonly #rows: Int32Array[] = []

  constructor(mask: number, layout: Layout) {
    super()
    this.mask = mask
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
  readonly rest = new Bundle()
  /** What each focus sees of the leading slots. */
  readonly seen: number[] = []
  /** How many states of the page were expanded. */
  count = 0
  readonly #layout: Layout
  readonly #groups = new Map<number, Group>()
  /** Everything is looked up state by state. */
  readonly #isPlain: boolean

  constructor(layout: Layout, isPlain: boolean) {
    this.#layout = layout
    this.#isPlain = isPlain
  }

  /** Where to work out what takes these sources: by all of them if that pays, or else by the first, which may settle it. */
  bundle(mask: number, first: number): Bundle {
    if (this.#isPlain) return this.rest
    if (this.#isTabled(mask)) return this.#group(mask)
    return first !== 0 && this.#isTabled(first) ? this.#group(first) : this.rest
  }

  /** Adds what every state of the page counts for to whose it is. */
  settle(): void {
    for (const leaf of this.leaves) leaf.count += this.count
    this.count = 0
  }

  #group(mask: number): Group {
    const known = this.#groups.get(mask)
    if (known !== undefined) return known
    const group = new Group(mask, this.#layout)
    this.#groups.set(mask, group)
    ;(group.isWide ? this.wide : this.narrow).push(group)
    return group
  }

  /** Whether it pays to keep a cell for each combination: each is met more than once, and they are few. */
  #isTabled(mask: number): boolean {
    const [slots, focuses] = [Layout.slotsOf(mask), Layout.focusesOf(mask)]
    const isOne = (focuses & (focuses - 1)) === 0
    return isOne && !this.#layout.isWhole(slots) && this.#layout.bitsOf(slots) <= MOST_BITS
  }
}
