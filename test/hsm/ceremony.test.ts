/** The ceremony: two shares that tell nothing alone, loaded by two officers, one after the other, or not at all. */
import { inspect } from 'node:util'
import { bytesToHex } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkValue, joinShares, readCard, splitKey, writeCard, type OfficerCard } from '../../impl/hsm/ceremony.ts'
import { endCeremony, holdCeremony, loadShare } from '../../impl/hsm/commissioning.ts'
import { createFactory, defaultParts, instantiate, type Hsm } from '../../impl/hsm/index.ts'
import { zeroise } from '../../impl/hsm/tamper.ts'
import { newUnit } from '../../impl/hsm/unit.ts'
import { codeOf, entropy, factory, filled, valueOf } from './fleet.ts'

const [first, second] = factory.officers
const bare = (n: number, from = factory): Hsm => from.manufacture({ genuine: true, line: 'hsm2m', entropy: entropy(n) })
const backup = valueOf(filled(400).backup())
/** What a unit answers to a backup of the fleet once it has started. */
const started = (hsm: Hsm): string => {
  valueOf(hsm.boot(factory.image('fips')))
  return codeOf(hsm.restore(backup))
}

type Split = typeof splitKey

/** Keys of one byte that each share of one byte is consistent with, over all masks: the fewest and the most, for each share alone. */
const consistent = (split: Split): readonly number[] => {
  const seen = [new Set<number>(), new Set<number>()] as const
  for (let key = 0; key < 256; key += 1)
    for (let mask = 0; mask < 256; mask += 1)
      split(Uint8Array.of(key), Uint8Array.of(mask)).forEach((share, at) => seen[at]?.add(256 * (share[0] ?? 0) + key))
  return seen.map(({ size }) => size)
}

describe('the split', () => {
  it('§ceremony.split leaves every key possible for whoever has one share: all pairs of share and key occur, each for one mask', () => {
    expect(consistent(splitKey)).toEqual([65_536, 65_536])
    const leaking: Split = (key, mask) => [mask, key.map((byte, at) => byte & (mask[at] ?? 0))]
    expect(consistent(leaking)[1]).toBeLessThan(65_536)
  })

  it('§ceremony.split does so at 256 bits: for every key and every share there is the one mask that makes it', () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
    const property = fc.property(bytes, bytes, (key, share) => {
      const other = key.map((byte, at) => byte ^ (share[at] ?? 0))
      expect(splitKey(key, share)[0]).toEqual(share)
      expect(splitKey(key, other)[1]).toEqual(share)
      expect(joinShares(splitKey(key, share))).toEqual(key)
    })
    fc.assert(property, { numRuns: 100, seed: 1 })
  })

  it('§ceremony.split has a mask of its own for each ceremony, and one AKBK for all', () => {
    const ceremonies = [1, 2, 3].map(n => factory.cards(n).map(readCard))
    const shares = ceremonies.flat().map(share => bytesToHex(share ?? new Uint8Array(0)))
    expect(new Set(shares).size).toBe(6)
    const joined = ceremonies.map(pair => joinShares(pair.filter(share => share !== null)))
    expect(new Set(joined.map(bytesToHex)).size).toBe(1)
    const others = createFactory(entropy(401)).officers.map(readCard)
    expect(joinShares(others.filter(share => share !== null))).not.toEqual(joined[0])
  })

  it('§ceremony.split §invariant.plaintext shows nothing of a share on the card', () => {
    const share = bytesToHex(readCard(first) ?? new Uint8Array(0))
    const shown = [JSON.stringify(first), inspect(first, { showHidden: true, depth: 9 }), String(first)].join()
    expect(share).toMatch(/^[0-9a-f]{64}$/)
    expect(shown).not.toContain(share.slice(0, 8))
    expect(Object.keys(first)).toEqual(['officer', 'ceremony'])
  })
})

describe('loading', () => {
  it('§ceremony.separate §hardware.ceremony takes one officer after the other, and an end', () => {
    const hsm = bare(402)
    expect(codeOf(hsm.loadShare(second))).toBe('opens')
    expect(codeOf(hsm.loadShare(first))).toBe('opens')
    expect(codeOf(hsm.endCeremony())).toBe('opens')
    expect(started(hsm)).toBe('opens')
  })

  it('§ceremony.separate leaves hardware uncommissioned while one share waits, and a start wipes it', () => {
    const hsm = bare(403)
    valueOf(hsm.loadShare(first))
    expect(started(hsm)).toBe('UNWRAP')
    expect([codeOf(hsm.loadShare(second)), codeOf(hsm.endCeremony())]).toEqual(['BOOTED', 'BOOTED'])
    hsm.boot(factory.image('forged'))
    expect(codeOf(hsm.loadShare(second))).toBe('opens')
    expect(codeOf(hsm.endCeremony())).toBe('TWO_PERSON')
    expect(started(hsm)).toBe('UNWRAP')
  })

  it('§hardware.ceremony refuses the same officer twice, with whatever card, and goes on with the other', () => {
    const hsm = bare(404)
    const copy = writeCard('first', first.ceremony, readCard(second) ?? new Uint8Array(32))
    valueOf(hsm.loadShare(first))
    expect([codeOf(hsm.loadShare(first)), codeOf(hsm.loadShare(copy))]).toEqual(['TWO_PERSON', 'TWO_PERSON'])
    valueOf(hsm.loadShare(second))
    valueOf(hsm.endCeremony())
    expect(started(hsm)).toBe('opens')
  })

  it('§hardware.ceremony refuses to end with none, one, one twice, or three, and loads nothing then', () => {
    const third = writeCard('third', first.ceremony, new Uint8Array(32))
    const ceremonies: readonly (readonly OfficerCard[])[] = [[], [first], [second, second], [first, second, third]]
    for (const cards of ceremonies) {
      const hsm = bare(405)
      expect(codeOf(hsm.commission(cards))).toBe('TWO_PERSON')
      expect(started(hsm)).toBe('UNWRAP')
    }
  })

  it('§ceremony.share refuses a share that was misread, and one of another ceremony, and goes on with the right one', () => {
    const hsm = bare(406)
    const share = readCard(second) ?? new Uint8Array(32)
    const misread = share.map((byte, at) => (at === 31 ? byte ^ 1 : byte))
    const bad = writeCard('second', first.ceremony, misread, checkValue(share))
    const [, other] = factory.cards(2)
    valueOf(hsm.loadShare(first))
    expect([codeOf(hsm.loadShare(bad)), codeOf(hsm.loadShare(other))]).toEqual(['SHARE', 'SHARE'])
    expect(codeOf(hsm.loadShare({ officer: 'second', ceremony: first.ceremony }))).toBe('SHARE')
    valueOf(hsm.loadShare(second))
    valueOf(hsm.endCeremony())
    expect(started(hsm)).toBe('opens')
  })

  it('§ceremony.split loads the same AKBK in every ceremony', () => {
    const hsm = bare(407)
    valueOf(hsm.commission(factory.cards(2)))
    expect(started(hsm)).toBe('opens')
  })

  it.each([first, second])(
    '§key.akbk §invariant.hardware is of no use with the share of one officer for AKBK, %o',
    card => {
      const alone = { ...defaultParts, admitCards: () => true }
      const hsm = bare(408, createFactory(entropy(1_000_000), alone))
      expect(codeOf(hsm.commission([card]))).toBe('opens')
      expect(started(hsm)).toBe('UNWRAP')
    },
  )
})

describe('what is left', () => {
  const blank = () => newUnit('hsm2m', { fused: {}, akbk: null }, instantiate(entropy(409), new Uint8Array(0)))
  const waiting = () => {
    const { unit } = loadShare(defaultParts, blank(), first)
    const [share] = unit.loaded.map(one => one.share)
    if (share === undefined) throw new Error('expected a share')
    expect(share.some(byte => byte !== 0)).toBe(true)
    return { unit, share }
  }
  const isWiped = (share: Uint8Array): boolean => share.every(byte => byte === 0)

  it('§ceremony.separate is nothing of the share when the ceremony is given up', () => {
    const { unit, share } = waiting()
    const { unit: after, outcome } = endCeremony(defaultParts, unit)
    expect([codeOf(outcome), after.loaded, after.roots.akbk, isWiped(share)]).toEqual(['TWO_PERSON', [], null, true])
  })

  it('§ceremony.separate is AKBK alone when it was held', () => {
    const { unit, share } = waiting()
    const { unit: after, outcome } = holdCeremony(defaultParts, unit, [second])
    expect([codeOf(outcome), after.loaded, isWiped(share)]).toEqual(['opens', [], true])
    expect(after.roots.akbk).toEqual(joinShares([first, second].map(card => readCard(card) ?? new Uint8Array(32))))
  })

  it('§hardware.tamper is nothing of the share when the hardware is opened meanwhile', () => {
    const { unit, share } = waiting()
    expect([zeroise(unit).loaded, isWiped(share)]).toEqual([[], true])
    const hsm = bare(410)
    valueOf(hsm.loadShare(first))
    hsm.tamper()
    expect([hsm.remains(), codeOf(hsm.loadShare(second)), codeOf(hsm.endCeremony())]).toEqual([
      '',
      'TAMPERED',
      'TAMPERED',
    ])
  })

  it('§ceremony.separate is the share on the card, and in a copy of the hardware that was made before', () => {
    const hsm = bare(411)
    valueOf(hsm.loadShare(first))
    const copy = hsm.clone()
    hsm.endCeremony()
    valueOf(copy.loadShare(second))
    valueOf(copy.endCeremony())
    expect(started(copy)).toBe('opens')
    expect(readCard(first)?.some(byte => byte !== 0)).toBe(true)
  })
})
