/** The part of `faults` about secrecy: each security fault is put to the check that has to see it. */
import type { SecurityFault } from '../../test/security/index.ts'
import type { CommandContext, Report } from '../command.ts'
import type { Colour } from '../terminal/colour.ts'
import { table } from '../terminal/table.ts'
import { verdictWord } from '../terminal/verdict.ts'

export interface SecurityJudged extends Pick<SecurityFault, 'clause' | 'what' | 'check'> {
  /** What the check found, in a sentence; null where it saw nothing. */
  readonly found: string | null
}

export interface SecurityResult {
  readonly judged: readonly SecurityJudged[]
  /** How many there are to judge. */
  readonly total: number
}

/** Judges one after the other; when the signal is aborted, answers with those judged by then. */
export const runSecurity = async (
  faults: readonly SecurityFault[],
  { signal, progress, pause }: Pick<CommandContext, 'signal' | 'progress' | 'pause'>,
): Promise<SecurityResult> => {
  const judged: SecurityJudged[] = []
  for (const { clause, what, check, found } of faults) {
    await pause()
    if (signal.aborted) break
    judged.push({ clause, what, check, found: await found() })
    progress.tick({ what: 'security faults', counts: clause, done: judged.length, total: faults.length })
  }
  return { judged, total: faults.length }
}

const CHECKS = ['symbolic', 'bytes', 'two-run'] as const

/** A sentence cut to a width, for a table. */
const brief = (text: string): string => (text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text)
const WIDTH = 90

/** What was found, as a report: which check caught which. */
export const securityReport = ({ judged, total }: SecurityResult, colour: Colour): Report => {
  const seen = judged.filter(({ found }) => found !== null)
  const verdict = seen.length < judged.length ? 'broken' : judged.length < total ? 'undecided' : 'holds'
  const rows = judged.map(({ clause, what, check, found }) => [
    found === null ? colour.bad('NOT SEEN') : colour.good(check),
    clause,
    what,
    brief(found ?? `the check ${check} saw nothing`),
  ])
  const counts = CHECKS.map(check => `${seen.filter(fault => fault.check === check).length} ${check}`)
  return {
    verdict,
    facts: { total, faults: judged },
    lines: [
      ...table([['caught by', 'clause', 'what is wrong', 'what was seen'], ...rows]),
      '',
      `${verdictWord(verdict, colour)}: ${seen.length} of ${total} security faults seen by the check that should: ${counts.join(', ')}`,
    ],
  }
}
