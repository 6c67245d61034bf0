/** What `faults` says of broken implementations that were judged: each way in which the suite can be wrong about one. */
import { describe, expect, it } from 'vitest'
import { NO_COLOURS, faultsReport, type FaultJudged } from '../../cli/index.ts'

const right: FaultJudged = {
  clause: '§hsm.fail',
  what: 'never fails',
  rejected: true,
  namedClause: '§hsm.fail',
  events: 3,
  minimality: '1-minimal',
  seconds: 1,
}
const reportOf = (judged: readonly FaultJudged[], total = judged.length) => faultsReport({ judged, total }, NO_COLOURS)

describe('the report on broken implementations', () => {
  it('holds when each is rejected under its own clause, by a story of which nothing can be left out', () => {
    expect(reportOf([right]).verdict).toBe('holds')
    expect(reportOf([right]).lines.at(-1)).toContain('1 of 1')
  })
  it('is undecided while some are not judged', () => {
    expect(reportOf([right], 2).verdict).toBe('undecided')
  })
  it.each<[string, Partial<FaultJudged>, string]>([
    ['was not rejected', { rejected: false, namedClause: null, minimality: null }, 'NOT REJECTED'],
    ['was rejected under another clause', { namedClause: '§hsm.replace' }, 'named §hsm.replace'],
    ['was rejected by a story that is too long', { minimality: 'not minimised' }, 'not minimised'],
  ])('is broken where one %s', (_, change, word) => {
    const { verdict, lines } = reportOf([right, { ...right, ...change }])
    expect(verdict).toBe('broken')
    expect(lines.find(line => line.includes(word))).toBeDefined()
    expect(lines.at(-1)).toContain('1 of 2')
  })
})
