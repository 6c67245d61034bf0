/** What `coverage` prints of what is reached and what is not, and the verdict that it comes to. */
import { describe, expect, it } from 'vitest'
import { NO_COLOURS, coverageReport } from '../../cli/index.ts'
import { cli } from './run.ts'

const items = [
  { kind: 'transition', item: 'hsm/ACTIVE/FailHsm/0' },
  { kind: 'side', item: 'hsm/ACTIVE/Synchronise hasJoined no' },
] as const
const listed = [{ item: items[1].item, reason: 'never', line: 1 }]
const report = (missed: readonly string[], isWhole: boolean, list = listed) =>
  coverageReport({ items, missed }, list, isWhole, NO_COLOURS)

describe('coverage', () => {
  it('holds where only what SPEC.md lists is not reached, and says why that cannot be', () => {
    const { verdict, lines, facts } = report([items[1].item], true)
    expect(verdict).toBe('holds')
    expect(lines).toContain(`cannot be   ${items[1].item}: never`)
    expect(facts).toMatchObject({ missed: [items[1].item], listed: [items[1].item], stale: [] })
  })
  it('is broken where anything else is not reached by all scopes, and undecided where that was not asked of all', () => {
    const missed = items.map(({ item }) => item)
    expect([report(missed, true).verdict, report(missed, false).verdict]).toEqual(['broken', 'undecided'])
    expect(report(missed, true).lines).toContain('not reached hsm/ACTIVE/FailHsm/0')
  })
  it('is broken where something listed is reached', () => {
    const { verdict, lines } = report([], false)
    expect(verdict).toBe('broken')
    expect(lines).toContain(`reached, although SPEC.md says that it cannot be: ${items[1].item}`)
  })
  it('of one scope is undecided: others may reach what it does not', async () => {
    const { code, out } = await cli(['coverage', '--scope', 'smoke.newest', '--json'])
    const { counts, missed } = JSON.parse(out) as {
      readonly counts: readonly object[]
      readonly missed: readonly string[]
    }
    expect([code, counts.length]).toEqual([2, 4])
    expect(missed).toContain('hardware/HALTED/Boot/0')
    expect(missed).not.toContain('hsm/ACTIVE/FailHsm/0')
  })
})
