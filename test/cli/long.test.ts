/** The long run: what it says of its parts, and the document that keeps its result. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  NO_COLOURS,
  NO_PROGRESS,
  count,
  longDocument,
  longReport,
  runParts,
  type CommandContext,
  type Given,
  type Report,
} from '../../cli/index.ts'
import { deep } from '../../model/index.ts'

const contextOf = (signal: AbortSignal, out: (line: string) => void = () => undefined): CommandContext => ({
  out,
  err: () => undefined,
  json: false,
  signal,
  progress: NO_PROGRESS,
  colour: NO_COLOURS,
  pause: () => Promise.resolve(),
})
const NEVER = new AbortController().signal
const scope = { name: 'deep.x', states: 1234, transitions: 5678, depth: 9, isComplete: true }
const found = (verdict: Report['verdict']): Report => ({
  verdict,
  facts: { scopes: [scope] },
  lines: ['what is wrong', `${verdict}: 3 properties`],
})
const done = (verdicts: readonly Report['verdict'][], context = contextOf(NEVER)) =>
  runParts(
    verdicts.map((verdict, at) => [`check --scope x${at}`, () => Promise.resolve(found(verdict))] as const),
    context,
    {} as Given,
  )

describe('a long run', () => {
  it('holds when all of its parts do', async () => {
    expect(longReport(await done(['holds', 'holds']), contextOf(NEVER)).verdict).toBe('holds')
  })
  it('is broken by one that is, and prints what it found', async () => {
    const out: string[] = []
    const parts = await done(
      ['holds', 'broken', 'undecided'],
      contextOf(NEVER, line => out.push(line)),
    )
    expect(longReport(parts, contextOf(NEVER)).verdict).toBe('broken')
    expect(out).toEqual(['what is wrong', 'broken: 3 properties'])
  })
  it('does not begin what an interruption leaves out, and is undecided then', async () => {
    const parts = await done(['holds'], contextOf(AbortSignal.abort()))
    expect(longReport(parts, contextOf(NEVER))).toMatchObject({ verdict: 'undecided' })
    expect(parts[0]?.said).toBe('not begun')
  })
})

describe('the document', () => {
  it('has the date, what each part found, and the size of each scope', async () => {
    const text = longDocument(await done(['holds', 'broken']), new Date(0))
    expect(text).toContain('1970-01-01')
    expect(text).toContain('| `check --scope x1` | 0 | broken | 3 properties |')
    expect(text).toContain('| deep.x | 1,234 | 5,678 | 9 | completely |')
  })
})

/** States, transitions and depth of the scopes that take longer than every test run has. */
const PINNED: Readonly<Record<string, readonly [number, number, number]>> = {
  'deep.retention': [14_443_709, 166_677_772, 30],
  'deep.copies': [8_072_988, 122_352_325, 30],
  'deep.altered': [10_153_465, 46_908_727, 26],
  'deep.kinds': [2_899_100, 40_735_330, 73],
  'deep.users': [46_024, 439_853, 23],
  'deep.restore': [353_971, 1_032_345, 31],
  'deep.four': [286_954, 4_530_812, 38],
  'deep.archive': [1_207_760, 18_542_670, 70],
  'deep.zones': [73_297, 698_142, 19],
  'deep.quorum': [26_156, 331_163, 23],
  'deep.migration': [18_805_044, 120_676_392, 60],
  'deep.crash': [1_241_986, 8_422_496, 44],
  'deep.synchronisation': [147_915, 2_100_878, 21],
}

describe('the last long run', () => {
  const rows = readFileSync(new URL('../../docs/long.md', import.meta.url), 'utf8')
    .split('\n')
    .filter(line => line.startsWith('| '))
    .map(line => line.slice(2, -2).split(' | '))

  it('explored every deep scope completely, with the sizes that are pinned', () => {
    const sizes = rows.filter(([name]) => name?.startsWith('deep.'))
    expect(Object.keys(PINNED)).toEqual(deep.map(({ name }) => name))
    expect(sizes).toEqual(
      Object.entries(PINNED).map(([name, [states, transitions, depth]]) => [
        name,
        count(states),
        count(transitions),
        String(depth),
        'completely',
      ]),
    )
  })
  it('holds in each of its parts', () => {
    const parts = rows.filter(([line]) => line?.startsWith('`'))
    expect(parts.map(([line]) => line?.split(' ')[0])).toEqual([
      '`check',
      '`check',
      '`conform',
      '`conform',
      '`attack',
      '`mutants',
    ])
    expect(parts.map(([, , verdict]) => verdict)).toEqual(parts.map(() => 'holds'))
  })
})
