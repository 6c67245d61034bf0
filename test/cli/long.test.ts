/** The long run: what it says of its parts, and the document that keeps its result. */
import { describe, expect, it } from 'vitest'
import {
  NO_COLOURS,
  NO_PROGRESS,
  longDocument,
  longReport,
  runParts,
  type CommandContext,
  type Given,
  type Report,
} from '../../cli/index.ts'

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
