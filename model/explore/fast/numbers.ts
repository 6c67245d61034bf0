/** Values as numbers: equal values get one number, in the order in which they were first met. */
import { canonical } from '../../network/canonical.ts'

/** The text by which a value is told from others. Throws on what is not plain data. */
export const textOf = (value: unknown): string => (value === undefined ? 'undefined' : canonical(value))

/** Numbers for values of one sort. Equal means the same canonical text. */
export class Numbers<Value> {
  readonly values: Value[] = []
  readonly #known = new Map<string, number>()

  /** The number of a value. Throws on what is not plain data. */
  of(value: Value): number {
    return this.named(canonical(value), value)
  }

  /** The number of what has this name; `value` is kept for a name that is new. */
  named(name: string, value: Value): number {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    this.#known.set(name, this.values.length)
    return this.values.push(value) - 1
  }
}
