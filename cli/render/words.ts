/** The words of labels, the same in every form: lines of a label, broken where they grow long. */
import type { Case, Label } from './graph.ts'

/** A line of a label: its text, then a code, then clauses; each may be missing. */
export interface Line {
  readonly text: string
  readonly code: string
  readonly clauses: readonly string[]
}

const WIDTH = 42

/** Breaks a guard before an `and` or `or`, so that lines have at most 42 letters where a single name allows it. */
export const broken = (guard: string): readonly string[] =>
  guard.split(/ (?=and |or )/).reduce<readonly string[]>((lines, word) => {
    const last = lines.at(-1)
    if (last === undefined) return [word]
    return last.length + word.length < WIDTH ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, word]
  }, [])

const joined = (words: readonly string[]): string => words.filter(word => word !== '').join(' ')

/** The lines of one case: its guard in brackets, then code and clauses, on the guard's last line if there is room. */
export const linesOf = ({ guard, code, clauses }: Case): readonly Line[] => {
  const texts = guard === '' ? [''] : broken(`[${guard}]`)
  const last = texts.at(-1) ?? ''
  const fits = joined([last, code, ...clauses]).length <= WIDTH
  const before = (fits ? texts.slice(0, -1) : texts).map(text => ({ text, code: '', clauses: [] }))
  return [...before, { text: fits ? last : '', code, clauses }]
}

/** A label as lines of plain text: the event, with its case beside it where there is only one, else below. */
export const plain = ({ event, note, cases }: Label): readonly string[] => {
  const head = joined([event, note === '' ? '' : `(${note})`])
  const tails = cases.map(({ guard, code, clauses }) =>
    joined([guard === '' ? '' : `[${guard}]`, code === '' ? '' : `fails ${code}`, ...clauses]),
  )
  return tails.length === 1 ? [joined([head, ...tails])] : [head, ...tails]
}
