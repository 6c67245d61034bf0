/** Guards as they are written: the conditions of a conjunction, each a name with or without `not`, taken apart and put together. */
import { and, not } from 'xstate'

/** One condition: the name of a guard, and whether the guard has to say no. */
export interface Condition {
  readonly name: string
  readonly isNegated: boolean
}

interface Composed {
  readonly name: string
  readonly guards?: readonly unknown[]
}

/** The conditions of a guard; null of one that is no conjunction of names. */
export const conditionsOf = (guard: unknown): readonly Condition[] | null => {
  if (guard === undefined) return []
  if (typeof guard === 'string') return [{ name: guard, isNegated: false }]
  const { name, guards } = guard as Composed
  if (guards === undefined || name.startsWith('or')) return null
  const parts = guards.map(conditionsOf)
  if (parts.some(part => part === null)) return null
  const all = parts.flatMap(part => part ?? [])
  if (!name.startsWith('not')) return all
  const [first, ...more] = all
  return first === undefined || more.length > 0 ? null : [{ ...first, isNegated: !first.isNegated }]
}

const written = ({ name, isNegated }: Condition): unknown => (isNegated ? not(name) : name)

/** A guard of these conditions; undefined without any. */
export const guardOf = (conditions: readonly Condition[]): unknown => {
  const [first, ...more] = conditions
  if (first === undefined) return undefined
  return more.length === 0 ? written(first) : and(conditions.map(written) as never)
}

/** A condition in words. */
export const say = ({ name, isNegated }: Condition): string => (isNegated ? `not ${name}` : name)
