/** Makes the corpus of the present version of the format: the backups that open, and those that are refused. */
import { gcm } from '@noble/ciphers/aes.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { digestContents, encodeContents, type Contents } from '../../../impl/hsm/contents.ts'
import {
  defaultParts,
  encodeValue,
  encodeHeader,
  generate,
  instantiate,
  type Line,
  type Mode,
} from '../../../impl/hsm/index.ts'
import { derivePbk } from '../../../impl/hsm/kdf.ts'
import { sealBackup } from '../../../impl/hsm/seal.ts'
import { keyWrap } from '../../../impl/hsm/wrap.ts'
import { FORMAT_VERSION } from '../../../impl/hsm/encoding.ts'
import { readBackup, writeBackup, writeLabel, type Fields, type Label } from '../tampering/form.ts'
import { contentsOf, type Kind } from './contents.ts'
import type { Corpus, Keys, Opens, Refused } from './form.ts'

const pinned = (n: number, length: number): Uint8Array =>
  generate(instantiate(new Uint8Array(32).fill(0xc0 + n), new Uint8Array(0)), length).bytes

const KEYS: Keys = {
  mkbk: { hsm1: bytesToHex(pinned(1, 32)), hsm2m: bytesToHex(pinned(2, 32)) },
  akbk: bytesToHex(pinned(3, 32)),
}

/** What runs in the service, and what each kind of contents is sealed in. */
const CASES: readonly (readonly [Mode, Line, readonly Kind[]])[] = [
  ['FIPS', 'hsm1', ['initial', 'service']],
  ['FIPS', 'hsm2m', ['initial', 'service', 'bare', 'edges', 'full']],
  ['NON_FIPS', 'hsm2m', ['initial', 'service']],
]

const pbkOf = (mode: Mode, line: Line): Uint8Array =>
  derivePbk({ mkbk: hexToBytes(KEYS.mkbk[line]), akbk: hexToBytes(KEYS.akbk), mode, line, version: FORMAT_VERSION })

/** Seals contents with the identifier, the BEK and the nonce given. */
export const sealedWith = (
  { mode, line, snapshot, bek, nonce }: Pick<Opens, 'mode' | 'line' | 'snapshot' | 'bek' | 'nonce'>,
  contents: Contents,
): Uint8Array => {
  const parts = { ...defaultParts, drawBek: () => hexToBytes(bek), drawNonce: () => hexToBytes(nonce) }
  return sealBackup(parts, () => hexToBytes(snapshot), { mode, line, pbk: pbkOf(mode, line) }, contents)
}

const opensOf = (mode: Mode, line: Line, contents: Kind, n: number): Opens => {
  const drawn = bytesToHex(pinned(0x10 + n, 60))
  const given = { mode, line, contents, snapshot: drawn.slice(0, 32), bek: drawn.slice(32, 96), nonce: drawn.slice(96) }
  const held = contentsOf(contents)
  return { ...given, digest: digestContents(held), backup: bytesToHex(sealedWith(given, held)) }
}

const fieldsOf = (one: Opens): { readonly fields: Fields; readonly label: Label } => {
  const read = readBackup(hexToBytes(one.backup))
  if (read === null) throw new Error('expected a backup of the present version')
  return read
}

const flipped = (from: Uint8Array, at: number): Uint8Array =>
  from.map((byte, n) => (n === (at + from.length) % from.length ? byte ^ 0x80 : byte))

/** Properly sealed, whatever the plaintext is. */
const sealing = (one: Opens, plaintext: Uint8Array): string => {
  const header = encodeHeader({ mode: one.mode, line: one.line, snapshot: hexToBytes(one.snapshot) })
  const wrapped = keyWrap.wrap(pbkOf(one.mode, one.line), hexToBytes(one.bek))
  const nonce = hexToBytes(one.nonce)
  const sealed = gcm(hexToBytes(one.bek), nonce, header).encrypt(plaintext)
  return bytesToHex(writeBackup({ header, wrapped, nonce, sealed }))
}

type Row = readonly [what: string, code: Refused['code'], backup: string, on?: Partial<Refused>]

const malformed = (one: Opens): readonly Row[] => {
  const { fields, label } = fieldsOf(one)
  const [hex, rest] = [one.backup, one.backup.slice(2)]
  const labelled = (changed: Partial<Label>) =>
    bytesToHex(writeBackup({ ...fields, header: writeLabel({ ...label, ...changed }) }))
  const fielded = (changed: Partial<Fields>) => bytesToHex(writeBackup({ ...fields, ...changed }))
  return [
    ['nothing', 'FORMAT', ''],
    ['a byte too few', 'FORMAT', hex.slice(0, -2)],
    ['a byte too many', 'FORMAT', `${hex}00`],
    ['a fifth item', 'FORMAT', `85${rest}40`],
    ['the array in a longer head than it needs', 'FORMAT', `9804${rest}`],
    ['an array of indefinite length', 'FORMAT', `9f${rest}ff`],
    ['a tag before the array', 'FORMAT', `d9d9f7${hex}`],
    ['another version', 'FORMAT', labelled({ version: 0 })],
    ['another kind of file', 'FORMAT', labelled({ magic: 'cloudhsm-Backup' })],
    ['an unknown mode', 'FORMAT', labelled({ mode: 'fips' })],
    ['an unknown line', 'FORMAT', labelled({ line: 'hsm3' })],
    ['an identifier of 15 bytes', 'FORMAT', labelled({ snapshot: label.snapshot.subarray(1) })],
    ['a wrapped BEK of 48 bytes', 'FORMAT', fielded({ wrapped: new Uint8Array(48) })],
    ['a nonce of 13 bytes', 'FORMAT', fielded({ nonce: new Uint8Array(13) })],
    ['less than a tag', 'FORMAT', fielded({ sealed: new Uint8Array(15) })],
    ['a header with a byte after it', 'FORMAT', fielded({ header: Uint8Array.of(...fields.header, 0) })],
  ]
}

const ill = (one: Opens): readonly Row[] => {
  const encoded = encodeContents(contentsOf(one.contents))
  return [
    ['sealed contents with a byte after them', 'FORMAT', sealing(one, Uint8Array.of(...encoded, 0))],
    ['sealed contents in a longer head', 'FORMAT', sealing(one, Uint8Array.of(0x98, 6, ...encoded.subarray(1)))],
    ['sealed contents of five parts', 'FORMAT', sealing(one, encodeValue([[], [], [], 0, 0]))],
    [
      'sealed contents with an unknown role',
      'FORMAT',
      sealing(one, encodeValue([[['u', 'X', [], []]], [], [], 0, 0, ['']])),
    ],
    ['no sealed contents', 'FORMAT', sealing(one, new Uint8Array(0))],
  ]
}

const altered = (one: Opens, other: Opens): readonly Row[] => {
  const [{ fields, label }, second] = [fieldsOf(one), fieldsOf(other).fields]
  const fielded = (changed: Partial<Fields>) => bytesToHex(writeBackup({ ...fields, ...changed }))
  const snapshot = flipped(label.snapshot, 0)
  return [
    ['a bit of the wrapped BEK', 'UNWRAP', fielded({ wrapped: flipped(fields.wrapped, 0) })],
    ['the last bit of the wrapped BEK', 'UNWRAP', fielded({ wrapped: flipped(fields.wrapped, -1) })],
    ['another identifier', 'SEAL', fielded({ header: writeLabel({ ...label, snapshot }) })],
    ['a bit of the nonce', 'SEAL', fielded({ nonce: flipped(fields.nonce, 0) })],
    ['a bit of the contents', 'SEAL', fielded({ sealed: flipped(fields.sealed, 0) })],
    ['a bit of the tag', 'SEAL', fielded({ sealed: flipped(fields.sealed, -1) })],
    ['the contents cut to a tag', 'SEAL', fielded({ sealed: fields.sealed.subarray(0, 16) })],
    ["another backup's header", 'SEAL', fielded({ header: second.header })],
    ["another backup's wrapped BEK", 'SEAL', fielded({ wrapped: second.wrapped })],
    ["another backup's contents", 'SEAL', fielded({ sealed: second.sealed })],
    ["another backup's contents and nonce", 'SEAL', fielded({ sealed: second.sealed, nonce: second.nonce })],
  ]
}

const elsewhere = (older: Opens, one: Opens, other: Opens): readonly Row[] => {
  const relabelled = (from: Opens, changed: Partial<Label>) => {
    const { fields, label } = fieldsOf(from)
    return bytesToHex(writeBackup({ ...fields, header: writeLabel({ ...label, ...changed }) }))
  }
  return [
    ['a unit in the other mode', 'MODE', one.backup, { mode: 'NON_FIPS' }],
    ['a backup of the other mode', 'MODE', other.backup],
    ['a backup of the other mode, relabelled', 'UNWRAP', relabelled(other, { mode: 'FIPS' })],
    ['a backup that says the other mode', 'UNWRAP', relabelled(one, { mode: 'NON_FIPS' }), { mode: 'NON_FIPS' }],
    ['a backup of the newer line on the older', 'TYPE', one.backup, { line: 'hsm1' }],
    [
      'a backup of the newer line on the older, relabelled',
      'UNWRAP',
      relabelled(one, { line: 'hsm1' }),
      { line: 'hsm1' },
    ],
    ['a backup of the older line, relabelled', 'UNWRAP', relabelled(older, { line: 'hsm2m' })],
    ['a unit that was never commissioned', 'UNWRAP', one.backup, { lacks: 'AKBK' }],
    ["a unit that is not the manufacturer's", 'UNWRAP', one.backup, { lacks: 'MKBK' }],
  ]
}

/** The corpus as the present code makes it. */
export const made = (): Corpus => {
  const opens = CASES.flatMap(([mode, line, kinds]) => kinds.map(kind => [mode, line, kind] as const)).map(
    ([mode, line, kind], n) =>
      [`${mode}-${line}-${kind}`.toLowerCase().replace('_', '-'), opensOf(mode, line, kind, n)] as const,
  )
  const named = (name: string): Opens => {
    const found = opens.find(([known]) => known === name)?.[1]
    if (found === undefined) throw new Error(`expected ${name}`)
    return found
  }
  const [older, one] = [named('fips-hsm1-initial'), named('fips-hsm2m-initial')]
  const rows = [
    ...malformed(one),
    ...ill(one),
    ...altered(one, named('fips-hsm2m-service')),
    ...elsewhere(older, one, named('non-fips-hsm2m-initial')),
  ]
  const refused = rows.map(([what, code, backup, on = {}]): Refused => {
    const unit = { mode: 'FIPS', line: 'hsm2m', lacks: null, ...on } as const
    return { what, ...unit, code, backup }
  })
  return { keys: KEYS, opens: Object.fromEntries(opens), refused }
}
