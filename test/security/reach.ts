/** What whoever holds an object can read off it: everything that is reached by reflection, and nothing that takes a call. */

/** Text or bytes, and the way to it. */
export interface Reached {
  readonly path: string
  readonly bytes: Uint8Array
}

const BUILT_IN: ReadonlySet<object> = new Set(
  [Object, Function, Array, Map, Set, WeakMap, WeakSet, Error, Uint8Array, Promise].flatMap(made => [
    made,
    made.prototype as object,
  ]),
)
const TYPED_ARRAY = Object.getPrototypeOf(Uint8Array.prototype) as object

const encoder = new TextEncoder()

const isByte = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 256

/** The bytes that a value is: of a text, a buffer, or a list of small numbers. */
const bytesOf = (value: unknown): Uint8Array | null => {
  if (typeof value === 'string') return encoder.encode(value)
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  return Array.isArray(value) && value.length > 0 && value.every(isByte) ? Uint8Array.from(value as number[]) : null
}

/** A property's value; of a getter what it answers on an object, whoever of its prototypes has it. */
const read = (owner: object, key: PropertyKey, object: object): unknown => {
  try {
    return Reflect.get(owner, key, object)
  } catch {
    return undefined
  }
}

/** What every program has is not looked at: nothing of ours is kept there. */
const isBuiltIn = (object: object): boolean => BUILT_IN.has(object) || object === TYPED_ARRAY

/** The object and its prototypes, as far as they are somebody's own. */
const chainOf = (object: object): readonly object[] => {
  const inherited = Reflect.getPrototypeOf(object)
  return inherited === null || isBuiltIn(inherited) ? [object] : [object, ...chainOf(inherited)]
}

type Way = readonly [path: string, value: unknown]

/** What is one step away: own properties, symbols and getters among them, entries, and the prototype. */
const stepsFrom = (path: string, object: object): readonly Way[] => {
  if (ArrayBuffer.isView(object)) return []
  const keys = chainOf(object).flatMap(owner => Reflect.ownKeys(owner).map(key => [owner, key] as const))
  const names = keys.map(([, key]) => [`${path}, a name`, String(key)] as const)
  const values = keys.map(([owner, key]) => [`${path}.${String(key)}`, read(owner, key, object)] as const)
  const entries = object instanceof Map ? [...object].flat() : object instanceof Set ? [...object] : []
  return [...names, ...values, ...(entries as unknown[]).map((value, at) => [`${path}[${at}]`, value] as const)]
}

/** Everything that is reached from a value, each object once. */
export const reachedFrom = (name: string, root: unknown): readonly Reached[] => {
  const seen = new Set<unknown>()
  const reached: Reached[] = []
  const ways: Way[] = [[name, root]]
  for (let way = ways.pop(); way !== undefined; way = ways.pop()) {
    const [path, value] = way
    const bytes = bytesOf(value)
    if (bytes !== null) reached.push({ path, bytes })
    const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function'
    if (typeof value === 'symbol') reached.push({ path, bytes: encoder.encode(String(value)) })
    if (!isObject || seen.has(value) || isBuiltIn(value as object)) continue
    seen.add(value)
    ways.push(...stepsFrom(path, value as object))
  }
  return reached
}
