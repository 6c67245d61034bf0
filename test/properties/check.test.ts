/** Smoke is explored to its end, and every property holds there with witnesses. */
import { describe, expect, it } from 'vitest'
import { smoke } from '../../model/index.ts'
import { check, properties } from '../../properties/index.ts'

/** States, transitions and depth, summed over the choices of a scope. */
const PINNED = {
  'smoke.lifecycle': [31_548, 343_344, 50],
  'smoke.pair': [27_727, 99_729, 27],
  'smoke.contents': [4_486, 23_472, 31],
  'smoke.newest': [1_518, 8_415, 15],
  'smoke.tamper': [26_647, 79_755, 17],
  'smoke.hardware': [1_982, 15_758, 8],
  'smoke.rollback': [93, 674, 7],
  'smoke.leaving': [1_096, 4_123, 12],
  'smoke.zones': [1_483, 8_178, 32],
  'smoke.limit': [79, 255, 8],
}

describe('smoke', () => {
  const result = check({ scopes: smoke, properties })

  it('holds, with nothing left out', () => {
    expect(result.problems).toEqual([])
    expect(result.properties.filter(({ verdict }) => verdict !== 'holds')).toEqual([])
    expect(result.scopes.map(({ verdict }) => verdict)).toEqual(smoke.map(() => 'holds'))
    expect(result.verdict).toBe('holds')
  })
  it('has a witness of each property', () => {
    expect(result.properties.filter(({ witnesses }) => witnesses === 0)).toEqual([])
  })
  it('is held against the properties that are pinned', () => {
    const counted = Map.groupBy(result.properties, ({ kind }) => kind)
    const counts = [...counted].map(([kind, { length }]) => [kind, length])
    expect(Object.fromEntries(counts)).toEqual({ always: 9, step: 117, sometimes: 14, leadsTo: 11 })
  })
  it('has the states, transitions and depth of its explorations', () => {
    const sizes = result.scopes.map(({ name, states, transitions, depth }) => [name, [states, transitions, depth]])
    expect(Object.fromEntries(sizes)).toEqual(PINNED)
    expect([result.states, result.transitions, result.depth]).toEqual([96_659, 583_703, 50])
  })
})
