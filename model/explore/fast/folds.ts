/** The folds of a view as numbers: accumulators, and what each becomes when one more slot is seen. */
import type { Things } from '../../network/kind.ts'
import type { Placed, View } from '../../network/view.ts'
import { Lens } from './lens.ts'
import type { Slot } from './machines.ts'
import { Numbers, textOf } from './numbers.ts'

/** A field of a view, and the slots whose local states have been seen to matter to it. */
export class Field extends Lens {
  readonly sensitive = new Set<number>()
}

/** The whole of a view that is no object. */
const WHOLE = ''

/** The fold of one focus. */
export class FocusFold {
  readonly #view: View<Things, unknown>
  readonly #focus: number
  readonly #slots: readonly Slot[]
  readonly #accumulators = new Numbers<unknown>()
  readonly #results: unknown[] = []
  readonly #fields = new Map<string, Field>()
  /** By slot, accumulator and local state. */
  readonly #next: number[][][]
  /** Called when a slot is seen to matter to a field for the first time. */
  readonly #onSensitive: () => void

  constructor(view: View<Things, unknown>, focus: number, slots: readonly Slot[], onSensitive: () => void) {
    this.#view = view
    this.#focus = focus
    this.#slots = slots
    this.#next = slots.map(() => [])
    this.#onSensitive = onSensitive
    this.#accumulators.of(view.initial(focus))
  }

  /** The accumulator before any slot was seen. */
  readonly initial = 0

  /** The accumulator after the slot was seen too. */
  add(accumulator: number, slot: number, local: number): number {
    const row = ((this.#next[slot] as number[][])[accumulator] ??= [])
    return row[local] ?? (row[local] = this.#work(accumulator, slot, local))
  }

  /** The accumulator after some slots of a state were seen too. */
  seen(values: Int32Array, from: number, to: number, before: number = this.initial): number {
    let seen = before
    for (let slot = from; slot < to; slot += 1) seen = this.add(seen, slot, values[slot] as number)
    return seen
  }

  /** What the focus sees when these slots were seen. */
  result(accumulator: number): unknown {
    return (this.#results[accumulator] ??= this.#view.result(this.#accumulators.values[accumulator]))
  }

  /** The lens on a field of the view, or on the whole of one that is no object. */
  field(name: string = WHOLE): Field {
    const known = this.#fields.get(name)
    if (known !== undefined) return known
    const field = new Field(`view ${this.#focus} ${name}`, accumulator => {
      const result = this.result(accumulator)
      const seen = name === WHOLE ? result : (result as Readonly<Record<string, unknown>>)[name]
      return textOf(seen)
    })
    this.#fields.set(name, field)
    this.#next.forEach((rows, slot) =>
      rows.forEach((row, before) => row.forEach(after => this.#compare(field, before, slot, after))),
    )
    return field
  }

  #work(accumulator: number, slot: number, local: number): number {
    const { machine, kind, slot: place } = this.#slots[slot] as Slot
    const placed = { kind, slot: place, local: machine.local(local) } as Placed<Things>
    const after = this.#accumulators.of(this.#view.add(this.#accumulators.values[accumulator], placed, this.#focus))
    for (const field of this.#fields.values()) this.#compare(field, accumulator, slot, after)
    return after
  }

  #compare(field: Field, before: number, slot: number, after: number): void {
    if (field.sensitive.has(slot) || field.at(before) === field.at(after)) return
    field.sensitive.add(slot)
    this.#onSensitive()
  }
}
