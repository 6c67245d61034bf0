/** What `faults` says of broken implementations that were judged: each way in which the suite can be wrong about one. */
import { describe, expect, it } from 'vitest'
import {
  NO_COLOURS,
  NO_PROGRESS,
  faultsReport,
  runSecurity,
  securityReport,
  type FaultJudged,
} from '../../cli/index.ts'
import { securityFaults, type SecurityFault } from '../security/index.ts'

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

describe('the report on security faults', () => {
  const seen = (found: string | null): SecurityFault => ({
    clause: '§backup.bek',
    what: 'has one BEK',
    check: 'bytes',
    found: () => Promise.resolve(found),
  })
  const reportOn = async (faults: readonly SecurityFault[], signal = new AbortController().signal) =>
    securityReport(
      await runSecurity(faults, { signal, progress: NO_PROGRESS, pause: () => Promise.resolve() }),
      NO_COLOURS,
    )

  it('holds when each is seen by its check, and says by which', async () => {
    const { verdict, lines } = await reportOn([seen('one BEK')])
    expect(verdict).toBe('holds')
    expect(lines[1]).toMatch(/^bytes +§backup.bek +has one BEK +one BEK$/)
    expect(lines.at(-1)).toContain(
      '1 of 1 security faults seen by the check that should: 0 symbolic, 1 bytes, 0 two-run',
    )
  })
  it('is broken where one is not', async () => {
    const { verdict, lines } = await reportOn([seen('one BEK'), seen(null)])
    expect(verdict).toBe('broken')
    expect(lines.find(line => line.startsWith('NOT SEEN'))).toBeDefined()
  })
  it('is undecided while some are not judged', async () => {
    expect((await reportOn([seen('one BEK')], AbortSignal.abort())).verdict).toBe('undecided')
  })
  it('is about at least twenty-five, by each of the checks, each in words of its own', () => {
    expect(securityFaults.length).toBeGreaterThanOrEqual(25)
    expect(new Set(securityFaults.map(({ check }) => check)).size).toBe(3)
    expect(new Set(securityFaults.map(({ what }) => what)).size).toBe(securityFaults.length)
  })
})
