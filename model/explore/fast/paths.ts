/** Shortest paths: explores again with the tables that are there, remembering for each state where it was reached from. */
import type { Slot } from './machines.ts'
import type { Stand } from './lookup.ts'
import type { Tables } from './tables.ts'
import type { World } from './world.ts'

export interface Path {
  readonly start: number
  /** Positions of inputs. */
  readonly inputs: readonly number[]
  /** The state that it leads to. */
  readonly end: Int32Array
}

/** What an input leads to from the state with these values; null where nothing is taken. */
export const successor = ({ slots }: World, tables: Tables, input: number, values: Int32Array): Int32Array | null => {
  const { isTaken, moves } = tables.effect(input, values).found
  if (!isTaken) return null
  const after = values.slice()
  for (const { to, from, event } of moves) after[to] = (slots[from] as Slot).machine.next(event, values[from] as number)
  return after
}

/** States in the order in which they were met, each known by the state that stands for it. */
class Met {
  readonly values: Int32Array[] = []
  readonly from: number[] = []
  readonly by: number[] = []
  readonly #known = new Map<string, number>()

  /** The number of a state; the rest is kept for one that is new. */
  add(key: string, values: Int32Array, from: number, by: number): number {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    this.#known.set(key, this.values.length)
    this.from.push(from)
    this.by.push(by)
    return this.values.push(values) - 1
  }
}

/** A shortest path to each of some states that were reached, or to one that the same state stands for. */
export const pathsTo = (
  world: World,
  tables: Tables,
  starts: readonly Int32Array[],
  targets: readonly Int32Array[],
  stand: Stand | null,
): readonly Path[] => {
  const met = new Met()
  const keyOf = (values: Int32Array): string => {
    const standIn = values.slice()
    stand?.(standIn)
    return standIn.subarray(0, world.slots.length).join()
  }
  const keys = targets.map(keyOf)
  const missing = new Set(keys)
  const reach = (values: Int32Array, from: number, by: number) => {
    const key = keyOf(values)
    met.add(key, values, from, by)
    missing.delete(key)
  }
  starts.forEach((start, at) => reach(start, -1, at))
  for (let at = 0; missing.size > 0 && at < met.values.length; at += 1) {
    const values = met.values[at] as Int32Array
    world.look(values)
    for (let input = 0; input < tables.effects.length && missing.size > 0; input += 1) {
      const after = successor(world, tables, input, values)
      if (after !== null) reach(after, at, input)
    }
  }
  return targets.map((target, which) => {
    const inputs: number[] = []
    const end = met.add(keys[which] as string, target, -1, 0)
    let at = end
    for (; met.from[at] !== -1; at = met.from[at] as number) inputs.push(met.by[at] as number)
    return { start: met.by[at] as number, inputs: inputs.toReversed(), end: met.values[end] as Int32Array }
  })
}
