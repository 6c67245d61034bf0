/** Pairs: both sides are done as often, by turns, and the verdict is of the median. */
import { describe, expect, it } from 'vitest'
import { paired, verdictOf } from './pairs.ts'

describe('pairs', () => {
  it('do both sides as often, the one and then the other, six times over', () => {
    const done: string[] = []
    const { ratios, median } = paired(
      'x',
      () => done.push('bare'),
      () => done.push('whole'),
      2,
    )
    const turns = done.filter((what, at) => what !== done[at - 1])
    expect(turns).toEqual(Array.from({ length: 6 }, () => ['bare', 'whole']).flat())
    expect(done.filter(what => what === 'bare').length).toBe(done.length / 2)
    expect(ratios.length).toBe(5)
    expect(ratios.filter(ratio => ratio <= median).length).toBeGreaterThanOrEqual(3)
    expect(ratios.filter(ratio => ratio >= median).length).toBeGreaterThanOrEqual(3)
  })

  it('are not met above what they may be at most, and not when nothing was measured', () => {
    const verdict = (median: number) => verdictOf({ name: 'x', ratios: [median], median, most: 2 })
    expect([1.9, 2, 2.01, Number.NaN].map(verdict)).toEqual(['met', 'met', 'NOT MET', 'NOT MET'])
  })
})
