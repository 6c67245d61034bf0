/** The frozen corpus: every version of the format that ever was opens, what it refused is refused, and nobody changes it. */
import { createHash } from 'node:crypto'
import { bytesToHex } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { FORMAT_VERSION } from '../../../impl/hsm/encoding.ts'
import { codeOf } from '../fleet.ts'
import { contentsOf } from './contents.ts'
import { VERSIONS, bytes, corpusOf, filesFrom, filesOf, type Opens } from './form.ts'
import { made, sealedWith } from './make.ts'
import { openByNode } from './node.ts'
import { unitOf } from './unit.ts'

/** SHA-256 of the files of each version. A version that was released has backups in archives, and never changes. */
const FROZEN: Readonly<Record<number, string>> = {
  1: '0522e90f7c175c7e0040343015b588f9301624a7cc06432816066a4f710bcb6d',
}

const digestOf = (files: ReadonlyMap<string, string>): string => {
  const hash = createHash('sha256')
  for (const [name, text] of files) hash.update(`${name}\n${text}\n`)
  return hash.digest('hex')
}

describe('the corpus', () => {
  it('§format.frozen has every version up to the present one, each as it was frozen', () => {
    expect(VERSIONS.toSorted()).toEqual(Array.from({ length: FORMAT_VERSION }, (_, n) => n + 1))
    expect(Object.fromEntries(VERSIONS.map(version => [version, digestOf(filesOf(version))]))).toEqual(FROZEN)
  })

  it('§format.frozen is noticed to be another when one digit of it changes', () => {
    const changed = new Map([...filesOf(1)].map(([name, text]) => [name, text.replace('84', '85')]))
    expect(digestOf(changed)).not.toBe(FROZEN[1])
  })

  it('§format.backup is what the present code makes, byte for byte', () => {
    const [frozen, now] = [filesOf(FORMAT_VERSION), filesFrom(made())]
    expect([...now.keys()]).toEqual([...frozen.keys()])
    for (const [name, text] of now) expect(text === frozen.get(name), name).toBe(true)
  })
})

describe.each(VERSIONS)('version %d', version => {
  const { keys, opens, refused } = corpusOf(version)
  const backups = Object.entries(opens)

  it.each(backups)('§format.frozen §restore.exact opens %s with all that it was made of', (_, one) => {
    const { hsm, held } = unitOf(keys, one.line, one.mode)
    expect(codeOf(hsm.restore(bytes(one.backup)))).toBe('opens')
    expect(hsm.digest()).toBe(one.digest)
    expect(held()).toEqual(contentsOf(one.contents))
    expect(codeOf(unitOf(keys, one.line, one.mode, 'AKBK').hsm.restore(bytes(one.backup)))).toBe('UNWRAP')
  })

  it('§key.line opens the backups of the older line on the newer', () => {
    const older = backups.filter(([, one]) => one.line === 'hsm1')
    expect(older.length).toBeGreaterThan(0)
    for (const [, one] of older)
      expect(codeOf(unitOf(keys, 'hsm2m', one.mode).hsm.restore(bytes(one.backup)))).toBe('opens')
  })

  it.each(refused)('§format.frozen §restore.atomic refuses $what with $code', ({ mode, line, lacks, code, backup }) => {
    const { hsm } = unitOf(keys, line, mode, lacks)
    hsm.provision()
    const before = hsm.digest()
    expect(codeOf(hsm.restore(bytes(backup)))).toBe(code)
    expect(hsm.digest()).toBe(before)
  })

  it('§restore.format has every code of a restore among what it refuses', () => {
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['FORMAT', 'MODE', 'TYPE', 'UNWRAP', 'SEAL']))
  })
})

describe('version 1, by another library', () => {
  const { keys, opens } = corpusOf(1)

  it.each(Object.entries(opens))('§key.pbk §key.wrap §backup.sealed opens %s to the same contents', (_, one) => {
    const { bek, plaintext } = openByNode(keys, one)
    expect(bek).toBe(one.bek)
    expect(createHash('sha256').update(plaintext).digest('hex')).toBe(one.digest)
  })

  it('§key.akbk §key.mode §key.mkbk opens none of them under other keys or in the other mode', () => {
    const [one] = Object.values(opens)
    if (one === undefined) throw new Error('expected a backup')
    const other: Opens = { ...one, mode: one.mode === 'FIPS' ? 'NON_FIPS' : 'FIPS' }
    const akbk = `00${keys.akbk.slice(2)}`
    const mkbk = { ...keys.mkbk, [one.line]: akbk }
    expect(() => openByNode(keys, other)).toThrow()
    expect(() => openByNode({ ...keys, akbk }, one)).toThrow()
    expect(() => openByNode({ ...keys, mkbk }, one)).toThrow()
  })

  it('§backup.sealed is another for another nonce, BEK, identifier or contents', () => {
    const [one] = Object.values(opens)
    if (one === undefined) throw new Error('expected a backup')
    const held = contentsOf(one.contents)
    const sealed = (changed: Partial<Opens>) => bytesToHex(sealedWith({ ...one, ...changed }, held))
    expect(sealed({})).toBe(one.backup)
    const others = [{ nonce: '00'.repeat(12) }, { bek: '00'.repeat(32) }, { snapshot: '00'.repeat(16) }].map(sealed)
    const policies = bytesToHex(sealedWith(one, { ...held, policies: held.policies + 1 }))
    expect(new Set([one.backup, ...others, policies]).size).toBe(5)
  })
})
