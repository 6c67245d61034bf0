/** Broken designs: each adds a minimal set of capabilities, and where the model can be broken in the same way, a run of it shows it. */
import { describe, expect, it } from 'vitest'
import { overrideGuard } from '../../model/index.ts'
import { certifyLiar, listenLater } from './played.ts'
import { added } from './symbolic-check.ts'
import { brokenBy, symbolicFaults } from './symbolic.ts'

const found = new Map<string, string | null>()
for (const { what, found: find } of symbolicFaults) found.set(what, await find())
const says = (what: string): string => found.get(what) ?? ''

describe('a broken design', () => {
  it.each(symbolicFaults.map(({ clause, what }) => [`${clause}: ${what}`, what] as const))('%s is found', (_, what) => {
    expect(says(what)).toMatch(
      /^\w+\.\w+(\.\w+)? by \{[a-z, -]+\}, (in a run of \d+ inputs|not replayed: .+|played on an implementation: .+)$/,
    )
  })
  it('is replayed on a model that is broken in the same way, where there is one', () => {
    const replayed = symbolicFaults.filter(({ what }) => says(what).includes('in a run')).map(({ clause }) => clause)
    expect(replayed).toEqual([
      '§key.akbk',
      '§key.mkbk',
      '§key.mode',
      '§hardware.zeroise',
      '§hardware.firmware',
      '§backup.wrapped',
      '§backup.sealed',
    ])
  })
  it('is played on an implementation that is broken in the same way, where the model has no step for it; one that is not refuses', () => {
    const played = symbolicFaults.filter(({ what }) => says(what).includes('played on an implementation'))
    expect(played.map(({ clause }) => clause)).toEqual(['§channel.sealed', '§attest.mode'])
    expect(listenLater(true)).toMatch(/^\d+ records are read of \d+, with the password of the officer$/)
    expect(listenLater(false)).toBe(null)
    expect(certifyLiar(false)).toBe("the customer certifies hardware in NON_FIPS mode with firmware of the attacker's")
    expect(certifyLiar(true)).toBe(null)
  })
  it('is not replayed on the model as it is: the run is the fault’s own', () => {
    const language: Parameters<typeof added>[0]['language'] = given => ({
      ...given,
      abbreviations: given.abbreviations.map(entry =>
        entry[0].startsWith('wrapping') ? ['wrapping(N, A, M)', 'kdf(mkbk(N), nothing, M)'] : entry,
      ),
    })
    expect(added({ language })).toMatchObject({ goal: 'learn.key.nonfips', inputs: null })
    const edits = [overrideGuard('hardware', 'isCommissioned', () => true)]
    expect(added({ language, edits })).toMatchObject({ goal: 'learn.key.nonfips', inputs: 15 })
  })
})

describe('the rules of attestation', () => {
  it.each(['rom.attest', 'customer.certify'])('%s are what makes an attestation without the mode be noticed', id => {
    const { language } = brokenBy('the attestation that the customer checks does not say in which mode the hardware is')
    const design = { ...(language && { language }) }
    expect(added(design)).toMatchObject({ goal: 'learn.imported.fips' })
    expect(added({ ...design, rules: rules => rules.filter(rule => rule.id !== id) })).toBe(null)
  })
})

describe('a design that is not broken', () => {
  it('adds nothing', () => {
    expect(added({})).toBe(null)
  })
})
