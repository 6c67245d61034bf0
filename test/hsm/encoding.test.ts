/** The encoding of a backup, and of everything else that is read: one way to write it, and no other is read. */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeValue, encodeBackup, encodeHeader, encodeValue, parseBackup, type Value } from '../../impl/hsm/index.ts'
import { filled, valueOf } from './fleet.ts'
import { edit, edited } from './tampering/edits.ts'

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

  const leaf = fc.oneof(
    fc.maxSafeNat(),
    fc.nat({ max: 300 }),
    fc.string({ unit: 'binary', maxLength: 40 }).map(text => text.replace(/^\ufeff/, '')),
    fc.string({ maxLength: 300 }),
    fc.uint8Array({ maxLength: 300 }),
    fc.constantFrom(true, false, null),
  )
  const { value } = fc.letrec<{ value: Value }>(tie => ({
    value: fc.oneof(
      { weight: 2, arbitrary: leaf },
      { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 30 }) },
    ),
  }))

  it('§restore.format reads every value from what it was written in', () => {
    fc.assert(
      fc.property(value, one => {
        expect(decodeValue(encodeValue(one))).toEqual(one)
      }),
      { numRuns: 500, seed: 1 },
    )
  })

  it('§restore.format reads no value from anything else, whatever is done to the bytes', () => {
    let read = 0
    const property = fc.property(value, fc.array(edit, { minLength: 1, maxLength: 2 }), (one, edits) => {
      const bytes = edits.reduce(edited, encodeValue(one))
      const found = decodeValue(bytes)
      if (found === undefined) return
      read += 1
      expect(encodeValue(found as Value)).toEqual(bytes)
    })
    fc.assert(property, { numRuns: 3_000, seed: 2 })
    expect(read).toBeGreaterThan(300)
  })

  it.each([
    ['a byte order mark within', '6461efbbbf'],
    ['a letter outside the first plane', '64f09f9491'],
    ['a number of 64 bits', '1b001fffffffffffff'],
  ])('§restore.format reads %s, which is written so', (_, hex) => {
    const found = decodeValue(hexToBytes(hex))
    expect(found).not.toBeUndefined()
    expect(bytesToHex(encodeValue(found as Value))).toBe(hex)
  })

  it.each([
    ['text that is no UTF-8', '61ff'],
    ['text that begins with a byte order mark', '64efbbbf61'],
    ['half of a surrogate pair', '63eda080'],
    ['a letter in more bytes than it needs', '62c181'],
    ['a negative number', '20'],
    ['a float', 'fb3ff8000000000000'],
    ['a map', 'a10102'],
    ['a number above 2^53 - 1', '1b0020000000000000'],
    ['a number of 64 bits that fits 32', '1b00000000ffffffff'],
    ['a length of 64 bits', '5b000000000000000161'],
    ['a simple value', 'e0'],
    ['a simple value of a byte', 'f8ff'],
    ['a break alone', 'ff'],
    ['an item too few', '8201'],
  ])('§restore.format reads no %s', (_, hex) => {
    expect(decodeValue(hexToBytes(hex))).toBeUndefined()
  })

  it('§format.backup writes no number that is negative or no integer', () => {
    expect(() => encodeValue([-1000])).toThrow()
    expect(() => encodeValue([1.5])).toThrow()
  })
})
