/** Alterations of backups and of records: a few hundred of each, and proof that a check which is missing is missed. */
import { gcm } from '@noble/ciphers/aes.js'
import { describe, expect, it } from 'vitest'
import { defaultParts, encodeValue, type Parts } from '../../../impl/hsm/index.ts'
import { codeOf, unit, valueOf } from '../fleet.ts'
import { readBackup, same, writeBackup } from './form.ts'
import { expectedOf } from './oracle.ts'
import { bench, tamper } from './put.ts'
import { interfere, line } from './records.ts'

const SEED = 20_261_130
const EMPTY = new Uint8Array(0)

describe('altered backups', () => {
  const healthy = bench()

  it('§restore.format §restore.mode §restore.type §restore.unwrap §restore.seal §restore.atomic are refused in the order of the checks, and change nothing', () => {
    const { cases, codes, broken } = tamper(healthy, 400, SEED)
    expect({ cases, broken }).toEqual({ cases: 400, broken: null })
    for (const code of ['FORMAT', 'MODE', 'TYPE', 'UNWRAP', 'SEAL']) expect(codes[code], code).toBeGreaterThan(5)
  })

  it('§adversary.replay §restore.exact are told from whole backups, which open as often as they are given', () => {
    const [first] = healthy.genuine
    const hsm = unit(330, 'hsm1')
    for (let i = 0; i < 2; i += 1) {
      expect(first && expectedOf(healthy.genuine, { mode: 'FIPS', line: 'hsm1' }, first.bytes)).toBe('opens')
      expect(first && codeOf(hsm.restore(first.bytes))).toBe('opens')
    }
  })

  it('§format.backup are written from what is read in the same bytes', () => {
    for (const { bytes } of healthy.genuine) {
      const read = readBackup(bytes)
      expect(read && same(writeBackup(read.fields), bytes)).toBe(true)
    }
  })

  const { format, bulk, keyWrap } = defaultParts
  const parsed = format.parse
  it.each<[string, Partial<Parts>, RegExp]>([
    ['the header is not authenticated', { associatedData: () => EMPTY }, /^expected SEAL, got opens/],
    ['the mode of the label is not looked at', { checkMode: () => true }, /^expected MODE, got (TYPE|UNWRAP)/],
    ['the line of the label is not looked at', { checkType: () => true }, /^expected TYPE, got UNWRAP/],
    [
      'what follows a backup is not looked at',
      { format: { ...format, parse: bytes => parsed(bytes) ?? parsed(bytes.subarray(0, -1)) } },
      /^expected FORMAT, got/,
    ],
    [
      'an altered wrapped BEK is replaced',
      { keyWrap: { ...keyWrap, unwrap: (key, wrapped) => keyWrap.unwrap(key, wrapped) ?? new Uint8Array(32) } },
      /^expected UNWRAP, got SEAL/,
    ],
    [
      'all backups are sealed under one key',
      {
        bulk: {
          seal: (_, nonce, associated, plaintext) => bulk.seal(new Uint8Array(32), nonce, associated, plaintext),
          open: (_, nonce, associated, sealed) => bulk.open(new Uint8Array(32), nonce, associated, sealed),
        },
      },
      /^expected SEAL, got opens/,
    ],
    [
      'the contents go before they are checked',
      { contentsAfterRestore: (_, to) => (to.ok ? to.value : null) },
      /changed/,
    ],
  ])('§restore.header §restore.splice are noticed where %s', (_, parts, why) => {
    expect(tamper(bench(parts), 2_000, SEED).broken).toMatch(why)
  })

  it('§restore.format is what contents are refused with that are sealed and not written as they have to be', () => {
    const from = (plaintext: (encoded: Uint8Array) => Uint8Array) => {
      const seal: Parts['bulk']['seal'] = (key, nonce, associated, encoded) =>
        bulk.seal(key, nonce, associated, plaintext(encoded))
      return bench({ bulk: { ...bulk, seal } }).genuine[0]?.bytes ?? EMPTY
    }
    const codes = [
      from(encoded => encoded),
      from(encoded => encoded.subarray(0, -1)),
      from(encoded => Uint8Array.of(...encoded, 0)),
      from(encoded => Uint8Array.of(0x98, 0x06, ...encoded.subarray(1))),
      from(encoded => Uint8Array.of(0x9f, ...encoded.subarray(1), 0xff)),
      from(() => EMPTY),
      from(() => encodeValue([[], [], [], 0, 0])),
      from(() => encodeValue([[], [], [], 0, 0, ['', '']])),
      from(() => encodeValue([[['', 'CO', [], [], []]], [], [], 0, 0, ['']])),
    ].map(backup => codeOf(unit(331, 'hsm1').restore(backup)))
    expect(codes).toEqual(['opens', ...Array(8).fill('FORMAT')])
  })
})

describe('altered records', () => {
  it('§channel.sealed are refused at both ends, altered, misdirected or replayed, and what was on its way is taken then, once', () => {
    const open = line()
    const { cases, codes, broken } = interfere(open, 400, SEED)
    expect({ cases, broken }).toEqual({ cases: 400, broken: null })
    for (const end of ['HSM', 'client'])
      for (const what of ['altered', 'replayed'])
        expect(codes[`${end}, ${what}`], `${end}, ${what}`).toBeGreaterThan(10)
    const [first] = open.sessions
    if (first === undefined) throw new Error('expected a session')
    const before = open.hsm.digest()
    expect(open.hsm.exchange(first.id, first.pending)).toEqual(first.answer)
    const after = open.hsm.digest()
    expect(after).not.toBe(before)
    expect(first.client.answer(first.answer)).toMatchObject({ ok: true })
    expect(open.hsm.exchange(first.id, first.pending)).toBeNull()
    expect(open.hsm.digest()).toBe(after)
  })

  const { records } = defaultParts
  it.each<[string, Parts['records']]>([
    [
      'records carry no number',
      {
        seal: records.seal,
        open: (key, nonce, record) => {
          const numbers = Array.from({ length: 12 }, (_, n) => nonce.map((byte, at) => (at === 11 ? n : byte)))
          return numbers.map(number => records.open(key, number, record)).find(found => found !== null) ?? null
        },
      },
    ],
    [
      'the tag is not looked at',
      {
        seal: records.seal,
        open: (key, nonce, record) =>
          record.length < 16 ? null : gcm(key, nonce).encrypt(record.subarray(0, -16)).subarray(0, -16),
      },
    ],
  ])('§channel.sealed are noticed where %s', (_, broken) => {
    expect(interfere(line({ records: broken }), 2_000, SEED).broken).toMatch(/takes what was (altered|replayed)/)
  })

  it('§backup.sealed are no backups, and backups no records', () => {
    const [{ bytes } = { bytes: EMPTY }] = bench().genuine
    const open = line()
    expect(open.sessions.map(({ id }) => open.hsm.exchange(id, bytes))).toEqual([null, null])
    const codes = open.said.map(record => codeOf(open.hsm.restore(record)))
    expect(new Set(codes)).toEqual(new Set(['FORMAT']))
    expect(valueOf(open.hsm.backup())).not.toEqual(bytes)
  })
})
