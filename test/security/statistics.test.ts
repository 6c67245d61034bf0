/** The statistical tests: known p-values, bytes of a good generator that pass, and sealed bytes that do; what is not random does not. */
import { describe, expect, it } from 'vitest'
import { backupsUnder, foundInStatistics, recordsUnder } from './sealed.ts'
import { frequencies, LEAST_BYTES, monobit, statisticsOf, UNBELIEVABLE, unlikely, upperGamma } from './statistics.ts'

const bytes = (count: number, byteAt: (at: number) => number): Uint8Array =>
  Uint8Array.from({ length: count }, (_, at) => byteAt(at))

describe('p-values', () => {
  it.each([
    // SP 800-22 Rev. 1a §2.1.8: 100 binary digits of pi, 42 ones: p = 0.109599.
    [0.5, 16 ** 2 / 100 / 2, 0.109599],
    // Q(1, x) is exp(-x); Q(2, x) is (1 + x) exp(-x).
    [1, 3, Math.exp(-3)],
    [2, 5, 6 * Math.exp(-5)],
    // Tables of chi-square: 10 degrees of freedom and 18.307, 100 and 124.342: p = 0.05.
    [5, 18.307 / 2, 0.05],
    [50, 124.342 / 2, 0.05],
  ])('of Q(%f, %f) are known', (a, x, p) => {
    expect(upperGamma(a, x)).toBeCloseTo(p, 4)
  })
  it('say of equal counts that nothing is unlikely, and of one byte alone that it is no chance', () => {
    const even = bytes(2560, at => at & 0xff)
    expect([monobit(even), frequencies(even)]).toEqual([1, 1])
    expect(monobit(new Uint8Array(100))).toBeLessThan(UNBELIEVABLE)
    expect(frequencies(new Uint8Array(2560))).toBeLessThan(UNBELIEVABLE)
  })
})

describe('what is sealed', () => {
  it.each([1, 2, 3])('looks random, backups and records, with seed %i, §backup.sealed §channel.sealed', seed => {
    for (const texts of [backupsUnder({}, seed), recordsUnder({}, seed)]) {
      expect(texts.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(LEAST_BYTES)
      expect(unlikely(texts)).toBeNull()
    }
  })
  it('is judged by 67 tests, none of which says nothing', () => {
    const statistics = statisticsOf(backupsUnder({}))
    expect(statistics.length).toBe(67)
    expect(statistics.every(({ p }) => p > 0 && p <= 1)).toBe(true)
  })
  it('is found where it is the text itself, or the text under a pad that repeats', () => {
    const text = bytes(400, at => at % 7)
    const pad = bytes(32, at => (at * 89 + 3) & 0xff)
    const padded = (key: number) => text.map((byte, at) => byte ^ ((pad[at % 32] ?? 0) * (2 * key + 1) + key * 31))
    expect(unlikely(Array.from({ length: 50 }, () => text))).not.toBeNull()
    expect(unlikely(Array.from({ length: 50 }, (_, key) => padded(key)))).not.toBeNull()
    expect(foundInStatistics({})).toBeNull()
  })
})
