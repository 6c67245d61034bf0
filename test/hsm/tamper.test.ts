/** What hardware does with firmware that is replaced, and with whoever opens it. */
import { equalBytes } from '@noble/ciphers/utils.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFactory, defaultParts } from '../../impl/hsm/index.ts'
import { codeOf, entropy, factory, filled, tell, CU, valueOf } from './fleet.ts'
import { edit, edited } from './tampering/edits.ts'

describe('firmware', () => {
  it('§hardware.update takes effect at the next start, and not before', () => {
    const hsm = filled(120)
    const before = hsm.digest()
    valueOf(hsm.update(factory.image('other')))
    expect([hsm.power(), hsm.mode(), hsm.digest()]).toEqual(['OPERATIONAL', 'FIPS', before])
    expect(valueOf(hsm.restart())).toBe('NON_FIPS')
    expect(hsm.digest()).toBe('')
  })

  it('§hardware.update §hardware.firmware loses and shows nothing when it is replaced by forged firmware', () => {
    const hsm = filled(121)
    const [before, backup] = [hsm.digest(), valueOf(hsm.backup())]
    valueOf(hsm.update(factory.image('forged')))
    expect(codeOf(hsm.restart())).toBe('FIRMWARE')
    expect([hsm.power(), hsm.mode(), hsm.agree(entropy(1))]).toEqual(['HALTED', null, null])
    expect([codeOf(hsm.backup()), codeOf(hsm.synchronise()), codeOf(hsm.restore(backup))]).toEqual(
      Array(3).fill('NOT_OPERATIONAL'),
    )
    valueOf(hsm.update(factory.image('fips')))
    expect(valueOf(hsm.restart())).toBe('FIPS')
    expect(hsm.digest()).toBe(before)
  })

  it('§hardware.firmware halts it with whatever was altered in an image, and only then', () => {
    const hsm = factory.manufacture({ genuine: true, line: 'hsm2m', entropy: entropy(119) })
    const image = factory.image('fips')
    const field = fc.constantFrom('manifest' as const, 'signature' as const)
    const property = fc.property(field, edit, (name, change) => {
      const altered = { ...image, [name]: edited(image[name], change) }
      fc.pre(!equalBytes(altered[name], image[name]))
      expect(codeOf(hsm.boot(altered))).toBe('FIRMWARE')
      expect([hsm.power(), hsm.mode()]).toEqual(['HALTED', null])
    })
    fc.assert(property, { numRuns: 60, seed: 1 })
    expect(codeOf(hsm.boot({ ...image, signer: 'other' }))).toBe('FIRMWARE')
    expect(codeOf(hsm.boot({ ...image, behaviour: { id: 'another' } }))).toBe('FIRMWARE')
    expect(codeOf(hsm.boot(factory.image('other', { id: 'another' })))).toBe('opens')
    expect(codeOf(hsm.boot(image))).toBe('opens')
  })

  it('§hardware.rollback may become newer and never older, in either mode', () => {
    const hsm = factory.manufacture({ genuine: true, line: 'hsm2m', entropy: entropy(122) })
    expect(codeOf(hsm.restart())).toBe('FIRMWARE')
    expect(valueOf(hsm.boot(factory.image('outdated')))).toBe('FIPS')
    expect(valueOf(hsm.boot(factory.image('other')))).toBe('NON_FIPS')
    expect(codeOf(hsm.boot(factory.image('outdated')))).toBe('ROLLBACK')
    expect(hsm.power()).toBe('HALTED')
  })

  it('§hardware.rollback is not led to believe a version that was not signed', () => {
    const hsm = factory.manufacture({ genuine: true, line: 'hsm2m', entropy: entropy(123) })
    const [outdated, fips] = [factory.image('outdated'), factory.image('fips')]
    expect(codeOf(hsm.boot({ ...outdated, manifest: fips.manifest }))).toBe('FIRMWARE')
    expect(codeOf(hsm.boot(outdated))).toBe('opens')
  })
})

describe('tampering', () => {
  it('§hardware.tamper leaves nothing of contents and keys', () => {
    const roots: Uint8Array[] = []
    const watching = createFactory(entropy(1_000_000), {
      ...defaultParts,
      zeroise: unit => {
        const { fused, akbk } = unit.roots
        for (const key of [fused.hsm1, fused.hsm2m, akbk]) if (key instanceof Uint8Array) roots.push(key)
        return defaultParts.zeroise(unit)
      },
    })
    const hsm = filled(126, 'hsm2m', 'FIPS', watching)
    const other = filled(127, 'hsm2m', 'FIPS', watching)
    expect(hsm.remains()).toMatch(/^[0-9a-f]{64}$/)
    hsm.tamper()
    expect([hsm.power(), hsm.mode(), hsm.digest(), hsm.remains()]).toEqual(['TAMPERED', null, '', ''])
    expect(roots.map(key => key.every(byte => byte === 0))).toEqual([true, true, true])
    // Another unit of the same manufacturer has roots of its own.
    expect(codeOf(other.restore(valueOf(other.backup())))).toBe('opens')
  })

  it('§hardware.tamper shows on no copy that was made before', () => {
    const hsm = filled(128)
    const copy = hsm.clone()
    hsm.tamper()
    valueOf(copy.restart())
    expect(tell(copy, { op: 'LogIn', as: CU }).ok).toBe(true)
  })

  it('§hardware.tampered refuses everything for ever', () => {
    const hsm = filled(129)
    const backup = valueOf(hsm.backup())
    hsm.tamper()
    const refused = [
      codeOf(hsm.commission(factory.officers)),
      codeOf(hsm.update(factory.image('fips'))),
      codeOf(hsm.boot(factory.image('fips'))),
      codeOf(hsm.restart()),
      codeOf(hsm.restore(backup)),
    ]
    expect(refused).toEqual(Array(5).fill('TAMPERED'))
    expect([codeOf(hsm.backup()), codeOf(hsm.provision()), hsm.agree(entropy(1))]).toEqual([
      'NOT_OPERATIONAL',
      'NOT_OPERATIONAL',
      null,
    ])
  })
})
