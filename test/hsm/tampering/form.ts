/** The form of a backup as SPEC.md §8 has it, written and read by the tests themselves, so that it can also be written wrongly. */
import { utf8ToBytes } from '@noble/hashes/utils.js'

/** What a backup says about itself. Anything can stand here, not only what an HSM would write. */
export interface Label {
  readonly magic: string
  readonly version: number
  readonly mode: string
  readonly line: string
  readonly snapshot: Uint8Array
}

/** The four byte strings. */
export interface Fields {
  readonly header: Uint8Array
  readonly wrapped: Uint8Array
  readonly nonce: Uint8Array
  readonly sealed: Uint8Array
}

export const FIELDS = ['header', 'wrapped', 'nonce', 'sealed'] as const satisfies readonly (keyof Fields)[]

/** A data item of CBOR (RFC 8949 §3): its major type and argument, and what follows its head. */
export interface Item {
  readonly major: number
  readonly argument: number
  readonly body: readonly Uint8Array[]
}

const join = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap(part => [...part]))

/** The head of an item in its shortest form, or that many steps longer than it needs to be. */
export const headOf = (major: number, argument: number, wider = 0): Uint8Array => {
  const shortest = argument < 24 ? 0 : argument < 256 ? 1 : argument < 65_536 ? 2 : 3
  const step = Math.min(shortest + wider, 4)
  if (step === 0) return Uint8Array.of((major << 5) | argument)
  const bytes = new Uint8Array(1 + 2 ** (step - 1))
  bytes[0] = (major << 5) | (23 + step)
  for (let at = bytes.length - 1, rest = argument; at > 0; at -= 1, rest = Math.floor(rest / 256))
    bytes[at] = rest % 256
  return bytes
}

export const write = ({ major, argument, body }: Item, wider = 0): Uint8Array =>
  join([headOf(major, argument, wider), ...body])

export const bytesItem = (bytes: Uint8Array): Item => ({ major: 2, argument: bytes.length, body: [bytes] })
export const textItem = (text: string): Item => ({ ...bytesItem(utf8ToBytes(text)), major: 3 })
export const numberItem = (number: number): Item => ({ major: 0, argument: number, body: [] })
export const arrayItem = (items: readonly Uint8Array[]): Item => ({ major: 4, argument: items.length, body: items })

/** The items of a header, in their order. */
export const labelItems = ({ magic, version, mode, line, snapshot }: Label): readonly Item[] => [
  textItem(magic),
  numberItem(version),
  textItem(mode),
  textItem(line),
  bytesItem(snapshot),
]

export const writeLabel = (label: Label): Uint8Array => write(arrayItem(labelItems(label).map(item => write(item))))

export const writeBackup = (fields: Fields): Uint8Array =>
  write(arrayItem(FIELDS.map(field => write(bytesItem(fields[field])))))

/** One byte string, text or number at a place, with the place after it; null for what is not written in the shortest way. */
const readItem = (bytes: Uint8Array, at: number): { readonly item: Item; readonly end: number } | null => {
  const first = bytes[at] ?? 0xff
  const [major, info] = [first >> 5, first & 31]
  const length = info < 24 ? 0 : 2 ** (info - 24)
  const argument = info < 24 ? info : bytes.subarray(at + 1, at + 1 + length).reduce((n, byte) => n * 256 + byte, 0)
  const start = at + 1 + length
  const end = major === 0 ? start : start + argument
  if (info > 27 || ![0, 2, 3].includes(major) || end > bytes.length) return null
  const item = { major, argument, body: major === 0 ? [] : [bytes.subarray(start, end)] }
  return same(write(item), bytes.subarray(at, end)) ? { item, end } : null
}

/** The items of an array that fills the bytes; null when it is not one of this many. */
const readArray = (bytes: Uint8Array, count: number): readonly Item[] | null => {
  if (bytes[0] !== (4 << 5) + count) return null
  const items: Item[] = []
  let at = 1
  while (items.length < count) {
    const read = readItem(bytes, at)
    if (read === null) return null
    items.push(read.item)
    at = read.end
  }
  return at === bytes.length ? items : null
}

export const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at])

const NOTHING = new Uint8Array(0)
const bytesOf = (item: Item | undefined): Uint8Array => item?.body[0] ?? NOTHING
const textOf = (item: Item | undefined): string => String.fromCharCode(...bytesOf(item))

/** A backup taken apart; null for what is not of the form. */
export const readBackup = (bytes: Uint8Array): { readonly fields: Fields; readonly label: Label } | null => {
  const items = readArray(bytes, 4)
  if (items === null || items.some(({ major }) => major !== 2)) return null
  const [header, wrapped, nonce, sealed] = items.map(bytesOf)
  if (header === undefined || wrapped?.length !== 40 || nonce?.length !== 12 || sealed === undefined) return null
  const label = readLabel(header)
  return label === null || sealed.length < 16 ? null : { fields: { header, wrapped, nonce, sealed }, label }
}

const readLabel = (header: Uint8Array): Label | null => {
  const items = readArray(header, 5)
  if (items === null || items.map(({ major }) => major).join('') !== '30332') return null
  const [magic, version, mode, line, snapshot] = items
  const label = {
    magic: textOf(magic),
    version: version?.argument ?? 0,
    mode: textOf(mode),
    line: textOf(line),
    snapshot: bytesOf(snapshot),
  }
  const isKnown =
    label.magic === 'cloudhsm-backup' &&
    label.version === 1 &&
    ['FIPS', 'NON_FIPS'].includes(label.mode) &&
    ['hsm1', 'hsm2m'].includes(label.line)
  return isKnown && label.snapshot.length === 16 ? label : null
}
