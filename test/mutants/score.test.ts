/** The score passes where few are left and all of them are permitted; the result that is kept does. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MOST_LEFT, PERMITTED, permitted, score, type Fate, type Judged } from './index.ts'

const judged = (fate: Fate, count: number, name = 'x'): readonly Judged[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `${name} ${at}`,
    operator: 'target changed' as const,
    fate,
    by: null,
    scope: null,
    thrown: null,
  }))
const allowed: Judged = { ...(judged('survived', 1)[0] as Judged), id: PERMITTED[0]?.id ?? '' }

describe('a score', () => {
  it('passes where all are killed or equivalent', () => {
    const { isPassed, different, left } = score([
      ...judged('killed', 20),
      ...judged('equivalent', 3),
      ...judged('unobservable', 1),
    ])
    expect([isPassed, different, left]).toEqual([true, 20, 0])
  })
  it('passes with survivors that a clause permits, up to 5 % of those that are not equivalent', () => {
    expect(score([...judged('killed', 19), allowed])).toMatchObject({ isPassed: true, left: 1, different: 20 })
    expect(score([...judged('killed', 18), allowed])).toMatchObject({ isPassed: false, unexplained: [] })
    expect(score([...judged('killed', 18), ...judged('equivalent', 50), allowed]).isPassed).toBe(false)
  })
  it('counts a mutant without an answer among those that are left', () => {
    expect(score([...judged('killed', 18), ...judged('no answer', 1)])).toMatchObject({ isPassed: false, left: 1 })
  })
  it('fails with one survivor that no clause permits', () => {
    const { isPassed, unexplained } = score([...judged('killed', 99), ...judged('survived', 1, 'planted')])
    expect([isPassed, unexplained.map(({ id }) => id)]).toEqual([false, ['planted 0']])
  })
  it('fails where a property condemns what is permitted', () => {
    const { isPassed, condemned } = score([...judged('killed', 99), { ...allowed, fate: 'killed' }])
    expect([isPassed, condemned.length]).toEqual([false, 1])
  })
})

describe('the last long run', () => {
  const result = readFileSync(new URL('./result.md', import.meta.url), 'utf8')
  const [mutants = 0, killed = 0, equivalent = 0, unobservable = 0, unanswered = 0, survived = 0] = (
    /^\| all \| ([\d |]+) \|$/m.exec(result)?.[1] ?? ''
  )
    .split(' | ')
    .map(Number)

  it('judged at least 300 mutants, of which the properties left at most 5 % of those that are not equivalent', () => {
    expect(mutants).toBeGreaterThanOrEqual(300)
    expect(killed + equivalent + unobservable + unanswered + survived).toBe(mutants)
    const different = mutants - equivalent - unobservable
    expect((unanswered + survived) * 100).toBeLessThanOrEqual(different * MOST_LEFT)
  })
  it('says of each survivor which clause permits it', () => {
    const [, section = ''] = result.split(/^## /m)
    const rows = [...section.matchAll(/^\| (.+: .+) \| (§\S+) \| .+ \|$/gm)]
    expect(rows.length).toBe(survived)
    for (const [, id = '', clause] of rows) expect(permitted(id)?.clause).toBe(clause)
  })
  it('says when, on what and how it was made', () => {
    expect(result).toMatch(
      /^\d{4}-\d\d-\d\d, \w+ with \d+ cores, Node \d+\.\d+\.\d+, \d+ minutes\. `mutants --scope \w+ --seed \d+ --count \d+`$/m,
    )
  })
})
