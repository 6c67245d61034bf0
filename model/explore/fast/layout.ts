/** The layout of states: the leading slots name a page, the trailing slots are a number within it. */
import { Field } from './folds.ts'
import type { Slot } from './machines.ts'
import type { BitOf } from './tree.ts'
import type { World } from './world.ts'

/** Sources that lie within a page have a bit each: slots from 0, focuses from 16. */
const FOCUS = 16
/** Most bits of a number within a page, and how many suffice. */
const MOST = 18
const ENOUGH = 12
/** States in a word are told by this many bits. */
const WORD = 5

export class Layout {
  /** How many slots are leading. */
  readonly lead: number
  /** By slot: where its number begins within the page's, and how many bits it has. Only those of trailing slots count. */
  readonly shifts: Int32Array
  readonly widths: Int32Array
  /** How many bits a number within a page has, and how many 32-bit words a page has. */
  readonly bits: number
  readonly words: number
  readonly #slots: number
  readonly #indexes = new Map<number, Uint32Array>()

  /** The slots of the last kinds are trailing, as many kinds as make enough and fit. */
  constructor({ slots }: World) {
    this.#slots = slots.length
    this.widths = Int32Array.from(slots, ({ machine }) => widthOf(machine.locals.length))
    let lead = slots.length
    for (let bits = 0; lead > 0 && bits < ENOUGH;) {
      const from = this.#from(
        slots.findIndex(({ kind }) => kind === (slots[lead - 1] as Slot).kind),
        lead,
        bits,
      )
      if (from === lead) break
      for (; lead > from; bits += this.widths[lead] as number) lead -= 1
    }
    this.lead = lead
    this.shifts = new Int32Array(slots.length)
    this.bits = Math.max(WORD, this.#place())
    this.words = 2 ** (this.bits - WORD)
  }

  /** Gives each trailing slot its bits, the widest slot the lowest; how many bits that makes. */
  #place(): number {
    const order = Array.from({ length: this.#slots - this.lead }, (_, at) => this.lead + at)
    order.sort((a, b) => (this.widths[b] as number) - (this.widths[a] as number))
    return order.reduce((bits, at) => {
      this.shifts[at] = bits
      return bits + (this.widths[at] as number)
    }, 0)
  }

  /** Whether every local state that is known has a number here. */
  holds({ slots }: World): boolean {
    for (let at = this.lead; at < slots.length; at += 1)
      if ((slots[at] as Slot).machine.locals.length > 1 << (this.widths[at] as number)) return false
    return true
  }

  readonly bitOf: BitOf = (source, lens) => {
    if (source < this.#slots) return source < this.lead ? 0 : 1 << (source - this.lead)
    const isWithin = lens instanceof Field && [...lens.sensitive].some(slot => slot >= this.lead)
    return isWithin ? 1 << (FOCUS + source - this.#slots) : 0
  }

  /** The number within its page of the state with these values. */
  offsetOf(values: ArrayLike<number>): number {
    let offset = 0
    for (let at = this.lead; at < this.#slots; at += 1) offset |= (values[at] as number) << (this.shifts[at] as number)
    return offset
  }

  /** Sets the values of the trailing slots. */
  spread(offset: number, values: Int32Array): void {
    for (let at = this.lead; at < this.#slots; at += 1)
      values[at] = (offset >>> (this.shifts[at] as number)) & ((1 << (this.widths[at] as number)) - 1)
  }

  /** The slots and the focuses of a mask. */
  static slotsOf(mask: number): number {
    return mask & ((1 << FOCUS) - 1)
  }

  static focusesOf(mask: number): number {
    return mask >>> FOCUS
  }

  /** Whether all states of a word have the same local states in these slots. */
  isWide(slots: number): boolean {
    return this.#each(slots, 0).every(at => (this.shifts[at] as number) >= WORD)
  }

  /** How many bits it takes to tell the combinations of these slots. */
  bitsOf(slots: number): number {
    return this.#each(slots, 0).reduce((bits, at) => bits + (this.widths[at] as number), 0)
  }

  /** Whether these are all the trailing slots. */
  isWhole(slots: number): boolean {
    return slots === (1 << (this.#slots - this.lead)) - 1
  }

  /** For each number within a page the number that the bits of these slots make. */
  indexOf(slots: number): Uint32Array {
    const known = this.#indexes.get(slots)
    if (known !== undefined) return known
    const index = new Uint32Array(2 ** this.bits)
    let room = 0
    for (const at of this.#each(slots, 0)) {
      const [shift, only] = [this.shifts[at] as number, (1 << (this.widths[at] as number)) - 1]
      for (let offset = 0; offset < index.length; offset += 1)
        index[offset] = (index[offset] as number) | (((offset >>> shift) & only) << room)
      room += this.widths[at] as number
    }
    this.#indexes.set(slots, index)
    return index
  }

  #each(slots: number, from: number): readonly number[] {
    if (slots === 0) return []
    return slots & 1 ? [this.lead + from, ...this.#each(slots >>> 1, from + 1)] : this.#each(slots >>> 1, from + 1)
  }

  /** The first of the slots from `first` that still fit before `lead`: all of them, or the last few if nothing else is in. */
  #from(first: number, lead: number, bits: number): number {
    const least = Math.max(first, this.#slots - FOCUS)
    let from = lead
    for (let used = bits; from > least; from -= 1) {
      used += this.widths[from - 1] as number
      if (used > MOST) break
    }
    return from === first || bits === 0 ? from : lead
  }
}

/** Bits for so many local states. */
const widthOf = (known: number): number => Math.max(1, Math.ceil(Math.log2(known)))
