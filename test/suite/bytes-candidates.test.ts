/** Candidate keys: what is public gives keys of every class of SPEC.md §14, and a key of none of them opens nothing. */
import { aeskw, gcm } from '@noble/ciphers/aes.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeBackup, encodeHeader } from '../../impl/index.ts'
import { createWatch, leakInTheEnd, leakOf, reuseIn } from '../conformance/bytes.ts'
import { unwraps } from '../conformance/bytes-trial.ts'
import { publicIn } from '../conformance/bytes-public.ts'
import type { Emission, Sealing } from '../conformance/index.ts'

const text = (written: string): Uint8Array => Uint8Array.from(Buffer.from(written, 'latin1'))
const random = (n: number): Uint8Array => sha256(text(`random ${n}`))
const header = encodeHeader({ mode: 'FIPS', line: 'hsm2m', snapshot: random(1).subarray(0, 16) })
const nonce = random(2).subarray(0, 12)
/** The CBOR of six parts, the first an empty array. */
const CONTENTS = Uint8Array.of(0x86, 0x80, 0x80, 0x80, 0, 0, 0x80)
const PBK = random(3)

const backup = (bek: Uint8Array, wrapped = aeskw(PBK).encrypt(bek)): Uint8Array =>
  encodeBackup({ header, wrapped, nonce, sealed: gcm(bek, nonce, header).encrypt(CONTENTS) })
const emission = (channel: Emission['channel'], bytes: Uint8Array, from = 'hsm-1'): Emission => ({
  channel,
  from,
  bytes,
})
const leak = (...left: readonly Emission[]) => {
  const watch = createWatch()
  return leakOf(watch, [], left) ?? leakInTheEnd(watch)
}
const cbor = (written: string): Uint8Array => Uint8Array.of(0x81, 0x78, written.length, ...text(written))
const filled = (bytes: Uint8Array): Uint8Array => Uint8Array.from({ length: 32 }, (_, at) => bytes[at] ?? 0)

describe('a backup whose BEK is public', () => {
  const clusterId = 'cluster-abcdefghijk'
  const named = emission('api', cbor(clusterId))
  it.each<[string, Uint8Array, readonly Emission[]]>([
    ['a name in an answer', filled(text(clusterId)), [named]],
    ['where it comes from', filled(text('backup-7')), []],
    ['a hash of a name', sha256(text(clusterId)), [named]],
    ['a hash of the header', sha256(header), []],
    ['a hash of the nonce', sha256(nonce), []],
    [
      'derived from a name in the place of the root keys',
      hmac(sha256, text('cloudhsm-backup KI'), text(clusterId)),
      [named],
    ],
    ['in the log, in hex', random(9), [emission('audit', cbor(`key ${Buffer.from(random(9)).toString('hex')}`))]],
    ['in an error, in base64', random(9), [emission('error', cbor(Buffer.from(random(9)).toString('base64')))]],
    ['in a certificate, as bytes', random(9), [emission('certificate', Uint8Array.of(0x58, 32, ...random(9)))]],
    ['in the log, which comes later', random(8), [emission('audit', Uint8Array.of(0x58, 32, ...random(8)))]],
    ['what stands in the header', header.subarray(3, 35), []],
  ])('is opened: %s, §boundary.candidates', (_, bek, shown) => {
    const sealed = emission('backup', backup(bek), 'backup-7')
    expect(leak(sealed, ...shown)?.clause).toBe('§boundary.candidates')
    expect(leak(...shown, sealed)?.clause).toBe('§boundary.candidates')
  })
  it('is opened although it was tried in vain before the key was shown', () => {
    const sealed = emission('backup', backup(random(20)), 'backup-8')
    expect([leak(sealed), leak(sealed)]).toEqual([null, null])
    const shown = emission('audit', Uint8Array.of(0x58, 32, ...random(20)))
    expect(leak(sealed, shown)?.clause).toBe('§boundary.candidates')
    expect(leak(sealed)).toBeNull()
  })
  it('is opened by what its BEK is wrapped under, when that is public', () => {
    const sealed = emission('backup', backup(random(21), aeskw(sha256(text('hsm-9'))).encrypt(random(21))))
    expect(leak(sealed)).toBeNull()
    expect(leak(sealed, emission('audit', cbor('hsm-9')))?.what).toMatch(/is unwrapped under a key that is public/)
  })
})

describe('nothing is opened', () => {
  it('of a backup and a record under keys that nobody knows', () => {
    const record = gcm(random(30), Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)).encrypt(cbor('ListUsers'))
    const sealed = emission('backup', backup(random(31)))
    expect(leak(sealed, emission('record', record), emission('api', cbor('cluster-abcdefghijk')))).toBeNull()
    expect(
      leak(sealed, emission('record', record), emission('error', Uint8Array.of(0x58, 32, ...random(30))))?.what,
    ).toMatch(/^record of hsm-1 opens/)
  })
  it('that the key wrap itself would not: the check and the algorithm agree on any key', () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
    const agrees = (key: Uint8Array, bek: Uint8Array, isRight: boolean): boolean => {
      const wrapped = aeskw(key).encrypt(bek)
      if (!isRight) wrapped[3] = (wrapped[3] ?? 0) ^ 1
      const parts = { header, wrapped, nonce, sealed: CONTENTS, snapshot: '' }
      return unwraps({ kind: 'value', key }, parts) === isRight
    }
    fc.assert(fc.property(bytes(32), bytes(32), fc.boolean(), agrees), { seed: 1, numRuns: 200 })
  })
})

describe('what is public in a message', () => {
  it('are the texts and byte strings of its CBOR, at any depth', () => {
    const nested = Uint8Array.of(0x82, 0x61, 0x61, 0x82, 0x42, 1, 2, 0x81, 0x62, 0x62, 0x63)
    expect(publicIn(nested)).toEqual(['a', '\x01\x02', 'bc'])
  })
  it('are its words, and all of it, where it is no CBOR', () => {
    expect(publicIn(text('wrong key abc-123'))).toEqual(['wrong', 'key', 'abc-123', 'wrong key abc-123'])
  })
})

describe('a key and a nonce', () => {
  const sealed = (digest: string, text: Sealing['text'] = 'record'): Sealing => {
    return { text, digest, nonce: Buffer.from(nonce).toString('hex') }
  }
  it('that seal twice are found, in one step or in two, §boundary.nonce', () => {
    expect(
      reuseIn(
        createWatch(),
        ['a', 'b', 'a'].map(digest => sealed(digest)),
      )?.clause,
    ).toBe('§boundary.nonce')
    const watch = createWatch()
    expect([reuseIn(watch, [sealed('a'), sealed('b', 'data')]), reuseIn(watch, [sealed('c')])]).toEqual([null, null])
    expect(reuseIn(watch, [sealed('b', 'data')])?.clause).toBe('§boundary.nonce')
  })
  it('that seal two backups are found when both have left, and not when one was lost, §boundary.nonce', () => {
    const watch = createWatch()
    const twice = [sealed('a', 'backup'), sealed('a', 'backup')]
    expect([leakOf(watch, [], [emission('backup', backup(random(40)))]), reuseIn(watch, twice)]).toEqual([null, null])
    const other = encodeHeader({ mode: 'FIPS', line: 'hsm2m', snapshot: random(41).subarray(0, 16) })
    const wrapped = aeskw(PBK).encrypt(random(42))
    const again = encodeBackup({
      header: other,
      wrapped,
      nonce,
      sealed: gcm(random(40), nonce, other).encrypt(CONTENTS),
    })
    expect(leakOf(watch, [], [emission('backup', again, 'hsm-2')])).toBeNull()
    expect(reuseIn(watch, [])?.clause).toBe('§boundary.nonce')
  })
})
