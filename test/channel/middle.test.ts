/** The service as the man in the middle: whatever it does to records, nothing is done twice and nothing that it altered is accepted. */
import { describe, expect, it } from 'vitest'
import { besiege, KINDS } from './attacks.ts'
import { COMMANDS, overtureOf, play, policyOf, wrongWith } from './played.ts'
import { activated, adapters } from './world.ts'

describe.each(adapters)('a man in the middle, $name', adapter => {
  it('does no harm by handing everything on', async () => {
    const hsm = await activated(200)
    const overture = await overtureOf(adapter, hsm)
    const played = await play(adapter, hsm, [])
    expect(played).toMatchObject({ code: 'opens', answered: COMMANDS, done: COMMANDS, late: 0 })
    expect(wrongWith(played, overture, 0, [])).toBeNull()
  })

  it.each(KINDS)(
    '§channel.once gets no command done by what is called %s, before the first, between and after the last',
    async kind => {
      const hsm = await activated(201)
      const overture = await overtureOf(adapter, hsm)
      const { middle: other } = await play(adapter, hsm, [])
      for (const direction of ['there', 'back'] as const)
        for (let at = 0; at < overture[direction] + COMMANDS; at++) {
          const attacks = [{ direction, at, kind, by: 11 * at + 1 }]
          const before = await policyOf(adapter, hsm)
          const played = await play(adapter, hsm, attacks, other.courses)
          expect([attacks, wrongWith(played, overture, before, attacks)]).toEqual([attacks, null])
        }
    },
  )

  it('§channel.once does nothing that is altered and nothing twice, over attacks drawn at random', async () => {
    const hsm = await activated(202)
    const { runs, altered, refused } = await besiege(adapter, hsm, 60, 1)
    expect(runs).toBe(60)
    expect(altered).toBeGreaterThan(30)
    expect(refused > 0).toBe(adapter.name === 'TLS')
  })
})
