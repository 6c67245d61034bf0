/** A row of whole numbers that grows at its end, kept flat: what a graph of millions of steps is made of. */

export interface Ints {
  /** Appends a number of 32 bits and answers its place. */
  readonly push: (value: number) => number
  /** The number at a place; undefined beyond the end. */
  readonly at: (place: number) => number | undefined
  readonly length: () => number
  /** A copy of the numbers, of exactly their length. */
  readonly flat: () => Int32Array
}

/** An empty row. */
export const ints = (): Ints => {
  let values = new Int32Array(256)
  let length = 0
  return {
    push: value => {
      if (length === values.length) {
        const grown = new Int32Array(2 * length)
        grown.set(values)
        values = grown
      }
      values[length] = value
      length += 1
      return length - 1
    },
    at: place => (place < length ? values[place] : undefined),
    length: () => length,
    flat: () => values.slice(0, length),
  }
}
