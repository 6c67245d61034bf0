/** The check of a symmetry: whether states that are said to be interchangeable do the same, and are answered the same. */
import { canonical } from '../../network/canonical.ts'
import { successor } from './paths.ts'
import type { Orbits } from './symmetry.ts'
import type { Tables } from './tables.ts'
import type { World } from './world.ts'

/** Two states that are said to be the same and are not, and what differs. */
export class NoSymmetry extends Error {
  constructor(first: string, second: string, what: string) {
    super(`expected a symmetry, got two states that differ: ${what}\n  ${first}\n  ${second}`)
  }
}

interface Answered {
  readonly given: boolean
  readonly holds: boolean
  readonly error: unknown
}

/** Texts of what tables answer again and again, by the answer itself. */
const said = new WeakMap<object, string>()

const once = (answer: object, say: () => string): string => {
  const known = said.get(answer) ?? say()
  said.set(answer, known)
  return known
}

const sayEach = (each: readonly Answered[]): string =>
  once(each, () => canonical(each.map(({ given, holds, error }) => [given, holds, error])))

const sayNamed = (all: readonly { readonly name: string }[], each: readonly Answered[]): string =>
  once(each, () => canonical(each.map(({ given, holds, error }, at) => [all[at]?.name ?? '', given, holds, error])))

/** What a state does and how it is answered, but for the order of slots: one line for each, sorted. */
const behaviour = (
  world: World,
  tables: Tables,
  inputs: readonly { readonly rule: string }[],
  orbits: Orbits,
  values: Int32Array,
): readonly string[] => {
  world.look(values)
  const states = tables.states.map(
    ({ name }, at) => `${canonical(name)} ${sayEach(tables.stateAnswer(at, values).found.each)}`,
  )
  const steps = inputs.map(({ rule }, input) => {
    const effect = tables.effect(input, values)
    const { step, questions } = effect.found
    const after = successor(world, tables, input, values)
    if (after !== null) orbits.stand(after)
    const answers = questions.map(({ questions: all }, at) =>
      sayNamed(all, tables.answer(effect, at, values).found.each),
    )
    const to = after === null ? '' : text(world, after)
    const outcome = once(step, () => canonical(step.kind === 'taken' ? step.outcome : step.by))
    return `${rule}: ${outcome} ${to} ${answers.toSorted().join(' ')}`
  })
  return [...states, ...steps].toSorted()
}

const text = ({ slots }: World, values: Int32Array): string =>
  slots.map(({ kind, slot, machine }, at) => `${kind} ${slot} ${machine.local(values[at] as number).key}`).join('; ')

/** Holds a state against those in which two neighbours have changed places. Throws NoSymmetry. */
export const expectSymmetry = (
  world: World,
  tables: Tables,
  inputs: readonly { readonly rule: string }[],
  orbits: Orbits,
  values: Int32Array,
): void => {
  const own = behaviour(world, tables, inputs, orbits, values.slice())
  for (const exchange of orbits.exchanges) {
    const other = orbits.permuted(values, exchange)
    const others = behaviour(world, tables, inputs, orbits, other)
    const at = own.findIndex((line, index) => line !== others[index])
    if (at !== -1) throw new NoSymmetry(text(world, values), text(world, other), `${own[at]} / ${others[at]}`)
  }
}

/** Holds every state, from the starts on, against those that it is said to be interchangeable with, up to so many. Throws NoSymmetry. */
export const expectSymmetryFrom = (
  world: World,
  tables: Tables,
  inputs: readonly { readonly rule: string }[],
  orbits: Orbits,
  starts: readonly Int32Array[],
  most: number,
): void => {
  const queue: Int32Array[] = starts.map(start => start.slice())
  const keyOf = (values: Int32Array) => values.subarray(0, world.slots.length).join()
  const seen = new Set(queue.map(keyOf))
  for (let at = 0; at < queue.length && at < most; at += 1) {
    const values = queue[at] as Int32Array
    expectSymmetry(world, tables, inputs, orbits, values)
    world.look(values)
    for (let input = 0; input < inputs.length; input += 1) {
      const after = successor(world, tables, input, values)
      if (after === null || seen.has(keyOf(after))) continue
      seen.add(keyOf(after))
      queue.push(after)
    }
  }
}
