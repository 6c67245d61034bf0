/** Every fault of the channel is found by the check of its clause, and the channel with nothing broken by none. */
import { describe, expect, it } from 'vitest'
import { checks } from './checks.ts'
import { channelFaults } from './faults.ts'
import { placesWith } from './places.ts'

describe('the channel with nothing broken', () => {
  it.each([...checks])('passes the check of %s', async (_clause, check) => {
    expect(await check(placesWith())).toBeNull()
  })
})

describe('a fault', () => {
  it('is there for each check, and is said in a sentence of its own', () => {
    expect(new Set(channelFaults.map(({ clause }) => clause))).toEqual(new Set(checks.keys()))
    expect(new Set(channelFaults.map(({ what }) => what)).size).toBe(channelFaults.length)
  })
  it.each(channelFaults.map(fault => [fault.clause, fault.what, fault] as const))(
    'of %s is found, which %s',
    async (clause, _what, { places }) => {
      expect(await checks.get(clause)?.(places())).toEqual(expect.any(String))
    },
  )
})
