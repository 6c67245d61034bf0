/** `long`: what takes longer than a test run has: deep scopes, stories in the scopes of a review, many walks, mutants. Its result is kept. */
import type { Command, CommandContext, Report } from '../command.ts'
import type { Given } from '../options.ts'
import { longDocument, type LongPart } from '../render/long.ts'
import { ROOT } from '../spec/index.ts'
import { writeAtomically } from '../terminal/files.ts'
import { table } from '../terminal/table.ts'
import { verdictWord } from '../terminal/verdict.ts'
import { attack } from './attack.ts'
import { runCheck } from './check.ts'
import { checkReport } from './checked.ts'
import { runConform, wholeReport } from './conform.ts'
import { mutants } from './mutants.ts'

/** Where the result of the last long run is kept. */
const RESULT = `${ROOT}/docs/long.md`

/** Mutants, drawn from all that there are. */
const MUTANTS = 600
/** Stories told in all; that is more than are planned. */
const RUNS = { reviewer: 2500, walks: 8000 } as const

type Part = (context: CommandContext, given: Given) => Promise<Report>

const checking =
  (scope: string): Part =>
  async (context, given) => {
    const began = performance.now()
    const checked = await runCheck({ ...given, scope }, context)
    return checkReport(scope, (performance.now() - began) / 1000, checked, context.colour)
  }

const conforming =
  (scope: string, runs: number): Part =>
  async (context, given) => {
    const judged = await runConform({ kind: 'reference' }, { ...given, scope, runs }, context)
    return wholeReport(judged, scope, context.colour)
  }

/** What is done, by the command line that does it alone. */
const PARTS: readonly (readonly [line: string, part: Part])[] = [
  ['check --scope reviewer', checking('reviewer')],
  ['check --scope deep', checking('deep')],
  [`conform --scope reviewer --runs ${RUNS.reviewer}`, conforming('reviewer', RUNS.reviewer)],
  [`conform --runs ${RUNS.walks}`, conforming('smoke', RUNS.walks)],
  ['attack --lattice', async (context, given) => attack.run(context, { ...given, lattice: true, write: false })],
  [
    `mutants --count ${MUTANTS}`,
    async (context, given) => mutants.run(context, { ...given, scope: 'smoke', count: MUTANTS }),
  ],
]

/** Does one part after the other; those that an interruption leaves out are undecided. */
export const runParts = async (
  parts: typeof PARTS,
  context: CommandContext,
  given: Given,
): Promise<readonly LongPart[]> => {
  const done: LongPart[] = []
  for (const [line, part] of parts) {
    const began = performance.now()
    const { verdict, lines, facts } = context.signal.aborted
      ? { verdict: 'undecided' as const, lines: ['not begun'], facts: {} }
      : await part(context, given)
    const seconds = (performance.now() - began) / 1000
    if (verdict === 'broken') lines.forEach(told => context.out(told))
    done.push({ line, verdict, seconds, said: lines.at(-1) ?? '', facts })
  }
  return done
}

/** What came of the parts, as a report. */
export const longReport = (parts: readonly LongPart[], { colour }: Pick<CommandContext, 'colour'>): Report => {
  const words = parts.map(({ verdict }) => verdict)
  const verdict = words.includes('broken') ? 'broken' : words.includes('undecided') ? 'undecided' : 'holds'
  const seconds = parts.reduce((sum, part) => sum + part.seconds, 0)
  return {
    verdict,
    facts: {
      seconds,
      parts: parts.map(({ line, verdict: found, facts, ...part }) => ({
        command: line,
        verdict: found,
        seconds: part.seconds,
        ...facts,
      })),
    },
    lines: [
      ...table(parts.map(({ line, said }) => [line, said])),
      '',
      `${verdictWord(verdict, colour)}: ${parts.length} parts, ${Math.round(seconds)} s`,
    ],
  }
}

export const long: Command = {
  name: 'long',
  summary: 'what takes longer than a test run: deep scopes, stories in the scopes of a review, many walks, mutants',
  options: ['seed', 'timeout', 'memory', 'time', 'write'],
  run: async (context, given) => {
    const parts = await runParts(PARTS, context, given)
    const report = longReport(parts, context)
    if (given.write && report.verdict !== 'undecided') writeAtomically(RESULT, longDocument(parts, new Date()))
    return report
  },
}
