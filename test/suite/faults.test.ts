/** Broken implementations: each is rejected under its own clause, which the suite finds by itself. Some are tried here, all by `npm run conformance`. */
import { describe, expect, it } from 'vitest'
import { faults, healthy } from '../faults/index.ts'
import { judged, put } from './faults-put.ts'

/** Sorts by a text that has nothing to do with the order in which things were. */
const shuffled = <T>(all: readonly T[]): readonly T[] =>
  all
    .map((one, at) => ({ one, key: (at * 7919) % 101 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ one }) => one)

describe('the seam with nothing broken', () => {
  it('conforms', async () => {
    expect(await put(healthy, { runs: 100 })).toMatchObject({ verdict: 'holds' })
  })
})

describe('a broken implementation', () => {
  it('is there for at least thirty clauses, one each', () => {
    expect(faults.length).toBeGreaterThanOrEqual(30)
    expect(new Set(faults.map(({ clause }) => clause)).size).toBe(faults.length)
  })
  it.each(faults.filter((_, at) => at % 75 === 0))(
    'of $clause is rejected under that clause, whatever the seed',
    async fault => {
      const { said, expected } = await judged(fault)
      expect(said).toEqual(expected)
    },
  )
  it('is named by how it diverges: with the keys of the list shuffled the answers are the same', async () => {
    const sample = faults.filter((_, at) => at % 9 === 1).slice(0, 5)
    const keys = shuffled(sample.map(({ clause }) => clause))
    const relabelled = shuffled(sample.map(({ clause, target }, at) => ({ key: keys[at], clause, target })))
    expect(relabelled.some(({ key, clause }) => key !== clause)).toBe(true)
    for (const { clause, target } of relabelled) expect((await put(target, { seed: 2 })).failure?.clause).toBe(clause)
  })
})
