/** The conditions of a guard, one by one: which of them kept a transition from being selected. */
import type { AnyStateMachine } from 'xstate'

/** What XState gives a guard. */
interface Given {
  readonly context: unknown
  readonly event: unknown
}

/** A guard as XState keeps it: a name, an object with a name, a composition, or a function. */
interface Composed {
  readonly name: string
  readonly guards?: readonly unknown[]
  readonly type?: string
}

type Predicate = (given: Given, params: undefined) => boolean

/** A part of a guard that joins several is put into parentheses: `not (a or b)` is no `not a or b`. */
const partText = (guard: unknown): string => {
  const isJoined = typeof guard === 'function' && /^(and|or)/.test(guard.name)
  return isJoined ? `(${guardText(guard)})` : guardText(guard)
}

/** A guard in words: names, `not`, `and`, `or`. */
export const guardText = (guard: unknown): string => {
  if (guard === undefined) return ''
  if (typeof guard === 'string') return guard
  const { name, guards, type } = guard as Composed
  if (type !== undefined) return type
  const parts = (guards ?? []).map(partText)
  if (name.startsWith('not')) return `not ${parts.join('')}`
  return parts.join(name.startsWith('or') ? ' or ' : ' and ')
}

/** Called for each named guard that is asked, with its answer. */
export type Told = (guard: string, answer: boolean) => void

/** What a guard answers; its parts are asked in order, until the answer is known. */
export const evaluate = (machine: AnyStateMachine, guard: unknown, given: Given, told?: Told): boolean => {
  const { guards, name, type } =
    typeof guard === 'string' ? { guards: undefined, name: '', type: guard } : (guard as Composed)
  const ask = (part: unknown) => evaluate(machine, part, given, told)
  if (type !== undefined) {
    const answer = ask(machine.implementations.guards[type])
    told?.(type, answer)
    return answer
  }
  if (guards === undefined) return (guard as Predicate)(given, undefined)
  if (name.startsWith('not')) return !ask(guards[0])
  return name.startsWith('or') ? guards.some(ask) : guards.every(ask)
}

/** The names of all guards that a guard is made of, those included that its names stand for. */
export const guardNames = (machine: AnyStateMachine, guard: unknown): readonly string[] => {
  if (guard === undefined) return []
  const { guards, type } = typeof guard === 'string' ? { guards: undefined, type: guard } : (guard as Composed)
  if (type !== undefined) return [type, ...guardNames(machine, machine.implementations.guards[type])]
  return (guards ?? []).flatMap(part => guardNames(machine, part))
}

/** The conditions of a conjunction that do not hold; any other guard is one condition. */
const failing = (machine: AnyStateMachine, guard: unknown, given: Given): readonly string[] => {
  const { guards, name } = typeof guard === 'string' ? { guards: undefined, name: '' } : (guard as Composed)
  if (guards !== undefined && name.startsWith('and')) return guards.flatMap(part => failing(machine, part, given))
  return evaluate(machine, guard, given) ? [] : [guardText(guard)]
}

/**
 * The one condition that kept an entry from being selected, where all its others hold: "unique cause" of the modified
 * condition/decision coverage of DO-178C. Null where none or several do not hold, or a guard cannot be asked.
 */
export const uniqueCause = (machine: AnyStateMachine, guard: unknown, given: Given): string | null => {
  try {
    const [first, second] = failing(machine, guard, given)
    return first !== undefined && second === undefined ? first : null
  } catch {
    return null
  }
}
