/** The encoding of a backup, and of everything else that is read: one way to write it, and no other is read. */
import { hexToBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { decodeValue, encodeBackup, encodeHeader, encodeValue, parseBackup } from '../../impl/hsm/index.ts'
import { filled, valueOf } from './fleet.ts'

const header = encodeHeader({ mode: 'FIPS', line: 'hsm1', snapshot: new Uint8Array(16) })
const good = { header, wrapped: new Uint8Array(40), nonce: new Uint8Array(12), sealed: new Uint8Array(16) }
const text = 'cloudhsm-backup'
const labelled = (...items: Parameters<typeof encodeValue>[0][]) =>
  encodeBackup({ ...good, header: encodeValue(items) })

describe('the form of a backup', () => {
  it('§format.backup is an array of header, wrapped key of 40 bytes, nonce of 12, and sealed contents', () => {
    const backup = valueOf(filled(200).backup())
    const parsed = parseBackup(backup)
    expect(backup[0]).toBe(0x84)
    expect(parsed).toMatchObject({ mode: 'FIPS', line: 'hsm2m' })
    expect([parsed?.wrapped.length, parsed?.nonce.length, parsed?.snapshot.length]).toEqual([40, 12, 16])
    expect(parsed && encodeBackup(parsed)).toEqual(backup)
    expect(decodeValue(parsed?.header ?? header)).toEqual([text, 1, 'FIPS', 'hsm2m', parsed?.snapshot])
  })

  it('§restore.format is read from the smallest backup there can be', () => {
    expect(parseBackup(encodeBackup(good))).toMatchObject({ mode: 'FIPS', line: 'hsm1' })
    expect(parseBackup(labelled(text, 1, 'NON_FIPS', 'hsm2m', new Uint8Array(16)))).not.toBeNull()
  })

  it.each([
    ['nothing', new Uint8Array(0)],
    ['another value', encodeValue('backup')],
    ['three byte strings', encodeValue([header, good.wrapped, good.nonce])],
    ['five byte strings', encodeValue([header, good.wrapped, good.nonce, good.sealed, good.sealed])],
    ['a longer wrapped key', encodeBackup({ ...good, wrapped: new Uint8Array(48) })],
    ['a shorter nonce', encodeBackup({ ...good, nonce: new Uint8Array(11) })],
    ['less than a tag', encodeBackup({ ...good, sealed: new Uint8Array(15) })],
    ['a header that is no array', encodeBackup({ ...good, header: encodeValue(text) })],
    ['another kind of file', labelled('another', 1, 'FIPS', 'hsm1', new Uint8Array(16))],
    ['a later version', labelled(text, 2, 'FIPS', 'hsm1', new Uint8Array(16))],
    ['an unknown mode', labelled(text, 1, 'MAYBE', 'hsm1', new Uint8Array(16))],
    ['an unknown line', labelled(text, 1, 'FIPS', 'hsm3', new Uint8Array(16))],
    ['a short identifier', labelled(text, 1, 'FIPS', 'hsm1', new Uint8Array(15))],
    ['a longer header', labelled(text, 1, 'FIPS', 'hsm1', new Uint8Array(16), 0)],
  ])('§restore.format refuses %s', (_, bytes) => {
    expect(parseBackup(bytes)).toBeNull()
  })

  it.each([
    ['an integer in more bytes than it needs', '1801'],
    ['a length in more bytes than it needs', '5801ff'],
    ['an array of indefinite length', '9f01ff'],
    ['a byte string of indefinite length', '5f41ffff'],
    ['a float that is an integer', 'f93c00'],
    ['bytes after the value', '0100'],
    ['keys of a map out of order', 'a2616201616101'],
    ['undefined', 'f7'],
    ['a tag', 'c101'],
  ])('§restore.format reads no CBOR with %s', (_, hex) => {
    expect(decodeValue(hexToBytes(hex))).toBeUndefined()
  })

  it('§restore.format reads the same values written deterministically', () => {
    expect(['01', '41ff', '8101', 'f5'].map(hex => decodeValue(hexToBytes(hex)))).toEqual([
      1,
      Uint8Array.of(0xff),
      [1],
      true,
    ])
  })
})
