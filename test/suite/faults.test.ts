/** Every broken implementation is rejected under its own clause, which the suite finds without knowing of any list. */
import { describe, expect, it } from 'vitest'
import { cloudHsm, smoke } from '../../model/index.ts'
import { conform, survey, type ConformOptions, type Survey, type TargetFactory } from '../conformance/index.ts'
import { faults, healthy } from '../faults/index.ts'

const surveys = new Map<string, Survey>()
const surveyOf: NonNullable<ConformOptions['surveyOf']> = (model, scopes) => {
  const key = JSON.stringify(model.choices)
  const known = surveys.get(key) ?? survey(model, scopes)
  surveys.set(key, known)
  return known
}
const put = (target: TargetFactory, { seed = 1, runs = 200 } = {}) =>
  conform({ target, scopes: smoke, seed, runs, surveyOf, search: 'first' })

/** How many stories are planned from the model, and owe nothing to the seed. */
const tours = surveyOf(cloudHsm(), smoke).tours.length
/** Two HSMs have to be restored from one backup and each to make another: no single step shows that, so walks have to find it. */
const NEEDS_WALKS = ['§backup.generator']

/** Sorts by a text that has nothing to do with the order in which things were. */
const shuffled = <T>(all: readonly T[]): readonly T[] =>
  all
    .map((one, at) => ({ one, key: (at * 7919) % 101 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ one }) => one)

describe('the seam with nothing broken', () => {
  it('conforms, and covers all that is reachable', async () => {
    expect(await put(healthy)).toMatchObject({ verdict: 'holds', coverage: { missed: [] } })
  })
})

describe('a broken implementation', () => {
  it('is there for at least thirty clauses, one each', () => {
    expect(faults.length).toBeGreaterThanOrEqual(30)
    expect(new Set(faults.map(({ clause }) => clause)).size).toBe(faults.length)
  })
  it.each(faults)('of $clause is rejected under that clause, whatever the seed', async ({ clause, target }) => {
    const { verdict, failure } = await put(target, NEEDS_WALKS.includes(clause) ? {} : { runs: tours })
    expect([verdict, failure?.clause, failure?.minimality]).toEqual(['broken', clause, '1-minimal'])
  })
  it('is named by how it diverges: with the keys of the list shuffled the answers are the same', async () => {
    const sample = faults.filter((_, at) => at % 10 === 0)
    const keys = shuffled(sample.map(({ clause }) => clause))
    const relabelled = shuffled(sample.map(({ clause, target }, at) => ({ key: keys[at], clause, target })))
    expect(relabelled.some(({ key, clause }) => key !== clause)).toBe(true)
    for (const { clause, target } of relabelled) expect((await put(target, { seed: 2 })).failure?.clause).toBe(clause)
  })
})
