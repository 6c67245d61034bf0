/** The store: for each combination of the leading slots one page of bits, one bit for each state. Nothing is hashed away. */

/**
 * Parts of a page: the states that were found, and two planes for those that wait, of which one is being expanded and one is
 * being filled. After each plane there is an index, a bit for each of its words, so that empty ones are skipped.
 */

export class Pages {
  readonly lead: number
  readonly words: number
  /** Words of the index of a plane. */
  readonly indexWords: number
  /** Words from where a page begins to where the next one does. The last says whether the page waits to be expanded. */
  readonly stride: number
  bits: Int32Array
  count = 0
  /** States that were found. */
  states = 0
  /** The plane of the states that are found now: how far from where its page begins. */
  plane: number
  /** Where the pages begin that have states in that plane. */
  next: number[] = []
  #room = 64
  #keys: Int32Array
  #table = new Int32Array(256)

  constructor(lead: number, words: number) {
    this.lead = lead
    this.words = words
    this.indexWords = Math.ceil(words / 32)
    this.stride = words + 2 * (words + this.indexWords) + 1
    this.plane = words
    this.bits = new Int32Array(this.#room * this.stride)
    this.#keys = new Int32Array(this.#room * lead)
  }

  get bytes(): number {
    return this.bits.byteLength + this.#keys.byteLength + this.#table.byteLength
  }

  /** Where the page with these leading values begins, which is made if it is new. */
  page(values: ArrayLike<number>): number {
    if (this.count === this.#room) this.#grow()
    const at = this.#at(values)
    const known = this.#table[at] as number
    if (known > 0) return (known - 1) * this.stride
    for (let one = 0; one < this.lead; one += 1) this.#keys[this.count * this.lead + one] = values[one] as number
    this.count += 1
    this.#table[at] = this.count
    return (this.count - 1) * this.stride
  }

  /** Where the page with these leading values begins; -1 where there is none. */
  find(values: ArrayLike<number>): number {
    const known = this.#table[this.#at(values)] as number
    return known === 0 ? -1 : (known - 1) * this.stride
  }

  /** Sets the leading values of the page that begins here. */
  leading(page: number, values: Int32Array): void {
    const key = (page / this.stride) * this.lead
    for (let at = 0; at < this.lead; at += 1) values[at] = this.#keys[key + at] as number
  }

  /** Adds states of a word; those that are new wait to be expanded. */
  add(page: number, word: number, states: number): void {
    const { bits } = this
    const at = page + word
    const known = bits[at] as number
    const found = states & ~known
    if (found === 0) return
    bits[at] = known | found
    const wait = at + this.plane
    const waiting = bits[wait] as number
    bits[wait] = waiting | found
    if (waiting === 0) {
      const index = page + this.plane + this.words + (word >>> 5)
      bits[index] = (bits[index] as number) | (1 << (word & 31))
    }
    this.states += (found & (found - 1)) === 0 ? 1 : ones(found)
    if (bits[page + this.stride - 1] === 0) this.queue(page)
  }

  /** Adds states that do not wait to be expanded. */
  know(page: number, word: number, states: number): void {
    const found = states & ~(this.bits[page + word] as number)
    this.bits[page + word] = (this.bits[page + word] as number) | found
    this.states += ones(found)
  }

  queue(page: number): void {
    this.bits[page + this.stride - 1] = 1
    this.next.push(page)
  }

  /** The pages to expand now, and the plane of their states. What is found from now on is for the next time. */
  turn(): { readonly pages: readonly number[]; readonly plane: number } {
    const turned = { pages: this.next, plane: this.plane }
    this.next = []
    this.plane = this.plane === this.words ? 2 * this.words + this.indexWords : this.words
    for (const page of turned.pages) this.bits[page + this.stride - 1] = 0
    return turned
  }

  /** The place in the table of these leading values, or the free place where they belong. */
  #at(values: ArrayLike<number>): number {
    const { lead } = this
    const keys = this.#keys
    for (let at = this.#place(values, 0); ; at = (at + 1) & (this.#table.length - 1)) {
      const known = this.#table[at] as number
      if (known === 0) return at
      let same = 0
      while (same < lead && keys[(known - 1) * lead + same] === values[same]) same += 1
      if (same === lead) return at
    }
  }

  #place(values: ArrayLike<number>, from: number): number {
    return hash(values, from, this.lead) & (this.#table.length - 1)
  }

  #grow(): void {
    this.#room *= 2
    const keys = new Int32Array(this.#room * this.lead)
    keys.set(this.#keys)
    this.#keys = keys
    const bits = new Int32Array(this.#room * this.stride)
    bits.set(this.bits)
    this.bits = bits
    this.#table = new Int32Array(this.#room * 4)
    for (let page = 0; page < this.count; page += 1) {
      let at = this.#place(keys, page * this.lead)
      while (this.#table[at] !== 0) at = (at + 1) & (this.#table.length - 1)
      this.#table[at] = page + 1
    }
  }
}

/** How many bits are set. */
export const ones = (bits: number): number => {
  let left = bits - ((bits >>> 1) & 0x55555555)
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333)
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

const hash = (values: ArrayLike<number>, from: number, length: number): number => {
  let mixed = 0x9e3779b9
  for (let at = from; at < from + length; at += 1) {
    mixed = Math.imul(mixed ^ (values[at] as number), 0x85ebca6b)
    mixed ^= mixed >>> 13
  }
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
