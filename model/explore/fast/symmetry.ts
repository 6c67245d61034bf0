/** Symmetry: slots of a kind that are interchangeable, so that one state stands for all that differ in their order only. */
import type { Local } from '../../network/kind.ts'
import type { Slot } from './machines.ts'
import type { World } from './world.ts'

/** What is interchangeable, and where slots are referred to. */
export interface Symmetry {
  /** Kinds whose slots are interchangeable. */
  readonly kinds: readonly string[]
  /** By kind and field of its context: the kind whose slots the field names, as a number, a list of numbers, or null. */
  readonly references?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** Where each slot of some kinds goes. */
export type Permutation = Readonly<Record<string, readonly number[]>>

const orders = (count: number): readonly (readonly number[])[] =>
  count === 0
    ? [[]]
    : orders(count - 1).flatMap(order =>
        Array.from({ length: count }, (_, at) => [...order.slice(0, at), count - 1, ...order.slice(at)]),
      )

const renamed = (value: unknown, to: readonly number[]): unknown => {
  if (typeof value === 'number') return to[value] ?? value
  return Array.isArray(value) ? value.map(one => renamed(one, to)).toSorted((a, b) => Number(a) - Number(b)) : value
}

/** The symmetric states of a world. */
export class Orbits {
  readonly #world: World
  readonly #symmetry: Symmetry
  /** One exchange of two neighbouring slots for each such pair: together they make every permutation. */
  readonly exchanges: readonly Permutation[]
  /** Every permutation of the kinds that are referred to. */
  readonly #all: readonly Permutation[]
  /** Kinds that nobody refers to: their slots are sorted. */
  readonly #sorted: readonly string[]
  /** By permutation, kind and local state: what it becomes. */
  readonly #becomes = new Map<Permutation, Map<string, number[]>>()

  /** Throws on kinds that do not exist, and on a queue: the order of its slots is not free. */
  constructor(world: World, symmetry: Symmetry) {
    this.#world = world
    this.#symmetry = symmetry
    const { net } = world
    const named = Object.values(symmetry.references ?? {}).flatMap(fields => Object.values(fields))
    for (const kind of [...symmetry.kinds, ...Object.keys(symmetry.references ?? {}), ...named])
      if (!net.names.includes(kind)) throw new RangeError(`expected a kind that is interchangeable, got ${kind}`)
    const queue = symmetry.kinds.find(kind => net.kinds[kind]?.queue === true)
    if (queue !== undefined) throw new RangeError(`expected slots without an order, got the queue of ${queue}`)
    const isNamed = (kind: string) => named.includes(kind)
    this.#sorted = symmetry.kinds.filter(kind => !isNamed(kind) && symmetry.references?.[kind] === undefined)
    const permuted = symmetry.kinds.filter(kind => !this.#sorted.includes(kind))
    this.#all = permuted.reduce<readonly Permutation[]>(
      (all, kind) => all.flatMap(one => orders(this.#count(kind)).map(order => ({ ...one, [kind]: order }))),
      [{}],
    )
    this.exchanges = symmetry.kinds.flatMap(kind =>
      Array.from({ length: Math.max(0, this.#count(kind) - 1) }, (_, at) => ({
        [kind]: Array.from({ length: this.#count(kind) }, (__, slot) =>
          slot === at ? at + 1 : slot === at + 1 ? at : slot,
        ),
      })),
    )
  }

  /** Puts the state that stands for all of the orbit in the place of a state. */
  readonly stand = (values: Int32Array): void => {
    let least: Int32Array | null = null
    for (const permutation of this.#all) {
      const other = this.permuted(values, permutation)
      this.#sort(other)
      if (least === null || this.#isLess(other, least)) least = other
    }
    if (least !== null) values.set(least)
  }

  /** The state in which the slots have changed places, whoever refers to them included. */
  permuted(values: Int32Array, permutation: Permutation): Int32Array {
    const other = values.slice()
    this.#world.slots.forEach(({ kind, slot }, at) => {
      const to = (this.#world.first[kind] as number) + (permutation[kind]?.[slot] ?? slot)
      other[to] = this.#become(permutation, at, values[at] as number)
    })
    return other
  }

  #count(kind: string): number {
    return this.#world.slots.filter(slot => slot.kind === kind).length
  }

  #sort(values: Int32Array): void {
    for (const kind of this.#sorted) {
      const first = this.#world.first[kind] as number
      values.subarray(first, first + this.#count(kind)).sort()
    }
  }

  #isLess(values: Int32Array, than: Int32Array): boolean {
    for (let at = 0; at < this.#world.slots.length; at += 1) {
      const difference = (values[at] as number) - (than[at] as number)
      if (difference !== 0) return difference < 0
    }
    return false
  }

  #become(permutation: Permutation, at: number, id: number): number {
    const { kind, machine } = this.#world.slots[at] as Slot
    const fields = this.#symmetry.references?.[kind]
    if (fields === undefined) return id
    const byKind = this.#becomes.get(permutation) ?? new Map<string, number[]>()
    this.#becomes.set(permutation, byKind)
    const known = byKind.get(kind) ?? []
    byKind.set(kind, known)
    return (known[id] ??= machine.know(this.#renamed(machine.local(id), kind, fields, permutation)))
  }

  #renamed(local: Local, kind: string, fields: Readonly<Record<string, string>>, permutation: Permutation): Local {
    const changed = Object.entries(fields).flatMap(([field, of]) => {
      const to = permutation[of]
      const value = (local.context as Readonly<Record<string, unknown>>)[field]
      return to === undefined ? [] : [[field, renamed(value, to)]]
    })
    const { localOf } = this.#world.net.reactors[kind] as World['net']['reactors'][string]
    return localOf(local.value, { ...local.context, ...Object.fromEntries(changed) })
  }
}
