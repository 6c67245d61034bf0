/** Of forty mutants in all scopes of every test run each is killed, equivalent, or permitted by a clause. */
import { describe, expect, it } from 'vitest'
import { cloudHsm, smoke } from '../../model/index.ts'
import { PERMITTED, judge, mutantsOf, sample, score, survey } from './index.ts'

describe('a sample of forty', () => {
  const surveyed = survey(smoke)
  const all = mutantsOf(cloudHsm(), surveyed)
  const judged = sample(all, 1, 40).map(mutant => judge(mutant, surveyed))

  it('leaves no survivor that no clause permits', () => {
    const { unexplained, condemned } = score(judged)
    expect([unexplained, condemned]).toEqual([[], []])
  })
  it('is of mutants among which all are that a clause permits', () => {
    const ids = new Set(all.map(({ id }) => id))
    expect(PERMITTED.filter(({ id }) => !ids.has(id))).toEqual([])
  })
  it('is killed for the most part, by properties that are broken by runs', () => {
    const killed = judged.filter(({ fate }) => fate === 'killed')
    expect(killed.length).toBeGreaterThan(20)
    expect(killed.filter(({ by }) => (by?.steps ?? 0) > 0).length).toBeGreaterThan(20)
  })
})
