/** What an emission says, read as far as it is written in CBOR, with a reader of the suite's own. */
import { head } from '../cbor.ts'

export type Value = string | number | boolean | null | Uint8Array | readonly Value[]

const UNSIGNED = 0
const BYTES = 2
const TEXT = 3
const ARRAY = 4
const SIMPLE = new Map<number, boolean | null>([
  [20, false],
  [21, true],
  [22, null],
])

interface Read {
  readonly value: Value
  readonly end: number
}

const text = new TextDecoder()

/** The value that the bytes are the encoding of; undefined where they are none. Numbers are of 32 bits at most. */
export const readValue = (bytes: Uint8Array): Value | undefined => {
  const read = readAt(bytes, 0)
  return read === null || read.end !== bytes.length ? undefined : read.value
}

const readAt = (bytes: Uint8Array, start: number): Read | null => {
  const item = head(bytes, start)
  if (item === null) return null
  const { major, argument, at } = item
  if (major === UNSIGNED) return { value: argument, end: at }
  if (major === BYTES || major === TEXT) return readString(bytes, { major, at, end: at + argument })
  if (major === ARRAY) return readItems(bytes, argument, at)
  const simple = major === 7 && at === start + 1 ? SIMPLE.get(argument) : undefined
  return simple === undefined ? null : { value: simple, end: at }
}

const readString = (
  bytes: Uint8Array,
  { major, at, end }: { readonly major: number; readonly at: number; readonly end: number },
): Read | null => {
  if (end > bytes.length) return null
  const content = bytes.subarray(at, end)
  return { value: major === BYTES ? content : text.decode(content), end }
}

const readItems = (bytes: Uint8Array, count: number, start: number): Read | null => {
  const items: Value[] = []
  let end = start
  for (let index = 0; index < count; index += 1) {
    const read = readAt(bytes, end)
    if (read === null) return null
    items.push(read.value)
    end = read.end
  }
  return { value: items, end }
}
