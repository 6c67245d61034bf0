/** Decision trees: an answer that was worked out once is found again wherever everything that was read is the same. */
import type { Lens } from './lens.ts'

/** One thing that was read: the slot or focus that it was read of, through which lens, and what was seen. */
export interface Read {
  readonly source: number
  readonly lens: Lens
  readonly seen: number
}

/** The end of a tree: what was worked out, and how often it was the answer. */
export class Leaf<Found> {
  readonly source = -1
  readonly found: Found
  count = 0
  /** What is asked where this is the answer, each a tree of its own; and which of them read anything. */
  readonly then: Tree<unknown>[] = []
  open: readonly number[] = []
  /** Sources within a page that whoever wants this answer must know, on top of those read on the way. */
  mask = 0
  /** As much of it as what follows from the answer takes, without what is asked. */
  own = 0

  constructor(found: Found) {
    this.found = found
  }
}

/** A source is read, and what is seen decides how to go on. */
export class Branch<Found> {
  readonly source: number
  readonly lens: Lens
  readonly children: Node<Found>[] = []
  /** The bit of its own source, if that lies within a page, and those of all that is below. */
  bit = 0
  mask = 0

  constructor(source: number, lens: Lens) {
    this.source = source
    this.lens = lens
  }

  /** How it goes on where the sources have these values; undefined where it is not known yet. */
  follow(values: Int32Array): Node<Found> | undefined {
    return this.children[this.lens.at(values[this.source] as number)]
  }
}

/** The bit of a source that lies within a page; 0 for what is the same in all of a page. */
export type BitOf = (source: number, lens: Lens) => number

/** The bits of the sources within a page that were read. */
export interface Seen {
  mask: number
}

export type Node<Found> = Branch<Found> | Leaf<Found>

export class Tree<Found> {
  /** For messages. */
  readonly name: string
  root: Node<Found> | undefined

  constructor(name: string) {
    this.name = name
  }

  get mask(): number {
    return this.root?.mask ?? 0
  }

  /**
   * The answer where the sources have these values; null where it was not worked out yet. What is read is added to `seen`.
   * `from`: where to begin, for who has settled what comes before.
   */
  find(values: Int32Array, seen: Seen, from: Node<Found> | undefined = this.root): Leaf<Found> | null {
    let at = from
    let mask = 0
    while (at !== undefined && at.source >= 0) {
      const branch = at as Branch<Found>
      mask |= branch.bit
      const value = values[branch.source] as number
      at = branch.children[branch.lens.seen[value] ?? branch.lens.at(value)]
    }
    seen.mask |= mask
    return (at as Leaf<Found> | undefined) ?? null
  }

  /** Follows what is the same in all of a page, or settled by the sources of a mask: to the end, or to where another is read. */
  descend(values: Int32Array, mask = 0): Node<Found> | undefined {
    let at = this.root
    while (at !== undefined && at.source >= 0 && ((at as Branch<Found>).bit & ~mask) === 0)
      at = (at as Branch<Found>).follow(values)
    return at
  }

  /** Adds an answer. Throws where something else was read before although all that was seen by then was the same. */
  add(reads: readonly Read[], leaf: Leaf<Found>, bitOf: BitOf): void {
    let put = (node: Node<Found>): void => void (this.root = node)
    let at = this.root
    for (const { source, lens, seen } of reads) {
      if (at === undefined) {
        at = new Branch<Found>(source, lens)
        at.bit = at.mask = bitOf(source, lens)
        put(at)
      }
      if (!(at instanceof Branch) || at.source !== source || at.lens !== lens) throw this.#unequal(at, lens)
      const { children } = at
      put = node => void (children[seen] = node)
      at = children[seen]
    }
    if (at !== undefined) throw this.#unequal(at, undefined)
    put(leaf)
  }

  /** Adds the bits of the answer for these values to every branch on the way to it. */
  widen(values: Int32Array): void {
    const way: Branch<Found>[] = []
    let at = this.root
    for (; at instanceof Branch; at = at.follow(values)) way.push(at)
    for (let below = at?.mask ?? 0, next = way.pop(); next !== undefined; next = way.pop()) below = next.mask |= below
  }

  /** Works out all bits anew. */
  renew(bitOf: BitOf, leafMask: (leaf: Leaf<Found>) => number): number {
    const visit = (at: Node<Found>): number => {
      if (at instanceof Leaf) return (at.mask = leafMask(at))
      at.bit = bitOf(at.source, at.lens)
      return (at.mask = at.children.reduce((mask, child) => mask | visit(child), at.bit))
    }
    return this.root === undefined ? 0 : visit(this.root)
  }

  #unequal(at: Node<Found>, lens: Lens | undefined): Error {
    const was = at instanceof Branch ? at.lens.name : 'nothing more'
    return new Error(
      `${this.name} is not a function of what it reads: it read ${was}, and now ${lens?.name ?? 'nothing more'}`,
    )
  }
}
