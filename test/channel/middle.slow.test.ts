/** The man in the middle for longer: thousands of attacks on both adapters, and what the tally says of them. */
import { describe, expect, it } from 'vitest'
import { besiege } from './attacks.ts'
import { activated, adapters } from './world.ts'

const RUNS = 1_500

describe.each(adapters)('a man in the middle for long, $name', adapter => {
  it('§channel.once does nothing that is altered and nothing twice', async () => {
    const hsm = await activated(210)
    const { runs, altered, refused } = await besiege(adapter, hsm, RUNS, 2)
    expect(runs).toBe(RUNS)
    expect(altered).toBeGreaterThan(RUNS / 2)
    expect(refused > 0).toBe(adapter.name === 'TLS')
  })
})
