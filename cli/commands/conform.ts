/** `conform`: puts a target to the suite, and tells the shortest story found of how it fails. */
import {
  conform as judge,
  sayEvent,
  type ConformReport,
  type Count,
  type Failure,
} from '../../test/conformance/index.ts'
import type { Command, CommandContext, Report } from '../command.ts'
import { saveFailure } from '../failures/file.ts'
import { smallScopesOf } from '../options.ts'
import { surveysWith, type Surveys } from '../surveys.ts'
import { choose, targetNamed, type TargetName } from '../targets/choose.ts'
import type { Colour } from '../terminal/colour.ts'
import { count, table } from '../terminal/table.ts'
import { verdictWord } from '../terminal/verdict.ts'

export interface Judged extends ConformReport {
  /** Where the failure was saved. */
  readonly file?: string
}

/** Puts a target to the suite, with progress; a failure is saved. */
export const runConform = async (
  name: TargetName,
  {
    runs,
    seed,
    scope,
    timeout,
  }: { readonly runs: number; readonly seed: number; readonly scope: string; readonly timeout: number },
  { signal, progress, pause }: Pick<CommandContext, 'signal' | 'progress' | 'pause'>,
  surveyOf: Surveys = surveysWith(progress),
): Promise<Judged> => {
  const { factory, close } = await choose(name, timeout)
  await pause()
  try {
    const report = await judge({
      target: factory,
      scopes: smallScopesOf(scope),
      seed,
      runs,
      surveyOf,
      signal,
      pause,
      progress: ({ done, total, steps, what }) => progress.tick({ what, counts: `${count(steps)} steps`, done, total }),
    })
    return report.failure === undefined ? report : { ...report, file: saveFailure(name, seed, report.failure) }
  } finally {
    await close()
  }
}

/** The line that tells a failure again. */
const replayLine = (file: string): string => `npm run -s cli -- replay ${file}`

/** A failing story in words. */
export const storyOf = (failure: Failure, colour: Colour): readonly string[] => [
  `${colour.bad('broken')} ${colour.strong(failure.clause)}`,
  ...failure.events.map((event, index) => `  ${index + 1}. ${sayEvent(event)}`),
  `  ${failure.what}`,
  `    expected ${failure.expected}`,
  `    actual   ${failure.actual}`,
  colour.faint(
    `  ${failure.events.length} events, ${failure.minimality === '1-minimal' ? 'none of which can be left out' : failure.minimality}; found in a story of ${failure.found}`,
  ),
]

const share = ({ covered, reachable }: Count): string => `${count(covered)} of ${count(reachable)}`

const coverageLines = ({ coverage, choices, skipped }: ConformReport, colour: Colour): readonly string[] => [
  ...table([
    ['covered', 'transitions', share(coverage.transitions)],
    ['', 'rules', share(coverage.rules)],
    ['', 'refusals', share(coverage.refusals)],
    ...Object.entries(choices).map(([id, value]) => ['inferred', id, value ?? 'not shown']),
    ...skipped.map(part => ['not asked', part, 'the target does not offer it']),
  ]),
  ...(coverage.missed.length === 0
    ? []
    : [
        '',
        colour.unsure(`${count(coverage.missed.length)} things that can happen were not tried: ask for more --runs`),
      ]),
]

/** What was found, as a report. */
export const conformReport = (judged: Judged, scope: string, colour: Colour): Report => {
  const { verdict, failure, file, ...rest } = judged
  return {
    verdict,
    facts: {
      scope,
      ...rest,
      ...(failure === undefined ? {} : { failure: { ...failure, ...(file === undefined ? {} : { file }) } }),
    },
    lines: [
      ...(failure === undefined ? coverageLines(judged, colour) : storyOf(failure, colour)),
      ...(file === undefined ? [] : [`  saved; tell it again with: ${colour.strong(replayLine(file))}`]),
      '',
      `${verdictWord(verdict, colour)}: ${judged.target}, ${count(judged.runs)} runs, ${count(judged.steps)} steps, ` +
        `${count(judged.refusals)} of them refused as they should be, seed ${judged.seed}`,
    ],
  }
}

/** The same of a run that is to try all that can happen within the scopes: what it did not leaves it undecided. */
export const wholeReport = (judged: Judged, scope: string, colour: Colour): Report => {
  const report = conformReport(judged, scope, colour)
  const { length } = judged.coverage.missed
  if (report.verdict !== 'holds' || length === 0) return report
  const line = `${verdictWord('undecided', colour)}: ${count(length)} things that can happen were not tried: ask for more --runs`
  return { ...report, verdict: 'undecided', lines: [...report.lines, line] }
}

export const conform: Command = {
  name: 'conform',
  summary: 'put an implementation to the model: the reference, a broken one, or your own',
  options: ['target', 'fault', 'runs', 'seed', 'scope', 'timeout'],
  run: async (context, given) => {
    const name = targetNamed(given) ?? { kind: 'reference' }
    const judged = await runConform(name, given, context)
    return conformReport(judged, given.scope, context.colour)
  },
}
