/** Deterministic CBOR (RFC 8949 §4.2): what is decoded here encodes to the same bytes again, or is no value at all. */
import { decode, encode } from 'cborg'
import { equalBytes } from '@noble/ciphers/utils.js'

export type Value = string | number | boolean | null | Uint8Array | readonly Value[]

/** Encodes arrays, texts, byte strings, non-negative integers and booleans; with these alone cborg is deterministic. */
export const encodeValue = (value: Value): Uint8Array => encode(value)

/** Returns undefined for bytes that are not the deterministic encoding of anything. */
export const decodeValue = (bytes: Uint8Array): unknown => {
  const value = decodeStrictly(bytes)
  return value !== undefined && equalBytes(encode(value), bytes) ? value : undefined
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
