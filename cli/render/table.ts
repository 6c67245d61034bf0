/** Tables in Markdown: what a picture has no room for, one row for all states that answer alike. */
import type { CloudHsm, KindName, Transition } from '../../model/index.ts'
import { entriesOf } from './graph.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|')
const code = (text: string): string => (text === '' ? '' : `\`${text}\``)

/** A Markdown table. */
export const markdown = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map(row => `| ${row.map(cell).join(' | ')} |`).join('\n')

/** The guard in words; a later entry without one is what remains when the earlier ones do not apply. */
const guardOf = ({ guard, branch }: Transition): string => {
  if (guard !== '') return code(guard)
  return branch === 0 ? '' : 'otherwise'
}

const statesOf = (group: readonly Transition[], all: number): string => {
  const states = [...new Set(group.map(({ source }) => source))]
  return states.length === all ? 'every state' : states.map(code).join(', ')
}

const withoutVerdict = (description: string): string => description.replace(/^refused: /, '')

/** The refusals of a machine: state, event, guard, code, clause, and why. */
export const refusalTable = (model: CloudHsm, machine: KindName): string => {
  const entries = entriesOf(model, machine)
  const all = new Set(entries.map(({ source }) => source)).size
  const refusals = entries.filter(({ refuse }) => refuse !== undefined)
  const alike = ({ event, guard, branch, refuse, clause, description }: Transition) =>
    JSON.stringify([event, guard, guard === '' && branch > 0, refuse, clause, description])
  const rows = [...Map.groupBy(refusals, alike).values()].flatMap(group => {
    const [first] = group
    if (first === undefined) return []
    const { event, refuse = '', clause, description } = first
    return [[code(event), statesOf(group, all), guardOf(first), code(refuse), clause, withoutVerdict(description)]]
  })
  const ordered = [...Map.groupBy(rows, ([event]) => event).values()].flat()
  return markdown(['event', 'in', 'if', 'refused with', 'clause', 'because'], ordered)
}

/** The accepted and failed transitions of a machine, with all clauses that each carries out. */
export const transitionTable = (model: CloudHsm, machine: KindName): string => {
  const rows = entriesOf(model, machine)
    .filter(({ refuse }) => refuse === undefined)
    .map(entry => [
      code(entry.source),
      code(entry.event),
      guardOf(entry),
      entry.target === entry.source ? 'stays' : code(entry.target),
      code(entry.fail ?? ''),
      [entry.clause, ...entry.also].join(', '),
      entry.description,
    ])
  return markdown(['from', 'event', 'if', 'to', 'fails with', 'clauses', 'what happens'], rows)
}
