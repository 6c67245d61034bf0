/** What `mutants` prints, and its verdict: the mutants left by the properties, and why each of them may be. */
import { describe, expect, it } from 'vitest'
import { NO_COLOURS, mutantsReport, resultOf } from '../../cli/index.ts'
import { PERMITTED, type Judged } from '../mutants/index.ts'
import { cli } from './run.ts'

const killed = (at: number): Judged => ({
  id: `target changed: ${at}`,
  operator: 'target changed',
  fate: 'killed',
  by: { property: 'step §hsm.fail', scope: 'smoke.newest', steps: 9 },
  scope: 'smoke.newest',
  thrown: null,
})
const many = [...Array(99).keys()].map(killed)
const planted: Judged = { ...killed(100), fate: 'survived', by: null }
const allowed: Judged = { ...planted, id: PERMITTED[0]?.id ?? '' }

describe('a report', () => {
  it('holds with what is permitted, and says by which clause', () => {
    const { verdict, lines } = mutantsReport([...many, allowed], true, 1, NO_COLOURS)
    expect(verdict).toBe('holds')
    expect(lines).toContainEqual(`permitted  ${allowed.id}: ${PERMITTED[0]?.clause}, ${PERMITTED[0]?.why}`)
    expect(lines.at(-1)).toMatch(/^holds: 100 mutants, 100 of them not equivalent; 1 of those left /)
  })
  it('is broken by a survivor that no clause permits', () => {
    const { verdict, lines } = mutantsReport([...many, planted], true, 1, NO_COLOURS)
    expect(verdict).toBe('broken')
    expect(lines).toContain('survived   target changed: 100, in smoke.newest')
  })
  it('is undecided when it was interrupted', () => {
    expect(mutantsReport(many, false, 1, NO_COLOURS).verdict).toBe('undecided')
  })
})

describe('the result that is kept', () => {
  it('has the table, the permitted survivors, and names one that is not', () => {
    const given = { scope: 'smoke', seed: 1, count: 101 }
    const text = resultOf([...many, allowed, planted], given, 61, new Date(0))
    expect(text).toContain('1970-01-01')
    expect(text).toContain('2 minutes. `mutants --scope smoke --seed 1 --count 101`')
    expect(text).toContain('| target changed | 101 | 99 | 0 | 0 | 0 | 2 |')
    expect(text).toContain(`| ${allowed.id} | ${PERMITTED[0]?.clause} |`)
    expect(text).toContain('| target changed: 100 | none | NOT PERMITTED |')
  })
})

describe('mutants', () => {
  it('judges a sample, whatever the number of threads, and exits with its verdict', async () => {
    const { code, out } = await cli(['mutants', '--scope', 'smoke.rollback', '--count', '9', '--seed', '4', '--json'])
    const { mutants, verdict } = JSON.parse(out) as { readonly mutants: readonly Judged[]; readonly verdict: string }
    expect(mutants.length).toBe(9)
    expect(code).toBe({ holds: 0, broken: 1, undecided: 2 }[verdict])
  })
})
