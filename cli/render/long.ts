/** The document that keeps the result of the last long run. */
import { availableParallelism } from 'node:os'
import process from 'node:process'
import type { CheckedScope, Verdict } from '../../properties/index.ts'
import { count } from '../terminal/table.ts'

/** One thing that a long run does. */
export interface LongPart {
  /** The command line that does it alone. */
  readonly line: string
  readonly verdict: Verdict
  readonly seconds: number
  /** What it found, in one line. */
  readonly said: string
  readonly facts: Readonly<Record<string, unknown>>
}

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

const scopeRows = ({ facts }: LongPart): readonly string[] =>
  ((facts['scopes'] ?? []) as readonly CheckedScope[]).map(({ name, states, transitions, depth, isComplete }) =>
    rowOf([name, count(states), count(transitions), String(depth), isComplete ? 'completely' : 'in part']),
  )

/** The document: when and on what it was made, what each part found, and the sizes of all scopes that were explored. */
export const longDocument = (parts: readonly LongPart[], date: Date): string => {
  const seconds = parts.reduce((sum, part) => sum + part.seconds, 0)
  const checks = parts.filter(({ line }) => line.startsWith('check '))
  return `${[
    '# The last long run',
    '',
    `\`npm run long\` wrote this: ${date.toISOString().slice(0, 10)}, ${process.arch} with ${availableParallelism()} cores, ` +
      `Node ${process.version.slice(1)}, ${Math.ceil(seconds / 60)} minutes. What became of the mutants is in [test/mutants/result.md](../test/mutants/result.md).`,
    '',
    rowOf(['command', 'seconds', 'verdict', 'what it found']),
    rowOf(['---', '---:', '---', '---']),
    ...parts.map(({ line, verdict, seconds: took, said }) =>
      rowOf([`\`${line}\``, String(Math.round(took)), verdict, said.replace(/^\w+: /, '')]),
    ),
    '',
    '## Scopes',
    '',
    rowOf(['scope', 'states', 'transitions', 'depth', 'explored']),
    rowOf(['---', '---:', '---:', '---:', '---']),
    ...checks.flatMap(scopeRows),
  ].join('\n')}\n`
}
