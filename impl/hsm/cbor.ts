/** Deterministic CBOR (RFC 8949 §4.2): what is decoded here encodes to the same bytes again, or is no value at all. */
import { decode, encodeInto } from 'cborg'
import { equalBytes } from '@noble/ciphers/utils.js'

export type Value = string | number | boolean | null | Uint8Array | readonly Value[]

/** Encodes arrays, texts, byte strings, non-negative integers and booleans; with these alone cborg is deterministic. */
export const encodeValue = (value: Value): Uint8Array => {
  // Into bytes of its own: what is encoded may be secret, and cborg keeps the memory that it makes itself.
  const bytes = new Uint8Array(sizeOf(value))
  if (encodeInto(value, bytes).written !== bytes.length)
    throw new RangeError('expected a value of the kinds that are encoded')
  return bytes
}

/** Bytes of a head with this argument (RFC 8949 §3). */
const headOf = (argument: number): number =>
  argument < 24 ? 1 : argument < 256 ? 2 : argument < 65_536 ? 3 : argument < 2 ** 32 ? 5 : 9

/** Bytes of a text in UTF-8 (RFC 3629 §3): a pair of surrogates is four, one without its other half becomes the three of U+FFFD. */
const utf8Of = (text: string): number => {
  let bytes = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) continue
    const isPair = unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00
    if (isPair) at++
    bytes += unit < 0x800 ? 1 : 2
  }
  return bytes
}

const sizeOf = (value: Value): number => {
  if (typeof value === 'number') return headOf(value)
  if (typeof value === 'string') return sized(utf8Of(value))
  if (value instanceof Uint8Array) return sized(value.length)
  if (value === null || typeof value === 'boolean') return 1
  let size = headOf(value.length)
  for (const item of value) size += sizeOf(item)
  return size
}

const sized = (length: number): number => headOf(length) + length

/** Returns undefined for bytes that `encodeValue` would not have written, and for a text that begins with a byte order mark. */
export const decodeValue = (bytes: Uint8Array): unknown => {
  const value = decodeStrictly(bytes)
  if (value === undefined) return undefined
  return isPlain(bytes) || (isValue(value) && equalBytes(encodeValue(value), bytes)) ? value : undefined
}

const isValue = (value: unknown): value is Value =>
  value === null || isCount(value) || isText(value) || typeof value === 'boolean' || isBytes(value)
    ? true
    : Array.isArray(value) && value.every(isValue)

/** Where the argument of a head begins to need this many bytes, 1, 2 or 4 (RFC 8949 §4.2.1). */
const LEAST: Readonly<Record<number, number>> = { 1: 24, 2: 256, 4: 65_536 }

/**
 * Whether bytes are nothing but arrays, byte strings, texts of ASCII, numbers below 2^32, booleans and null, with the shortest heads:
 * what these encode to again cannot be anything else, and contents of a megabyte need not be encoded once more to see it.
 */
const isPlain = (bytes: Uint8Array): boolean => {
  let at = 0
  while (at < bytes.length) {
    const first = bytes[at++] ?? 0
    const [major, info] = [first >> 5, first & 31]
    if (major === 7) {
      if (info < 20 || info > 22) return false
      continue
    }
    const length = info < 24 ? 0 : 1 << (info - 24)
    if (length > 4 || major === 1 || major > 4) return false
    let argument = info
    if (length > 0) {
      argument = 0
      for (const end = at + length; at < end; at++) argument = argument * 256 + (bytes[at] ?? 0)
      if (argument < (LEAST[length] ?? 0)) return false
    }
    if (major === 0 || major === 4) continue
    const end = at + argument
    if (end > bytes.length) return false
    if (major === 3) for (; at < end; at++) if ((bytes[at] ?? 0) > 0x7f) return false
    at = end
  }
  return true
}

const decodeStrictly = (bytes: Uint8Array): unknown => {
  try {
    return decode(bytes, {
      strict: true,
      allowIndefinite: false,
      allowUndefined: false,
      allowInfinity: false,
      allowNaN: false,
      allowBigInt: false,
      rejectDuplicateMapKeys: true,
    })
  } catch {
    return undefined
  }
}

/** The items of an array of exactly this many; undefined otherwise. */
export const itemsOf = (value: unknown, count: number): readonly unknown[] | undefined =>
  Array.isArray(value) && value.length === count ? value : undefined

export const isBytes = (value: unknown, length?: number): value is Uint8Array =>
  value instanceof Uint8Array && (length === undefined || value.length === length)

export const isText = (value: unknown): value is string => typeof value === 'string'

/** An integer from 0 to 2^53 - 1. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
