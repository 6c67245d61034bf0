/** Smoke is explored to its end, and every property holds there with witnesses. */
import { describe, expect, it } from 'vitest'
import { smoke } from '../../model/index.ts'
import { check, properties } from '../../properties/index.ts'

/** States, transitions and depth, summed over the choices of a scope. */
const PINNED = {
  'smoke.lifecycle': [8_400, 92_032, 42],
  'smoke.pair': [27_727, 99_729, 27],
  'smoke.contents': [4_486, 18_309, 31],
  'smoke.users': [4_775, 44_044, 20],
  'smoke.leaving': [154, 825, 8],
  'smoke.newest': [1_518, 8_415, 15],
  'smoke.tamper': [26_647, 79_755, 17],
  'smoke.hardware': [1_982, 15_758, 8],
  'smoke.peer': [203, 315, 10],
  'smoke.rollback': [93, 674, 7],
  'smoke.tenants': [384, 1_381, 14],
  'smoke.copies': [546, 8_335, 16],
  'smoke.arrival': [89, 207, 6],
  'smoke.sharing': [445, 10_559, 11],
  'smoke.policy': [53, 138, 9],
  'smoke.retention': [1_155, 6_452, 11],
  'smoke.plan': [142, 362, 9],
  'smoke.zones': [1_483, 8_178, 32],
  'smoke.limit': [79, 255, 8],
  'smoke.splice': [220, 920, 4],
  'smoke.replay': [45, 70, 8],
  'smoke.graft': [41, 58, 3],
  'smoke.firmware': [75, 732, 5],
  'smoke.scrap': [203, 2_132, 6],
  'smoke.quorum': [59, 536, 10],
  'smoke.tokens': [99, 537, 9],
  'smoke.outsider': [9, 15, 5],
  'smoke.modify': [191, 401, 30],
  'smoke.migration': [1_864, 7_090, 23],
  'smoke.limited': [72, 552, 11],
  'smoke.validation': [980, 2_494, 17],
  'smoke.synchronisation': [433, 3_356, 10],
  'smoke.divergence': [283, 1_904, 10],
  'smoke.crash': [743, 3_406, 9],
  'smoke.crashes': [2_061, 9_944, 15],
  'smoke.outage': [5, 5, 1],
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
    expect(Object.fromEntries(counts)).toEqual({ always: 13, step: 232, sometimes: 46, leadsTo: 18 })
  })
  it('has the states, transitions and depth of its explorations', () => {
    const sizes = result.scopes.map(({ name, states, transitions, depth }) => [name, [states, transitions, depth]])
    expect(Object.fromEntries(sizes)).toEqual(PINNED)
    expect([result.states, result.transitions, result.depth]).toEqual(TOTAL)
  })
})
