/** What is public: every text and every byte string that the service sees in the clear, and what SPEC.md publishes. */

/** Constants that SPEC.md and AWS publish, and that a key could have been made of. */
export const PUBLISHED: readonly string[] = [
  '',
  'cloudhsm',
  'cloudhsm-backup',
  'cloudhsm-backup KI',
  'cloudhsm-backup PBK',
  'FIPS',
  'NON_FIPS',
  'hsm1',
  'hsm2m',
  'hsm1.medium',
  'hsm2m.medium',
  'PRECO',
  'CO',
  'CU',
  'AU',
  'password',
]

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

const INDEFINITE = 31
const LENGTHS = [1, 2, 4, 8]

/** The argument of a data item's head (RFC 8949 §3) and where it ends; null where there is no head. */
const headAt = (bytes: Uint8Array, at: number): readonly [argument: number, end: number] | null => {
  const info = (bytes[at] ?? INDEFINITE) & 31
  if (info < 24) return [info, at + 1]
  const length = LENGTHS[info - 24]
  if (length === undefined || at + 1 + length > bytes.length) return null
  return [bytes.subarray(at + 1, at + 1 + length).reduce((n, byte) => n * 256 + byte, 0), at + 1 + length]
}

/** Texts and byte strings of CBOR, at any depth: a document is a sequence of heads. Null for bytes that are no such sequence. */
const stringsOf = (bytes: Uint8Array): readonly string[] | null => {
  const strings: string[] = []
  for (let at = 0; at < bytes.length;) {
    const head = headAt(bytes, at)
    if (head === null) return null
    const [argument, end] = head
    const major = (bytes[at] ?? 0) >> 5
    const isString = major === 2 || major === 3
    if (isString && end + argument > bytes.length) return null
    if (isString) strings.push(latin1(bytes.subarray(end, end + argument)))
    at = isString ? end + argument : end
  }
  return strings
}

const WORDS = /[\w./+=:-]{3,}/g

/** The strings of a message, each a character for a byte: those of its CBOR, or else its words, and the whole. */
export const publicIn = (bytes: Uint8Array): readonly string[] => {
  const strings = stringsOf(bytes)
  if (strings !== null) return strings
  const text = latin1(bytes)
  return [...(text.match(WORDS) ?? []), text]
}
