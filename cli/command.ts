/** What a command is: a name, what it takes, and a function from what was given to a report. The table of them is in main.ts. */
import type { Colour } from './terminal/colour.ts'
import type { Progress } from './terminal/progress.ts'
import type { Given, OptionName } from './options.ts'

/** `holds`: exit code 0. `broken`: 1. `undecided`: 2. */
export type Verdict = 'holds' | 'broken' | 'undecided'

/** A mistake of who typed the command: told in one line on stderr, without a stack trace, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** What a command found. */
export interface Report {
  readonly verdict: Verdict
  /** What `--json` prints, besides `schemaVersion`, `command` and `verdict`. */
  readonly facts: Readonly<Record<string, unknown>>
  /** What is printed otherwise, line by line. */
  readonly lines: readonly string[]
}

/** What a command may use of the world around it. */
export interface CommandContext {
  /** Prints a line to stdout at once; nothing with `--json`. What can wait belongs into the report. */
  readonly out: (line: string) => void
  /** Prints a line to stderr at once. */
  readonly err: (line: string) => void
  readonly json: boolean
  /** Aborted when the user interrupts: the command then reports what it has found so far. */
  readonly signal: AbortSignal
  /** A live line on stderr, where there is a terminal; silent otherwise and with `--json`. */
  readonly progress: Progress
  /** Colours for what goes to stdout. */
  readonly colour: Colour
  /** Lets the event loop turn, so that an interruption is noticed; a long loop awaits it now and then. */
  readonly pause: () => Promise<void>
}

export interface Command {
  readonly name: string
  /** One line for `--help`. */
  readonly summary: string
  /** `<FILE>` is required, `[FILE]` may be left out. */
  readonly argument?: { readonly name: string; readonly says: string }
  /** Besides `--json`, which every command takes. */
  readonly options: readonly OptionName[]
  /** Throws a UsageError for what was given wrongly. */
  readonly run: (context: CommandContext, given: Given) => Report | Promise<Report>
}
