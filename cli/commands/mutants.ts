/** `mutants`: changes the model at one place after the other, and shows which changes the properties notice. */
import { availableParallelism } from 'node:os'
import { MOST_LEFT, permitted, score, type Judged } from '../../test/mutants/index.ts'
import type { Command, CommandContext, Report, Verdict } from '../command.ts'
import type { Given } from '../options.ts'
import { resultOf, scoreRows } from '../render/score.ts'
import { ROOT } from '../spec/index.ts'
import type { Colour } from '../terminal/colour.ts'
import { writeAtomically } from '../terminal/files.ts'
import { table } from '../terminal/table.ts'
import { verdictWord } from '../terminal/verdict.ts'
import { inWorker } from '../terminal/worker.ts'

/** What a thread is to judge: every `threads`-th mutant of the sample, from number `thread` on. */
export interface MutantsRequest extends Pick<Given, 'scope' | 'seed' | 'count'> {
  readonly thread: number
  readonly threads: number
}

/** One more was judged, of so many in all. */
export interface MutantsProgress {
  readonly id: string
  readonly total: number
}

const WORKER = new URL('../workers/mutants.ts', import.meta.url)
const THREADS = Math.min(2, availableParallelism())
/** Where the result of the last long run is kept. */
const RESULT = `${ROOT}/test/mutants/result.md`

/** Judges a sample in two threads; when the signal is aborted, answers with those judged by then. */
export const runMutants = async (
  { scope, seed, count }: Pick<Given, 'scope' | 'seed' | 'count'>,
  { signal, progress }: Pick<CommandContext, 'signal' | 'progress'>,
): Promise<readonly Judged[]> => {
  let done = 0
  const parts = await Promise.all(
    [...Array(THREADS).keys()].map(thread =>
      inWorker<MutantsRequest, MutantsProgress, readonly Judged[]>(
        WORKER,
        { scope, seed, count, thread, threads: THREADS },
        {
          signal,
          onProgress: ({ id, total }) => progress.tick({ what: 'mutants', counts: id, done: (done += 1), total }),
        },
      ),
    ),
  )
  return parts.flat().toSorted((a, b) => a.id.localeCompare(b.id))
}

const leftLine = (one: Judged, colour: Colour): string => {
  if (one.fate === 'no answer') return `no answer  ${one.id}: ${one.thrown ?? ''}`
  const reason = permitted(one.id)
  return reason === undefined
    ? `${colour.bad('survived')}   ${one.id}, in ${one.scope}`
    : `permitted  ${one.id}: ${reason.clause}, ${reason.why}`
}

/** What was judged, as a report. `isWhole`: all of the sample was. */
export const mutantsReport = (judged: readonly Judged[], isWhole: boolean, seconds: number, colour: Colour): Report => {
  const scored = score(judged)
  const { different, left, condemned, isPassed } = scored
  const verdict: Verdict = !isPassed ? 'broken' : isWhole && judged.length > 0 ? 'holds' : 'undecided'
  const open = judged.filter(({ fate }) => fate === 'survived' || fate === 'no answer')
  return {
    verdict,
    facts: { seconds, different, left, score: scored.rows, mutants: judged },
    lines: [
      ...table(scoreRows(scored), [1, 2, 3, 4, 5, 6]),
      '',
      ...open.map(one => leftLine(one, colour)),
      ...condemned.map(({ id, by }) => `${colour.bad('killed')}, although it is permitted: ${id}, by ${by?.property}`),
      ...(open.length + condemned.length === 0 ? [] : ['']),
      `${verdictWord(verdict, colour)}: ${judged.length} mutants, ${different} of them not equivalent; ${left} of those left by the ` +
        `properties, at most ${MOST_LEFT} % may be, ${seconds.toFixed(0)} s`,
    ],
  }
}

export const mutants: Command = {
  name: 'mutants',
  summary: 'change the model at one place after the other, and show which changes the properties notice',
  options: ['count', 'seed', 'scope', 'write'],
  run: async (context, given) => {
    const began = performance.now()
    const judged = await runMutants(given, context)
    const isWhole = !context.signal.aborted
    const seconds = (performance.now() - began) / 1000
    if (given.write && isWhole) writeAtomically(RESULT, resultOf(judged, given, seconds, new Date()))
    return mutantsReport(judged, isWhole, seconds, context.colour)
  },
}
