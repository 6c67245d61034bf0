/** A verdict as an exit code, and as a word on the terminal. */
import type { Verdict } from '../command.ts'
import type { Colour } from './colour.ts'

/** Exit code of what could not be decided, and of a mistake of the user. */
export const UNDECIDED = 2

const CODES: Readonly<Record<Verdict, number>> = { holds: 0, broken: 1, undecided: UNDECIDED }

export const exitCodeOf = (verdict: Verdict): number => CODES[verdict]

/** The verdict in its colour. */
export const verdictWord = (verdict: Verdict, colour: Colour): string =>
  ({ holds: colour.good, broken: colour.bad, undecided: colour.unsure })[verdict](verdict)

/** What several verdicts come to. */
export const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('broken') ? 'broken' : verdicts.includes('undecided') ? 'undecided' : 'holds'
