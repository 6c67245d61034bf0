/** A run that is to try all that can happen: what it did not try leaves it undecided, and never holds. */
import { describe, expect, it } from 'vitest'
import { NO_COLOURS, wholeReport, type Judged } from '../../cli/index.ts'

const full = { covered: 3, reachable: 3 }
const judged = (missed: readonly string[], verdict: Judged['verdict'] = 'holds'): Judged => ({
  verdict,
  target: 'reference',
  seed: 1,
  runs: 5,
  steps: 7,
  refusals: 0,
  coverage: { transitions: full, rules: full, refusals: full, missed },
  choices: { 'choice.backup.delete.again': null, 'choice.hsm.delete.creating': null },
  skipped: [],
})
const reportOf = (given: Judged) => wholeReport(given, 'smoke', NO_COLOURS)

describe('a run of all that can happen', () => {
  it('holds when nothing was left out', () => {
    expect(reportOf(judged([])).verdict).toBe('holds')
  })
  it('is undecided when something was, and says so last', () => {
    const { verdict, lines } = reportOf(judged(['FailHsm', 'Elapse']))
    expect([verdict, lines.at(-1)]).toEqual([
      'undecided',
      'undecided: 2 things that can happen were not tried: ask for more --runs',
    ])
  })
  it('stays what it is when it does not hold anyway', () => {
    expect(reportOf(judged(['FailHsm'], 'undecided')).verdict).toBe('undecided')
  })
})
