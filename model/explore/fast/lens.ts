/** Lenses: what is read of a local state or of a view, as a small number that is worked out once for each. */

/** What is seen of a number, as a number: what has the same text is one, in the order in which it is met. */
export class Lens {
  /** For messages. */
  readonly name: string
  readonly #textOf: (of: number) => string
  readonly #numbers = new Map<string, number>()
  /** What was worked out. */
  readonly seen: number[] = []

  constructor(name: string, textOf: (of: number) => string) {
    this.name = name
    this.#textOf = textOf
  }

  at(of: number): number {
    return this.seen[of] ?? (this.seen[of] = this.#work(of))
  }

  #work(of: number): number {
    const text = this.#textOf(of)
    const known = this.#numbers.get(text) ?? this.#numbers.size
    this.#numbers.set(text, known)
    return known
  }
}
