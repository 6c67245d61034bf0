/** Reading a sealed backup as SPEC.md §8 describes it, with a reader of the suite's own. */

/** What a sealed backup is made of. */
export interface SealedBackup {
  readonly header: Uint8Array
  readonly wrapped: Uint8Array
  readonly nonce: Uint8Array
  readonly sealed: Uint8Array
  /** Identifier of the snapshot, in hex. */
  readonly snapshot: string
}

export interface Item {
  readonly major: number
  /** The argument: a length, a count, or a number. */
  readonly argument: number
  /** Where what follows the head begins. */
  readonly at: number
}

/** The head of a data item (RFC 8949 §3); null for one that is not in its shortest form, or of indefinite length. */
export const head = (bytes: Uint8Array, at: number): Item | null => {
  const first = bytes[at]
  if (first === undefined) return null
  const [major, info] = [first >> 5, first & 31]
  if (info < 24) return { major, argument: info, at: at + 1 }
  const length = [1, 2, 4][info - 24]
  if (length === undefined || at + 1 + length > bytes.length) return null
  const argument = bytes.subarray(at + 1, at + 1 + length).reduce((number, byte) => number * 256 + byte, 0)
  const least = [24, 256, 65_536][info - 24] ?? 0
  return argument < least ? null : { major, argument, at: at + 1 + length }
}

const UNSIGNED = 0
const BYTES = 2
const TEXT = 3
const ARRAY = 4

/** An array of byte strings, texts and numbers that fills its bytes; null for anything else. */
const arrayOf = (bytes: Uint8Array): readonly (Uint8Array | number)[] | null => {
  const array = head(bytes, 0)
  if (array === null || array.major !== ARRAY) return null
  const items: (Uint8Array | number)[] = []
  let at = array.at
  for (let count = 0; count < array.argument; count += 1) {
    const item = head(bytes, at)
    if (item === null) return null
    const end = item.major === UNSIGNED ? item.at : item.at + item.argument
    if ((item.major !== BYTES && item.major !== TEXT && item.major !== UNSIGNED) || end > bytes.length) return null
    items.push(item.major === UNSIGNED ? item.argument : bytes.subarray(item.at, end))
    at = end
  }
  return at === bytes.length ? items : null
}

const isBytes = (value: Uint8Array | number | undefined, length?: number): value is Uint8Array =>
  value instanceof Uint8Array && (length === undefined || value.length === length)

const hex = (bytes: Uint8Array): string => [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
const latin = (value: Uint8Array | number | undefined): string => (isBytes(value) ? String.fromCharCode(...value) : '')

/** A sealed backup taken apart; null for bytes that are none. */
export const readSealedBackup = (bytes: Uint8Array): SealedBackup | null => {
  const [header, wrapped, nonce, sealed] = arrayOf(bytes) ?? []
  if (!isBytes(header) || !isBytes(wrapped, 40) || !isBytes(nonce, 12) || !isBytes(sealed) || sealed.length < 16)
    return null
  const [magic, version, mode, line, snapshot] = arrayOf(header) ?? []
  const isLabelled =
    latin(magic) === 'cloudhsm-backup' &&
    version === 1 &&
    ['FIPS', 'NON_FIPS'].includes(latin(mode)) &&
    ['hsm1', 'hsm2m'].includes(latin(line))
  return isLabelled && isBytes(snapshot, 16) ? { header, wrapped, nonce, sealed, snapshot: hex(snapshot) } : null
}
