/** Plain data: what JSON holds and gives back unchanged. Anything else in a value is found, with its path. */

/** A part of a value that is not plain data. */
export interface Foreign {
  /** `context.seen[0]` */
  readonly path: string
  /** What was found there: `a Map`. */
  readonly what: string
  /** What to write there, as an imperative. */
  readonly instead: string
}

interface Found {
  /** From the value down. */
  readonly path: string
  readonly what: string
  readonly instead: string
}

const found = (what: string, instead: string): Found => ({ path: '', what, instead })

const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['Map', 'write an object, or an array of pairs in a fixed order'],
  ['Set', 'write an array in a fixed order'],
  ['Date', 'write a number or a string'],
])

const instance = (prototype: object | null): Found => {
  if (prototype === null) return found('an object without a prototype', 'write a plain object')
  const name = (prototype as { readonly constructor?: { readonly name?: string } }).constructor?.name ?? ''
  const instead = INSTEAD.get(name)
  if (instead !== undefined) return found(`a ${name}`, instead)
  return found(`an instance of ${name === '' ? 'a class' : name}`, 'write a plain object')
}

const foreignNumber = (value: number): Found | null => {
  if (Object.is(value, -0)) return found('-0, which JSON writes as 0', 'write 0')
  return Number.isFinite(value) ? null : found(String(value), 'write null or a string')
}

const foreignValue = (value: unknown): Found => {
  if (value === undefined) return found('undefined', 'write null or leave the field out')
  if (typeof value === 'function')
    return found('a function', 'write a name, and call the function in a guard or an action')
  return found(`a ${typeof value}`, typeof value === 'bigint' ? 'write a number or a string' : 'write a string')
}

const step = (key: string, isArray: boolean): string => {
  if (isArray) return `[${key}]`
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}

const field = (whole: object, key: string, isArray: boolean, above: readonly object[]): Found | null => {
  const { value, get, set, enumerable } = Object.getOwnPropertyDescriptor(whole, key) ?? {}
  if (get !== undefined || set !== undefined) return found('a getter or setter', 'write its value')
  if (isArray && key === 'length') return null
  if (enumerable !== true) return found('a hidden field', 'make it an ordinary field')
  if (isArray && !/^(0|[1-9]\d*)$/.test(key)) return found('a field of an array', 'write an object')
  return search(value, above)
}

const parts = (whole: object, above: readonly object[]): Found | null => {
  const isArray = Array.isArray(whole)
  const prototype = Object.getPrototypeOf(whole) as object | null
  if (prototype !== (isArray ? Array.prototype : Object.prototype)) return instance(prototype)
  if (above.includes(whole)) return found('a part that contains itself', 'refer to it by a name or a number')
  const keys = Reflect.ownKeys(whole)
  if (isArray && keys.length <= whole.length) return found('an array with holes', 'write null in them')
  const inside = [...above, whole]
  for (const key of keys) {
    if (typeof key === 'symbol') return found('a field named by a symbol', 'name it by a string')
    const inner = field(whole, key, isArray, inside)
    if (inner !== null) return { ...inner, path: step(key, isArray) + inner.path }
  }
  return null
}

const search = (value: unknown, above: readonly object[]): Found | null => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return null
  if (typeof value === 'number') return foreignNumber(value)
  return typeof value === 'object' ? parts(value, above) : foreignValue(value)
}

/** The first part of a value that is not plain data, its path beginning with the value's name; null for plain data. */
export const foreign = (value: unknown, name: string): Foreign | null => {
  const part = search(value, [])
  return part === null ? null : { ...part, path: name + part.path }
}

/** Whether a value is surely plain data but for hidden fields, getters and symbols: the quick question, asked often. */
export const isPlain = (value: unknown, depth = 50): boolean => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return foreignNumber(value) === null
  if (typeof value !== 'object' || depth === 0) return false
  const isArray = Array.isArray(value)
  if (Object.getPrototypeOf(value) !== (isArray ? Array.prototype : Object.prototype)) return false
  if (isArray) {
    for (const part of value) if (!isPlain(part, depth - 1)) return false
    return true
  }
  for (const key in value) if (!isPlain((value as Record<string, unknown>)[key], depth - 1)) return false
  return true
}

/** Whether two values are surely the same plain data, whatever the order of keys: the quick question, asked often. */
export const isSame = (one: unknown, other: unknown): boolean => {
  if (one === null || typeof one !== 'object') return one === other && isPlain(one)
  if (other === null || typeof other !== 'object' || Array.isArray(one) !== Array.isArray(other)) return false
  const [parts, others] = [one as Readonly<Record<string, unknown>>, other as Readonly<Record<string, unknown>>]
  let left = 0
  for (const key in others) if (Object.hasOwn(others, key)) left += 1
  for (const key in parts) {
    if (!Object.hasOwn(parts, key) || !Object.hasOwn(others, key) || !isSame(parts[key], others[key])) return false
    left -= 1
  }
  return left === 0
}
