/** The fast explorer: breadth first, with XState and the rules run once for each situation and integers ever after. */
import type { Slots, Things } from '../../network/kind.ts'
import { Expander } from './expander.ts'
import type { Stand } from './lookup.ts'
import { Layout } from './layout.ts'
import { Pages } from './pages.ts'
import { Tables, type Asked, type Broken } from './tables.ts'
import { World, type AnyNetwork, type AnyState, type AnyView } from './world.ts'

export interface Bounds {
  /** Asked before each page is expanded; true ends the exploration. */
  readonly stop?: () => boolean
  readonly maxStates?: number
  /** Bytes of the store. */
  readonly maxBytes?: number
}

/** An exploration under way. */
export class Explorer {
  readonly world: World
  readonly tables: Tables
  layout: Layout
  pages: Pages
  depth = 0
  /** States that were found when this level began. */
  before = 0
  readonly #bounds: Bounds
  /** Puts another state in the place of one that it stands for. Set before the exploration begins. */
  stand: Stand | null = null
  #expander: Expander

  constructor(
    net: AnyNetwork,
    counts: Slots<Things>,
    inputs: readonly { readonly rule: string }[],
    asked: Asked,
    onBroken: (broken: Broken, values: Int32Array) => void,
    facts: AnyView | null = null,
    bounds: Bounds = {},
  ) {
    this.world = new World(net, counts, facts, () => void (this.#expander.isStale = true))
    this.tables = new Tables(this.world, inputs, asked, onBroken)
    this.#bounds = bounds
    this.layout = new Layout(this.world)
    this.pages = new Pages(this.layout.lead, this.layout.words)
    this.#expander = new Expander(this.world, this.tables, this.layout, this.pages, null)
  }

  /** Explores from these states; whether all there is was explored. Throws NoAnswer. */
  run(starts: readonly AnyState[]): boolean {
    const numbers = starts.map(start => this.world.numbersOf(start))
    this.#layOut()
    for (const values of numbers) {
      this.stand?.(values)
      this.#add(this.pages.page(values), this.layout.offsetOf(values))
    }
    try {
      while (this.pages.next.length > 0) {
        this.before = this.pages.states
        if (!this.#level()) return false
        if (this.pages.next.length > 0) this.depth += 1
      }
      return true
    } finally {
      this.#expander.settle()
    }
  }

  /** Whether a state was found. */
  has(values: Int32Array): boolean {
    const page = this.pages.find(values)
    const offset = this.layout.offsetOf(values)
    return page !== -1 && (((this.pages.bits[page + (offset >>> 5)] as number) >>> (offset & 31)) & 1) === 1
  }

  /** Every state that was found, in no order. The values are those of the next one when the function returns. */
  readonly each = (visit: (values: Int32Array) => void): void => {
    const { pages, layout, world } = this
    const values = new Int32Array(world.sources)
    for (let page = 0; page < pages.count * pages.stride; page += pages.stride)
      for (let word = 0; word < pages.words; word += 1)
        for (let left = pages.bits[page + word] as number; left !== 0; left &= left - 1) {
          pages.leading(page, values)
          layout.spread((word << 5) + 31 - Math.clz32(left & -left), values)
          visit(values)
        }
  }

  #level(): boolean {
    let { pages: now, plane } = this.pages.turn()
    for (let at = 0; at < now.length;) {
      if (this.#isOver()) return false
      if (this.#expander.expand(now[at] as number, plane)) at += 1
      else {
        now = this.#relay(plane)
        plane = this.layout.words
        at = 0
      }
    }
    return true
  }

  #isOver(): boolean {
    const { stop, maxStates = Infinity, maxBytes = Infinity } = this.#bounds
    return stop?.() === true || this.pages.states > maxStates || this.pages.bytes > maxBytes
  }

  #add(page: number, offset: number): void {
    this.pages.add(page, offset >>> 5, 1 << (offset & 31))
  }

  #layOut(): void {
    this.#expander.settle()
    this.layout = new Layout(this.world)
    this.pages = new Pages(this.layout.lead, this.layout.words)
    this.#expander = new Expander(this.world, this.tables, this.layout, this.pages, this.stand)
  }

  /** Moves every state to where it is in a layout with more room. The pages that still are to be expanded now. */
  #relay(plane: number): readonly number[] {
    const { layout, pages } = this
    this.#layOut()
    const values = new Int32Array(this.world.sources)
    const copy = (from: number, put: (page: number, word: number, state: number) => void) => {
      for (let page = 0; page < pages.count * pages.stride; page += pages.stride)
        for (let word = 0; word < pages.words; word += 1)
          for (let left = pages.bits[page + from + word] as number; left !== 0; left &= left - 1) {
            pages.leading(page, values)
            layout.spread((word << 5) + 31 - Math.clz32(left & -left), values)
            const offset = this.layout.offsetOf(values)
            put(this.pages.page(values), offset >>> 5, 1 << (offset & 31))
          }
    }
    const wait = (page: number, word: number, state: number) => this.pages.add(page, word, state)
    copy(plane, wait)
    const { pages: now } = this.pages.turn()
    copy(pages.plane, wait)
    copy(0, (page, word, state) => this.pages.know(page, word, state))
    return now
  }
}
