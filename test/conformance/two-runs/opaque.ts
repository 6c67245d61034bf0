/** Equality up to a bijection on opaque values: what was drawn or computed inside may differ, if it differs in the same way throughout. */
import { bytesToHex } from '@noble/hashes/utils.js'
import { bijection, type Bijection } from '../memory.ts'
import { readValue, type Value } from './values.ts'

/** Where two values part: in how long they are, in how many items they have, or in what they say. */
export interface Parting {
  readonly kind: 'length' | 'count' | 'content'
  readonly actual: readonly [string, string]
}

/** What belongs together so far, in one pair of runs. */
export type Correspondence = Bijection
export const noCorrespondence = (): Correspondence => bijection()

/** Shorter ones are no secrets, and nothing that was computed: they have to be the same. Nonces are the shortest. */
const SHORTEST = 12
const DIGEST = /^[0-9a-f]{64}$/

/** Records are opaque as a whole; all else is read, and so are arrays inside of byte strings. */
export const partingOf = (
  known: Correspondence,
  one: Uint8Array,
  other: Uint8Array,
  isOpaque: boolean,
): Parting | null => {
  const [a, b] = isOpaque ? [undefined, undefined] : [readValue(one), readValue(other)]
  return a === undefined || b === undefined ? opaque(known, one, other) : partingIn(known, a, b)
}

const partingIn = (known: Correspondence, one: Value, other: Value): Parting | null => {
  if (one instanceof Uint8Array && other instanceof Uint8Array) return partingOfBytes(known, one, other)
  if (Array.isArray(one) && Array.isArray(other))
    return partingOfItems(known, one as readonly Value[], other as readonly Value[])
  if (typeof one === 'string' && typeof other === 'string' && DIGEST.test(one) && DIGEST.test(other))
    return corresponding(known, one, other)
  return one === other ? null : { kind: 'content', actual: [say(one), say(other)] }
}

const partingOfItems = (known: Correspondence, one: readonly Value[], other: readonly Value[]): Parting | null => {
  if (one.length !== other.length) return { kind: 'count', actual: [`${one.length} items`, `${other.length} items`] }
  for (const [index, item] of one.entries()) {
    const parting = partingIn(known, item, other[index] ?? null)
    if (parting !== null) return parting
  }
  return null
}

/** Random bytes hardly ever are an array, and never both. */
const partingOfBytes = (known: Correspondence, one: Uint8Array, other: Uint8Array): Parting | null => {
  const [a, b] = [readValue(one), readValue(other)]
  return Array.isArray(a) && Array.isArray(b) ? partingIn(known, a as Value, b as Value) : opaque(known, one, other)
}

const opaque = (known: Correspondence, one: Uint8Array, other: Uint8Array): Parting | null => {
  const [a, b] = [bytesToHex(one), bytesToHex(other)]
  if (one.length !== other.length) return { kind: 'length', actual: [`${one.length} bytes`, `${other.length} bytes`] }
  return one.length < SHORTEST ? (a === b ? null : { kind: 'content', actual: [a, b] }) : corresponding(known, a, b)
}

const corresponding = (known: Correspondence, one: string, other: string): Parting | null =>
  known.learn(one, other) === null
    ? null
    : { kind: 'content', actual: ['what was seen before, or was not', 'the other of the two'] }

const say = (value: Value): string => {
  const said = value instanceof Uint8Array ? `${value.length} bytes` : JSON.stringify(value)
  return said.length > 80 ? `${said.slice(0, 80)}...` : said
}
