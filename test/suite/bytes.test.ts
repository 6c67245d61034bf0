/** The watch over what leaves finds a secret however it is written, and a backup whose key is exposed or used twice. */
import { gcm } from '@noble/ciphers/aes.js'
import { describe, expect, it } from 'vitest'
import { encodeBackup, encodeHeader } from '../../impl/index.ts'
import { createWatch, leakOf } from '../conformance/bytes.ts'
import { readSealedBackup } from '../conformance/cbor.ts'
import type { Emission } from '../conformance/index.ts'

const SECRET = '0123456789abcdeffedcba9876543210'
const text = (written: string): Uint8Array => Uint8Array.from(written, letter => letter.charCodeAt(0))
const emission = (channel: Emission['channel'], bytes: Uint8Array, from = 'hsm-1'): Emission => ({
  channel,
  from,
  bytes,
})
const leak = (...left: readonly Emission[]) => leakOf(createWatch(), [SECRET], left)

const filled = (length: number, byte: number): Uint8Array => new Uint8Array(length).fill(byte)

interface Ingredients {
  readonly snapshot: number
  readonly bek: Uint8Array
  readonly wrapped: Uint8Array
}

const sealed = ({ snapshot, bek, wrapped }: Ingredients): Uint8Array => {
  const header = encodeHeader({ mode: 'FIPS', line: 'hsm2m', snapshot: filled(16, snapshot) })
  const nonce = filled(12, 7)
  return encodeBackup({ header, wrapped, nonce, sealed: gcm(bek, nonce, header).encrypt(text('contents')) })
}
const good = { snapshot: 1, bek: filled(32, 9), wrapped: filled(40, 3) }

describe('a secret that has left', () => {
  const hex = Buffer.from(SECRET, 'latin1').toString('hex')
  it.each([
    ['as it is', SECRET],
    ['in hex', hex],
    ['in upper-case hex', hex.toUpperCase()],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64, one byte in', Buffer.from(`x${SECRET}yz`).toString('base64')],
    ['in base64, two bytes in', Buffer.from(`xy${SECRET}`).toString('base64')],
    ['in UTF-16', Buffer.from(SECRET, 'utf16le').toString('latin1')],
    ['among other bytes', `abc${SECRET}def`],
  ])('is found %s, §channel.sealed', (_, written) => {
    expect(leak(emission('record', text(written)))?.clause).toBe('§channel.sealed')
  })
  it.each([
    ['backup', '§backup.sealed'],
    ['synchronisation', '§backup.sealed'],
    ['record', '§channel.sealed'],
    ['api', '§invariant.plaintext'],
    ['audit', '§invariant.plaintext'],
    ['error', '§invariant.plaintext'],
    ['certificate', '§invariant.plaintext'],
  ] as const)('in %s is charged to %s', (channel, clause) => {
    expect(leak(emission(channel, text(SECRET)))?.clause).toBe(clause)
  })
  it('is not seen where it is not: other bytes, and half of it', () => {
    expect(leak(emission('record', text(SECRET.slice(0, 16))), emission('audit', text('CN_LOGIN')))).toBeNull()
  })
})

describe('a sealed backup that has left', () => {
  it('is passed when it is as it should be, and again when it is the same one, §backup.sealed', () => {
    const backup = emission('backup', sealed(good), 'backup-1')
    expect(leak(backup, backup)).toBeNull()
  })
  it('is charged when its encoding is another, §format.backup', () => {
    expect(leak(emission('backup', text('contents')))?.clause).toBe('§format.backup')
  })
  it.each([
    ['at its beginning', Uint8Array.of(...good.bek, ...filled(8, 0))],
    ['at its end', Uint8Array.of(...filled(8, 0xa6), ...good.bek)],
  ])('is charged when the BEK stands where it should be wrapped, %s, §backup.wrapped', (_, wrapped) => {
    expect(leak(emission('backup', sealed({ ...good, wrapped })))?.clause).toBe('§backup.wrapped')
  })
  it('is charged when its BEK is a constant, §backup.bek', () => {
    expect(leak(emission('backup', sealed({ ...good, bek: filled(32, 0) })))?.clause).toBe('§backup.bek')
  })
  it('is charged when another has the same wrapped BEK, §backup.bek', () => {
    const left = [1, 2].map(snapshot => emission('backup', sealed({ ...good, snapshot })))
    expect(leak(...left)?.clause).toBe('§backup.bek')
  })
  it('is charged when another is the same to the byte, §backup.generator', () => {
    const backup = emission('backup', sealed(good), 'backup-1')
    expect(leak(backup, { ...backup, from: 'backup-2' })?.clause).toBe('§backup.generator')
  })
  it('is charged when another has the same random identifier, §backup.generator', () => {
    const left = [3, 4].map(byte => emission('backup', sealed({ ...good, wrapped: filled(40, byte) })))
    expect(leak(...left)?.clause).toBe('§backup.generator')
  })
})

describe("the suite's own reader of backups", () => {
  const backup = sealed(good)
  it('reads what the reference writes, §format.backup', () => {
    const read = readSealedBackup(backup)
    expect(read?.snapshot).toBe('01'.repeat(16))
    expect(Uint8Array.from(read?.wrapped ?? [])).toEqual(good.wrapped)
  })
  it('reads nothing that is cut short, longer, or has a head that is not the shortest, §format.backup', () => {
    for (let length = 0; length < backup.length; length += 1)
      expect(readSealedBackup(backup.subarray(0, length))).toBeNull()
    expect(readSealedBackup(Uint8Array.of(...backup, 0))).toBeNull()
    // An array of four whose count is written in one byte more than it needs.
    expect(readSealedBackup(Uint8Array.of(0x98, 4, ...backup.subarray(1)))).toBeNull()
  })
})
