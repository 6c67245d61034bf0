/** The cells of all programs: where the states of a cell lead, and what counts once for each of them. */
import { Bundle } from './program.ts'
import type { Leaf } from './tree.ts'

export class Cells {
  /** The leads of each cell: how many pairs, then pairs of where a page begins and what is added to the number within it. */
  readonly ops: number[] = []
  /** Of each cell: where its leads begin, how often it was the answer, and what it leaves open. */
  readonly starts: number[] = []
  readonly counts: number[] = []
  readonly left: (Bundle | null)[] = []
  /** Whose count goes up, and for each cell where its own begin. */
  readonly #whose: Leaf<unknown>[] = []
  readonly #from: number[] = []

  /** Adds a cell; what follows is added to it before the next one is. */
  begin(): number {
    this.counts.push(0)
    this.left.push(null)
    this.#from.push(this.#whose.length)
    return this.starts.push(this.ops.push(0) - 1) - 1
  }

  /** The cell counts for this. */
  credit(leaf: Leaf<unknown>): void {
    this.#whose.push(leaf)
  }

  lead(cell: number, page: number, more: number): void {
    const { ops } = this
    const at = this.starts[cell] as number
    ops[at] = (ops[at] as number) + 1
    ops.push(page, more)
  }

  /** What a cell leaves open. */
  leave(cell: number): Bundle {
    return (this.left[cell] ??= new Bundle())
  }

  /** Adds the counts to whose they are. */
  settle(): void {
    const { counts } = this
    for (let cell = 0; cell < counts.length; cell += 1) {
      const count = counts[cell] as number
      if (count === 0) continue
      const to = this.#from[cell + 1] ?? this.#whose.length
      for (let at = this.#from[cell] as number; at < to; at += 1) (this.#whose[at] as { count: number }).count += count
      counts[cell] = 0
    }
  }

  /** There are no cells any more. */
  clear(): void {
    for (const list of [this.ops, this.starts, this.counts, this.left, this.#whose, this.#from]) list.length = 0
  }
}
