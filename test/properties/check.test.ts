/** Smoke is explored to its end, and every property holds there with witnesses. */
import { describe, expect, it } from 'vitest'
import { smoke } from '../../model/index.ts'
import { check, properties } from '../../properties/index.ts'

/** States, transitions and depth, summed over the choices of a scope. */
const PINNED = {
  'smoke.lifecycle': [24_698, 247_966, 47],
  'smoke.pair': [27_727, 99_729, 27],
  'smoke.contents': [6_054, 26_149, 31],
  'smoke.users': [4_775, 44_044, 20],
  'smoke.leaving': [31, 132, 5],
  'smoke.newest': [1_218, 5_016, 17],
  'smoke.tamper': [26_647, 79_755, 17],
  'smoke.hardware': [1_982, 15_758, 8],
  'smoke.peer': [203, 315, 10],
  'smoke.rollback': [93, 674, 7],
  'smoke.copies': [2_835, 43_880, 19],
  'smoke.sharing': [445, 8_779, 11],
  'smoke.policy': [53, 138, 9],
  'smoke.retention': [1_155, 6_452, 11],
  'smoke.plan': [142, 362, 9],
  'smoke.zones': [1_065, 4_978, 28],
  'smoke.limit': [53, 103, 8],
  'smoke.splice': [2_074, 16_707, 8],
  'smoke.replay': [45, 70, 8],
  'smoke.graft': [41, 58, 3],
  'smoke.firmware': [753, 10_296, 9],
}
const all = Object.values(PINNED)
const sum = (at: number): number => all.reduce((total, sizes) => total + (sizes[at] as number), 0)
/** Of all together: states, transitions, the greatest depth. */
const TOTAL = [sum(0), sum(1), Math.max(...all.map(sizes => sizes[2] as number))]

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
    expect(Object.fromEntries(counts)).toEqual({ always: 10, step: 168, sometimes: 21, leadsTo: 13 })
  })
  it('has the states, transitions and depth of its explorations', () => {
    const sizes = result.scopes.map(({ name, states, transitions, depth }) => [name, [states, transitions, depth]])
    expect(Object.fromEntries(sizes)).toEqual(PINNED)
    expect([result.states, result.transitions, result.depth]).toEqual(TOTAL)
  })
})
