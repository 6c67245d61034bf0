/** What SPEC.md says no scope reaches: the rows of one section, each an item of the coverage and the reason. */

export interface Unreached {
  /** An entry, a rule, a refusal or a side of a guard, as `coverage` names it. */
  readonly item: string
  readonly reason: string
  /** The value of a choice under which it is reached all the same. */
  readonly but?: { readonly choice: string; readonly value: string }
  /** Line in SPEC.md, counted from 1. */
  readonly line: number
}

const SECTION = /^#+ [\d.]+ What no scope reaches$/
const HEADING = /^#+ /
const ROW = /^\| `([^`]+)` \| (?:`(choice\.[^`]+)` `([^`]+)` \| )?([^|]*[^|\s]) \|$/

/** The rows, in order; none without that section. */
export const unreachedIn = (document: string): readonly Unreached[] => {
  const lines = document.split('\n')
  const begin = lines.findIndex(line => SECTION.test(line))
  if (begin === -1) return []
  const length = lines.slice(begin + 1).findIndex(line => HEADING.test(line))
  const end = length === -1 ? lines.length : begin + 1 + length
  return lines.slice(begin, end).flatMap((written, at) => {
    const [, item, choice, value, reason] = ROW.exec(written) ?? []
    if (item === undefined || reason === undefined) return []
    const but = choice === undefined || value === undefined ? {} : { but: { choice, value } }
    return [{ item, reason, line: begin + at + 1, ...but }]
  })
}
