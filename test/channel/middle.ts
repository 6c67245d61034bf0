/** The man in the middle, which is the service: what it does to the records that it carries, and what came out the same. */
import type { Wire } from '../../impl/index.ts'
import type { Adapter, Tap } from './world.ts'

export type Direction = 'there' | 'back'

/** One thing done to one record, by its number in its direction, counted from 0. */
export interface Attack {
  readonly direction: Direction
  readonly at: number
  readonly kind: 'drop' | 'delay' | 'replay' | 'truncate' | 'cut' | 'flip' | 'insert' | 'reflect' | 'foreign'
  /** After how many later ones, how many bytes less, which bit: a number that each kind takes as it can. */
  readonly by: number
}

/** What was sent, and what was handed on, in a direction. */
export interface Course {
  readonly sent: readonly Uint8Array[]
  readonly delivered: readonly Uint8Array[]
}

export interface Middle {
  readonly tap: Tap
  readonly courses: Readonly<Record<Direction, Course>>
  /** Events so far: it is idle when they grow no more. */
  events(): number
  /** Ends it at both ends. */
  cut(): void
}

const HEADER = 5
/** A record of TLS that says nothing since version 1.3 (RFC 8446 §5), and may come, go and move. */
const CHANGE_CIPHER_SPEC = 20
const APPLICATION_DATA = 23

const lengthOf = (record: Uint8Array): number => HEADER + (((record[3] ?? 0) << 8) | (record[4] ?? 0))

/** Cuts a stream of TLS into its records, and hands on each; what is no TLS has one record in each piece. */
const splitter = (name: Adapter['name'], each: (record: Uint8Array) => void): ((bytes: Uint8Array) => void) => {
  if (name === 'ideal') return each
  let held: Uint8Array = new Uint8Array(0)
  return bytes => {
    held = Buffer.concat([held, bytes])
    while (held.length >= HEADER && held.length >= lengthOf(held)) {
      const record = held.slice(0, lengthOf(held))
      held = held.slice(record.length)
      each(record)
    }
  }
}

/** A record that is shorter by so many bytes, and of TLS one that says so. */
const shortened = (name: Adapter['name'], record: Uint8Array, by: number): Uint8Array => {
  const kept = record.slice(0, -by)
  if (name === 'TLS' && kept.length >= HEADER) new DataView(kept.buffer).setUint16(3, kept.length - HEADER)
  return kept
}

/** A bit, counted from the end, of what the ends look at: the version of a record in the clear is none (RFC 8446 §5.1). */
const flipped = (name: Adapter['name'], record: Uint8Array, by: number): Uint8Array => {
  const isClear = name === 'TLS' && record[0] !== APPLICATION_DATA
  const bit = by % (8 * record.length)
  const byte = record.length - 1 - (bit >> 3)
  const position = isClear && (byte === 1 || byte === 2) ? HEADER : byte
  return record.map((one, i) => (i === position ? one ^ (1 << (bit & 7)) : one))
}

/** What a record becomes, at once; what is held back or sent again comes later. */
const atOnce = (
  name: Adapter['name'],
  { kind, by }: Attack,
  record: Uint8Array,
  others: Course,
): readonly Uint8Array[] => {
  const { length } = record
  if (kind === 'drop' || kind === 'delay' || kind === 'reflect') return []
  if (kind === 'truncate') return [record.slice(0, -(1 + (by % length)))]
  if (kind === 'cut') return [shortened(name, record, 1 + (by % length))]
  if (kind === 'flip') return [flipped(name, record, by)]
  if (kind === 'insert') return [Uint8Array.from({ length: 1 + (by % 64) }, (_, i) => (by * 31 + i * 7) & 0xff), record]
  if (kind === 'foreign') return [others.sent[by % (others.sent.length || 1)] ?? new Uint8Array(length)]
  return [record]
}

/** `foreign` are the records of another channel to the same HSM. */
export const middleOf = (
  name: Adapter['name'],
  attacks: readonly Attack[],
  foreign?: Readonly<Record<Direction, Course>>,
): Middle => {
  const nothing = { sent: [], delivered: [] }
  const courses = {
    there: { sent: [] as Uint8Array[], delivered: [] as Uint8Array[] },
    back: { sent: [] as Uint8Array[], delivered: [] as Uint8Array[] },
  }
  const ends: Partial<Record<Direction, Wire>> = {}
  const later: { readonly direction: Direction; readonly after: number; readonly record: Uint8Array }[] = []
  let events = 0
  const deliver = (direction: Direction, record: Uint8Array): void => {
    if (record.length === 0) return
    courses[direction].delivered.push(record)
    ends[direction]?.send(record)
  }
  const route = (direction: Direction, record: Uint8Array): void => {
    events++
    if (name === 'TLS' && record[0] === CHANGE_CIPHER_SPEC) return ends[direction]?.send(record)
    const number = courses[direction].sent.push(record) - 1
    const done = attacks.filter(attack => attack.direction === direction && attack.at === number)
    const others = foreign?.[direction] ?? nothing
    const become = done.reduce<readonly Uint8Array[]>(
      (records, attack) => records.flatMap(one => atOnce(name, attack, one, others)),
      [record],
    )
    for (const { kind, by } of done) {
      if (kind === 'delay') later.push({ direction, after: number + 1 + (by % 3), record })
      if (kind === 'replay') later.push({ direction, after: number + (by % 3), record })
      if (kind === 'reflect') deliver(direction === 'there' ? 'back' : 'there', record)
    }
    for (const one of become) deliver(direction, one)
    for (const held of later) if (held.direction === direction && held.after === number) deliver(direction, held.record)
  }
  const tap: Tap = carry => client => {
    const back = splitter(name, record => route('back', record))
    const there = splitter(name, record => route('there', record))
    ends.back = client
    const hsm = carry({ send: back, end: () => (events++, client.end()) })
    if (hsm === null) return null
    ends.there = hsm
    return { send: there, end: () => (events++, hsm.end()) }
  }
  const cut = (): void => {
    ends.back?.end()
    ends.there?.end()
  }
  return { tap, courses, events: () => events, cut }
}

/** How many of the records were handed on unchanged, in order, before anything else was: all that can be believed. */
export const intactIn = ({ sent, delivered }: Course): number => {
  const first = delivered.findIndex((record, i) => Buffer.compare(record, sent[i] ?? new Uint8Array(0)) !== 0)
  return first === -1 ? Math.min(sent.length, delivered.length) : first
}
