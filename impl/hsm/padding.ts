/** Padding of what goes into records: one length for all that fits, so that what is said does not show in how long it is. */
import { clean } from '@noble/ciphers/utils.js'
import { decodeValue, encodeValue, type Value } from './cbor.ts'

/** Bytes. Every command and answer fits into one, with passwords and labels of up to 64 bytes and names of up to 16. §channel.length */
export const BLOCK = 256

const MARK = 0x80

/** A mark and as many zeros as it takes to fill the last block (the padding of ISO/IEC 7816-4). */
export const pad = (bytes: Uint8Array): Uint8Array => {
  const padded = new Uint8Array(Math.ceil((bytes.length + 1) / BLOCK) * BLOCK)
  padded.set(bytes)
  padded[bytes.length] = MARK
  return padded
}

/** What was padded; null for bytes that are no whole blocks, or that end without a mark within the last of them. */
export const unpad = (padded: Uint8Array): Uint8Array | null => {
  const end = padded.findLastIndex(byte => byte !== 0)
  if (padded.length % BLOCK !== 0 || padded[end] !== MARK || padded.length - end > BLOCK) return null
  return padded.subarray(0, end)
}

/** A value, encoded and padded. */
export const encodePadded = (value: Value): Uint8Array => {
  const bytes = encodeValue(value)
  const padded = pad(bytes)
  clean(bytes)
  return padded
}

/** The value; undefined for bytes that are not padded, or that encode nothing. */
export const decodePadded = (padded: Uint8Array): unknown => {
  const bytes = unpad(padded)
  return bytes === null ? undefined : decodeValue(bytes)
}
