/** Backups made of two: every part of one in the other, of every two modes and lines, on real encodings; and a whole older one. */
import { describe, expect, it } from 'vitest'
import { encodeBackup, parseBackup, type Line, type Mode } from '../../impl/hsm/index.ts'
import { codeOf, filled, unit, valueOf } from './fleet.ts'

const KINDS = [
  ['FIPS', 'hsm1'],
  ['FIPS', 'hsm2m'],
  ['NON_FIPS', 'hsm2m'],
] as const satisfies readonly (readonly [Mode, Line])[]
const PARTS = ['header', 'wrapped', 'sealed'] as const
type Part = (typeof PARTS)[number]

const parsed = (bytes: Uint8Array) => {
  const backup = parseBackup(bytes)
  if (backup === null) throw new Error('expected a backup')
  return backup
}

/** Two HSMs of each kind, and a backup of each. */
const backups = KINDS.map(([mode, line], at) => [0, 1].map(n => valueOf(filled(200 + 2 * at + n, line, mode).backup())))

/** A part of the second in the first. The nonce goes with what it encrypted, or stays behind. */
const spliced = (first: Uint8Array, second: Uint8Array, part: Part, nonce = part === 'sealed'): Uint8Array => {
  const [backup, source] = [parsed(first), parsed(second)]
  return encodeBackup({ ...backup, [part]: source[part], nonce: (nonce ? source : backup).nonce })
}

/** What a newer unit in the mode says that the label says. */
const handedOver = (bytes: Uint8Array): string => {
  const hsm = unit(210, 'hsm2m', parsed(bytes).mode)
  const code = codeOf(hsm.restore(bytes))
  expect(hsm.digest() === '').toBe(code !== 'opens')
  return code
}

describe('a part of one backup in another', () => {
  it('§restore.splice §restore.header §restore.seal §key.mode §key.line is refused, with the code of the first check that finds it', () => {
    const table = KINDS.flatMap(([mode, line], a) =>
      KINDS.map(([otherMode, otherLine], b) => {
        const [first, second] = [backups[a]?.[0], backups[b]?.[1]]
        if (first === undefined || second === undefined) throw new Error('expected two backups')
        const codes = PARTS.map(part => handedOver(spliced(first, second, part)))
        return `${mode} ${line} with ${otherMode} ${otherLine}: ${codes.join(' ')}`
      }),
    )
    expect(table).toEqual([
      'FIPS hsm1 with FIPS hsm1: SEAL SEAL SEAL',
      'FIPS hsm1 with FIPS hsm2m: UNWRAP UNWRAP SEAL',
      'FIPS hsm1 with NON_FIPS hsm2m: UNWRAP UNWRAP SEAL',
      'FIPS hsm2m with FIPS hsm1: UNWRAP UNWRAP SEAL',
      'FIPS hsm2m with FIPS hsm2m: SEAL SEAL SEAL',
      'FIPS hsm2m with NON_FIPS hsm2m: UNWRAP UNWRAP SEAL',
      'NON_FIPS hsm2m with FIPS hsm1: UNWRAP UNWRAP SEAL',
      'NON_FIPS hsm2m with FIPS hsm2m: UNWRAP UNWRAP SEAL',
      'NON_FIPS hsm2m with NON_FIPS hsm2m: SEAL SEAL SEAL',
    ])
  })

  it('§restore.seal is refused whether the nonce goes along or stays', () => {
    const [first, second] = backups[1] ?? []
    if (first === undefined || second === undefined) throw new Error('expected two backups')
    const codes = PARTS.flatMap(part => [true, false].map(nonce => handedOver(spliced(first, second, part, nonce))))
    expect(codes).toEqual(Array(6).fill('SEAL'))
  })

  it('§restore.splice is what it was when every part is put back', () => {
    const [first, second] = backups[1] ?? []
    if (first === undefined || second === undefined) throw new Error('expected two backups')
    const other = PARTS.reduce((bytes, part) => spliced(bytes, second, part), first)
    expect(other).toEqual(second)
    expect(handedOver(other)).toBe('opens')
  })
})

describe('a whole older backup', () => {
  it('§adversary.replay §adversary.rollback is restored exactly, over what is newer', () => {
    const hsm = filled(211)
    const [older, before] = [valueOf(hsm.backup()), hsm.digest()]
    valueOf(hsm.restore(backups[1]?.[0] ?? older))
    expect(hsm.digest()).not.toBe(before)
    valueOf(hsm.restore(older))
    expect(hsm.digest()).toBe(before)
  })
})
