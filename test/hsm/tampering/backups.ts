/** Alterations of sealed backups, as data: parts of several, labels rewritten, fields edited, another encoding of the same, raw bytes. */
import fc from 'fast-check'
import { match } from 'ts-pattern'
import { edit, edited, type Edit } from './edits.ts'
import {
  FIELDS,
  arrayItem,
  bytesItem,
  headOf,
  labelItems,
  readBackup,
  write,
  writeBackup,
  writeLabel,
  type Fields,
  type Item,
  type Label,
} from './form.ts'

/** Another way to write an item, or what an array has in place of its items. `at` 0 is the array itself. */
export type Twist = {
  readonly of: 'header' | 'backup'
  readonly at: number
  readonly how:
    | 'wider'
    | 'indefinite'
    | 'tagged'
    | 'other type'
    | 'nested'
    | 'null'
    | 'dropped'
    | 'repeated'
    | 'moved to the end'
    | 'negative'
}

export type Field = keyof Fields | 'snapshot'

/** Indices are of the genuine backups; what is absent stays as it is. */
export interface Alteration {
  readonly base: number
  readonly parts: Readonly<Partial<Record<keyof Fields, number>>>
  readonly label: Readonly<Partial<Omit<Label, 'snapshot'>>>
  readonly edits: readonly { readonly field: Field; readonly edit: Edit }[]
  readonly twist: Twist | null
  readonly raw: readonly Edit[]
  /** The end of another, from the same place on. */
  readonly tail: { readonly of: number; readonly at: number } | null
}

const index = fc.integer({ min: 0, max: 5 })
/** Each of these, or not, as often. */
const optional = <T extends object>(value: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.tuple(fc.record(value), fc.array(fc.boolean(), { minLength: 4, maxLength: 4 })).map(([given, isThere]) => {
    const entries = Object.entries(given).filter((_, at) => isThere[at])
    return Object.fromEntries(entries) as Partial<T>
  })

const parts = optional({ header: index, wrapped: index, nonce: index, sealed: index })
/** Mostly the first. */
const often = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })
const label = optional({
  magic: often('cloudhsm-backup', 'cloudhsm-Backup', 'cloudhsm-backup\0', ''),
  version: often(1, 0, 2, 23, 24, 256),
  mode: fc.constantFrom('FIPS', 'NON_FIPS', 'FIPS', 'NON_FIPS', 'fips'),
  line: fc.constantFrom('hsm1', 'hsm2m', 'hsm1', 'hsm2m', 'hsm3'),
})
/** The header is edited less, since most of that is seen at once. */
const field = fc.constantFrom<Field[]>('header', 'snapshot', 'snapshot', 'wrapped', 'nonce', 'sealed', 'sealed')
const edits = fc.array(fc.record({ field, edit }), { minLength: 1, maxLength: 2 })
const twist: fc.Arbitrary<Twist> = fc
  .record({
    of: fc.constantFrom('header' as const, 'backup' as const),
    at: fc.integer({ min: 0, max: 5 }),
    how: fc.constantFrom<Twist['how'][]>(
      'wider',
      'indefinite',
      'tagged',
      'other type',
      'nested',
      'null',
      'dropped',
      'repeated',
      'moved to the end',
      'negative',
    ),
  })
  .filter(({ of, at }) => of === 'header' || at <= 4)
const raw = fc.array(edit, { minLength: 1, maxLength: 2 })
const tail = fc.record({ of: index, at: fc.integer({ min: 0, max: 65_535 }) })

const NONE = { parts: {}, label: {}, edits: [], twist: null, raw: [], tail: null } as const
const only = (some: { [K in keyof Alteration]?: fc.Arbitrary<Alteration[K]> }): fc.Arbitrary<Alteration> =>
  fc.record({ base: index, ...some }).map(given => ({ ...NONE, ...given }))

/** One kind of alteration, or several at once. */
export const alteration: fc.Arbitrary<Alteration> = fc.oneof(
  { weight: 5, arbitrary: only({ parts }) },
  { weight: 2, arbitrary: only({ label }) },
  { weight: 6, arbitrary: only({ edits }) },
  { weight: 1, arbitrary: only({ twist }) },
  { weight: 2, arbitrary: only({ raw }) },
  { weight: 1, arbitrary: only({ tail }) },
  { weight: 5, arbitrary: only({ parts, label }) },
  { weight: 3, arbitrary: only({ label, edits }) },
  { weight: 1, arbitrary: only({ parts, label, edits, twist }) },
)

/** An item written otherwise; arrays of their items are left to `rearranged`. */
const rewritten = (item: Item, how: Twist['how']): Uint8Array =>
  match(how)
    .with('wider', () => write(item, 1))
    .with('indefinite', () => indefinite(item))
    .with('tagged', () => Uint8Array.of(0xc1, ...write(item)))
    .with('other type', () => write({ ...item, major: item.major === 2 ? 3 : item.major === 3 ? 2 : 5 }))
    .with('nested', () => write(arrayItem([write(item)])))
    .with('null', () => Uint8Array.of(0xf6))
    .with('negative', () => write({ ...item, major: 1, body: [] }))
    .with('dropped', () => new Uint8Array(0))
    .with('repeated', () => Uint8Array.of(...write(item), ...write(item)))
    .with('moved to the end', () => write(item))
    .exhaustive()

/** Of indefinite length: a string in two chunks, an array up to a break; a number is written as a float. */
const indefinite = ({ major, argument, body }: Item): Uint8Array => {
  if (major === 0) return Uint8Array.of(0xf9, 0x3c, 0x00)
  const whole = body[0] ?? new Uint8Array(0)
  const half = argument >> 1
  const chunks =
    major === 4
      ? body
      : [headOf(major, half), whole.subarray(0, half), headOf(major, argument - half), whole.subarray(half)]
  return Uint8Array.of((major << 5) | 31, ...chunks.flatMap(chunk => [...chunk]), 0xff)
}

const rearranged = (items: readonly Item[], { at, how }: Twist): Uint8Array => {
  const written = items.map(item => write(item))
  if (at === 0) return rewritten(arrayItem(written), how)
  const item = items[at - 1]
  if (item === undefined) return write(arrayItem(written))
  const others = written.filter((_, n) => n !== at - 1)
  if (how === 'dropped') return write(arrayItem(others))
  if (how === 'moved to the end') return write(arrayItem([...others, write(item)]))
  if (how === 'repeated') return write(arrayItem([...written.slice(0, at), ...written.slice(at - 1)]))
  return write(arrayItem(written.map((bytes, n) => (n === at - 1 ? rewritten(item, how) : bytes))))
}

const read = (bytes: Uint8Array | undefined) => {
  const backup = bytes === undefined ? null : readBackup(bytes)
  if (backup === null) throw new Error('expected a genuine backup')
  return backup
}

/** The bytes that an alteration makes of the genuine backups. Lengths are those of what is written, unless it says otherwise. */
export const altered = (genuine: readonly Uint8Array[], change: Alteration): Uint8Array => {
  const sources = genuine.map(read)
  const from = (n: number) => sources[n % sources.length] ?? read(genuine[0])
  const { label: shown } = from(change.parts.header ?? change.base)
  const ofSnapshot = change.edits.filter(({ field }) => field === 'snapshot').map(one => one.edit)
  const snapshot = ofSnapshot.reduce(edited, shown.snapshot)
  const relabelled = { ...shown, ...change.label, snapshot }
  const header =
    change.twist?.of === 'header' ? rearranged(labelItems(relabelled), change.twist) : writeLabel(relabelled)
  const spliced: Fields = {
    header,
    wrapped: from(change.parts.wrapped ?? change.base).fields.wrapped,
    nonce: from(change.parts.nonce ?? change.base).fields.nonce,
    sealed: from(change.parts.sealed ?? change.base).fields.sealed,
  }
  const fields = change.edits.reduce<Fields>(
    (so, { field, edit: one }) => (field === 'snapshot' ? so : { ...so, [field]: edited(so[field], one) }),
    spliced,
  )
  const twisted =
    change.twist?.of === 'backup'
      ? rearranged(
          FIELDS.map(field => bytesItem(fields[field])),
          change.twist,
        )
      : writeBackup(fields)
  return change.raw.reduce(edited, withTail(twisted, genuine, change.tail))
}

const withTail = (bytes: Uint8Array, genuine: readonly Uint8Array[], cut: Alteration['tail']): Uint8Array => {
  const other = cut === null ? undefined : genuine[cut.of % genuine.length]
  if (cut === null || other === undefined) return bytes
  const at = Math.floor((cut.at * bytes.length) / 65_536)
  return Uint8Array.of(...bytes.subarray(0, at), ...other.subarray(at))
}
