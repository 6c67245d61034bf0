/** The generator of random bits, and what comes of one backup on several units: nothing is drawn twice, and age is not looked at. */
import { describe, expect, it } from 'vitest'
import { createFactory, defaultParts, parseBackup } from '../../impl/hsm/index.ts'
import { CO, codeOf, entropy, factory, filled, tell, unit, valueOf } from './fleet.ts'

describe('the generator', () => {
  it('§backup.generator stays behind: two units restored from one backup draw different bits', () => {
    const backup = valueOf(filled(70).backup())
    const backups = [71, 72].map(n => {
      const hsm = unit(n)
      valueOf(hsm.restore(backup))
      return parseBackup(valueOf(hsm.backup()))
    })
    expect(backups[0]?.nonce).not.toEqual(backups[1]?.nonce)
    expect(backups[0]?.snapshot).not.toEqual(backups[1]?.snapshot)
    expect(backups[0]?.wrapped).not.toEqual(backups[1]?.wrapped)
  })

  it('§backup.bek gives each backup its own BEK and nonce, and a restore does not set it back', () => {
    const seen: string[] = []
    const watching = createFactory(entropy(1_000_000), {
      ...defaultParts,
      bulk: {
        ...defaultParts.bulk,
        seal: (key, nonce, associated, plaintext) => {
          seen.push(`${key} ${nonce}`)
          return defaultParts.bulk.seal(key, nonce, associated, plaintext)
        },
      },
    })
    const hsm = filled(73, 'hsm2m', 'FIPS', watching)
    const first = valueOf(hsm.backup())
    for (let i = 0; i < 50; i++) {
      valueOf(hsm.restore(first))
      valueOf(i % 2 === 0 ? hsm.backup() : hsm.synchronise())
    }
    expect(new Set(seen).size).toBe(51)
    expect(new Set(seen.map(pair => pair.split(' ')[0])).size).toBe(51)
  })

  it('§adversary.rollback is no witness of age: a unit takes an older backup after a newer one', () => {
    const hsm = filled(75)
    const older = valueOf(hsm.backup())
    const digest = hsm.digest()
    valueOf(tell(hsm, { op: 'SetPolicy', as: CO, value: 9 }))
    const newer = valueOf(hsm.backup())
    const target = unit(76)
    valueOf(target.restore(newer))
    expect(target.digest()).not.toBe(digest)
    valueOf(target.restore(older))
    expect(target.digest()).toBe(digest)
  })

  it('§backup.bek a copy of a unit goes on with the same bits, and a copy does not disturb the other', () => {
    const hsm = filled(74)
    const copy = hsm.clone()
    expect(valueOf(copy.backup())).toEqual(valueOf(hsm.backup()))
    copy.boot(factory.image('other'))
    expect(codeOf(hsm.restore(valueOf(hsm.backup())))).toBe('opens')
  })
})
