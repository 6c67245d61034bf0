/** Looks for secrets in messages, one pass over each: in any form, whole, or in two parts in two messages that follow each other. */
import { formsOf } from './bytes-forms.ts'

/** One way to write one secret. */
interface Form {
  readonly bytes: Uint8Array
  /** Its first and its last four bytes, as a number. */
  readonly head: number
  readonly tail: number
}

/** The greater part of a form, at the end of one message's search: `at` bytes of it were there. */
interface Part {
  readonly form: Form
  readonly at: number
}

interface Message {
  readonly bytes: Uint8Array
  readonly begun: readonly Part[]
}

/** Finds secrets in what a stream of messages carries. */
export interface Scanner {
  /** A secret to look for from now on; the same one again changes nothing. */
  readonly add: (secret: string | Uint8Array) => void
  /** How a message shows a secret, whole or with the message before it in the same stream; null where it shows none. */
  readonly scan: (stream: string, bytes: Uint8Array) => 'whole' | 'in two parts' | null
}

const GRAM = 4
const gramAt = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0

/** The forms of a secret never change, and runs of one seed share their secrets: the latest are kept. */
const KEPT = 1024
const known = new Map<string, readonly Form[]>()

const indexed = (secret: string | Uint8Array): readonly Form[] =>
  formsOf(secret).map(bytes => ({ bytes, head: gramAt(bytes, 0), tail: gramAt(bytes, bytes.length - GRAM) }))

const formsFor = (name: string, secret: string | Uint8Array): readonly Form[] => {
  const forms = known.get(name) ?? indexed(secret)
  if (known.size >= KEPT) known.clear()
  known.set(name, forms)
  return forms
}

/** How many bytes of a form stand in a message from `at` on. */
const forwards = ({ bytes: form }: Form, bytes: Uint8Array, at: number): number => {
  let length = 0
  while (length < form.length && form[length] === bytes[at + length]) length += 1
  return length
}

/** How many of its last bytes stand in a message up to `end`. */
const backwards = ({ bytes: form }: Form, bytes: Uint8Array, end: number): number => {
  let length = 0
  while (length < form.length && form[form.length - 1 - length] === bytes[end - 1 - length]) length += 1
  return length
}

const latin1 = new TextDecoder('latin1')
const includes = (bytes: Uint8Array, part: Uint8Array): boolean => latin1.decode(bytes).includes(latin1.decode(part))

/** A bit for each hash of a head or a tail, so that most places are passed over at once. */
const BITS = 16
const hash = (gram: number): number => Math.imul(gram, 0x9e3779b1) >>> (32 - BITS)

/** Forms by what they begin and end with. */
interface Index {
  readonly heads: Map<number, Form[]>
  readonly tails: Map<number, Form[]>
  readonly bits: Uint8Array
}

const isIndexed = ({ bits }: Index, gram: number): boolean => {
  const bit = hash(gram)
  return ((bits[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0
}

const addGram = ({ bits }: Index, grams: Map<number, Form[]>, gram: number, form: Form): void => {
  const bit = hash(gram)
  bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (1 << (bit & 7))
  const others = grams.get(gram)
  if (others === undefined) grams.set(gram, [form])
  else others.push(form)
}

/** What stands in one message: a whole form, the greater part of one that begins there, of one that ends there. */
const search = (index: Index, bytes: Uint8Array) => {
  const [begun, ended]: [Part[], Part[]] = [[], []]
  let isWhole = false
  let gram = 0
  for (let at = 0; at < bytes.length; at += 1) {
    gram = ((gram << 8) | (bytes[at] ?? 0)) >>> 0
    if (at < GRAM - 1 || !isIndexed(index, gram)) continue
    for (const form of index.heads.get(gram) ?? []) {
      const found = forwards(form, bytes, at - GRAM + 1)
      if (found === form.bytes.length) isWhole = true
      else if (isGreater(form, found)) begun.push({ form, at: found })
    }
    for (const form of index.tails.get(gram) ?? []) {
      const found = backwards(form, bytes, at + 1)
      if (isGreater(form, found) && found < form.bytes.length) ended.push({ form, at: found })
    }
  }
  return { isWhole, begun, ended }
}

/** Of two parts one is at least half of it, and that does not stand anywhere by chance. */
const isGreater = ({ bytes }: Form, found: number): boolean => found * 2 >= bytes.length

export const createScanner = (): Scanner => {
  const added = new Set<string>()
  const index: Index = { heads: new Map(), tails: new Map(), bits: new Uint8Array(1 << (BITS - 3)) }
  const last = new Map<string, Message>()
  return {
    add: secret => {
      const name = typeof secret === 'string' ? `text ${secret}` : `bytes ${secret.join()}`
      if (added.has(name)) return
      added.add(name)
      for (const form of formsFor(name, secret)) {
        addGram(index, index.heads, form.head, form)
        addGram(index, index.tails, form.tail, form)
      }
    },
    scan: (stream, bytes) => {
      const before = last.get(stream)
      const { isWhole, begun, ended } = search(index, bytes)
      last.set(stream, { bytes, begun })
      if (isWhole) return 'whole'
      if (before === undefined) return null
      const goesOn = before.begun.some(({ form, at }) => includes(bytes, form.bytes.subarray(at)))
      const began = ended.some(({ form, at }) => includes(before.bytes, form.bytes.subarray(0, form.bytes.length - at)))
      return goesOn || began ? 'in two parts' : null
    },
  }
}
