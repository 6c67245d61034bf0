/** `coverage`: what the scopes reach of the model, and what they do not: against what SPEC.md says cannot be reached. */
import { smoke, type Item } from '../../model/index.ts'
import type { Command, CommandContext, Report, Verdict } from '../command.ts'
import { scopesOf, type Given } from '../options.ts'
import { readSpec, unreachedIn, type Unreached } from '../spec/index.ts'
import type { Colour } from '../terminal/colour.ts'
import { count, table } from '../terminal/table.ts'
import { verdictWord } from '../terminal/verdict.ts'
import { inWorker } from '../terminal/worker.ts'

export type CoverageRequest = Pick<Given, 'scope'>

/** This scope is explored. */
export interface CoverageProgress {
  readonly scope: string
  readonly done: number
  readonly total: number
}

export interface Covered {
  /** All there is to reach. */
  readonly items: readonly Item[]
  /** What was not reached. */
  readonly missed: readonly string[]
}

const WORKER = new URL('../workers/coverage.ts', import.meta.url)

const KINDS = {
  transition: 'transitions',
  rule: 'rules',
  refusal: 'refusals',
  side: 'sides of guards',
} as const satisfies Readonly<Record<Item['kind'], string>>

/** Explores in a thread of its own. */
export const runCoverage = (
  { scope }: CoverageRequest,
  { signal, progress }: Pick<CommandContext, 'signal' | 'progress'>,
): Promise<Covered> =>
  inWorker<CoverageRequest, CoverageProgress, Covered>(
    WORKER,
    { scope },
    {
      signal,
      onProgress: ({ scope: what, done, total }) => progress.tick({ what, done, total }),
    },
  )

/** `isWhole`: the scopes are all that every test run has, so that what they do not reach is not reached. */
export const coverageReport = (
  { items, missed }: Covered,
  listed: readonly Unreached[],
  isWhole: boolean,
  colour: Colour,
): Report => {
  const reasons = new Map(listed.map(({ item, reason }) => [item, reason]))
  const unlisted = missed.filter(item => !reasons.has(item))
  const stale = listed.map(({ item }) => item).filter(item => !missed.includes(item))
  const isWrong = stale.length > 0 || (isWhole && unlisted.length > 0)
  const verdict: Verdict = isWrong ? 'broken' : unlisted.length > 0 ? 'undecided' : 'holds'
  const counts = (Object.keys(KINDS) as Item['kind'][]).map(kind => {
    const all = items.filter(item => item.kind === kind)
    const reached = all.filter(({ item }) => !missed.includes(item)).length
    return { kind, reached, all: all.length }
  })
  return {
    verdict,
    facts: { counts, missed, listed: missed.filter(item => reasons.has(item)), stale },
    lines: [
      ...table(
        [['', 'reached', 'of'], ...counts.map(({ kind, reached, all }) => [KINDS[kind], count(reached), count(all)])],
        [1, 2],
      ),
      '',
      ...missed.map(item => {
        const reason = reasons.get(item)
        return reason === undefined ? `${colour.bad('not reached')} ${item}` : `cannot be   ${item}: ${reason}`
      }),
      ...stale.map(item => `${colour.bad('reached')}, although SPEC.md says that it cannot be: ${item}`),
      '',
      `${verdictWord(verdict, colour)}: ${missed.length} of ${count(items.length)} not reached, ${missed.length - unlisted.length} of them listed in SPEC.md`,
    ],
  }
}

export const coverage: Command = {
  name: 'coverage',
  summary: 'show what the scopes reach of the model: transitions, rules, refusals, both sides of every guard',
  options: ['scope'],
  run: async (context, given) => {
    const chosen = scopesOf(given.scope)
    const isWhole = smoke.every(scope => chosen.includes(scope))
    const listed = unreachedIn(readSpec()).filter(({ but }) => but === undefined)
    const covered = await runCoverage(given, context)
    return coverageReport(covered, listed, isWhole, context.colour)
  },
}
