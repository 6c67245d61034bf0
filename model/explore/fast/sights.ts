/** What the focuses see of the states of a page: folded once for each number within a page and each beginning of the fold. */
import type { FocusFold } from './folds.ts'
import type { Layout } from './layout.ts'
import type { World } from './world.ts'

/** Most numbers that are kept, four bytes each; beyond them every state is folded. */
const MOST = 2 ** 22

export class Sights {
  readonly #world: World
  readonly #layout: Layout
  /** By focus, and by what it sees of the leading slots: by number within a page, one more than what it sees of all slots. */
  readonly #tables: (Int32Array | undefined)[][]
  readonly #trailing: Int32Array
  #room = MOST

  constructor(world: World, layout: Layout) {
    this.#world = world
    this.#layout = layout
    this.#tables = world.folds.map(() => [])
    this.#trailing = new Int32Array(world.slots.length)
  }

  /** Puts into `values` what each focus sees of a state, given what it sees of the leading slots. */
  look(offset: number, seen: readonly number[], values: Int32Array): void {
    const first = this.#world.slots.length
    for (let focus = 0; focus < seen.length; focus += 1) {
      const table = this.#tableOf(focus, seen[focus] as number)
      const known = table === null ? 0 : (table[offset] as number)
      values[first + focus] = known > 0 ? known - 1 : this.#fold(focus, offset, seen[focus] as number, table)
    }
  }

  #fold(focus: number, offset: number, before: number, table: Int32Array | null): number {
    const { slots, folds } = this.#world
    this.#layout.spread(offset, this.#trailing)
    const sight = (folds[focus] as FocusFold).seen(this.#trailing, this.#layout.lead, slots.length, before)
    if (table !== null) table[offset] = sight + 1
    return sight
  }

  #tableOf(focus: number, before: number): Int32Array | null {
    const tables = this.#tables[focus] as (Int32Array | undefined)[]
    return tables[before] ?? this.#make(tables, before)
  }

  #make(tables: (Int32Array | undefined)[], before: number): Int32Array | null {
    const size = 2 ** this.#layout.bits
    if (size > this.#room) return null
    this.#room -= size
    return (tables[before] = new Int32Array(size))
  }
}
