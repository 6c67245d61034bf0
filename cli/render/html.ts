/** Labels as Graphviz's HTML: rows of a table, the cases of an event indented below it. */
import type { Label } from './graph.ts'
import { CAUSES, causeOf, CLAUSE, FAILED } from './palette.ts'
import { linesOf, type Line } from './words.ts'

/** Text in which nothing is markup. */
export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Text in a colour. */
export const coloured = (text: string, colour: string): string => `<FONT COLOR="${colour}">${escape(text)}</FONT>`

/** Attributes of a table that is not seen. */
export const UNSEEN = 'BORDER="0" CELLSPACING="0" CELLPADDING="0"'

/** A row of text. */
export const row = (html: string): string => `<TR><TD ALIGN="LEFT">${html}</TD></TR>`

/** Spaces, since a column would take its share of the width that long rows leave over. */
const indentedRow = (html: string): string => row(`   ${html}`)

const lineHtml = ({ text, code, clauses }: Line): string =>
  [
    ...(text === '' ? [] : [escape(text)]),
    ...(code === '' ? [] : [coloured(code, FAILED)]),
    ...clauses.map(clause => coloured(clause, CLAUSE)),
  ].join(' ')

const SHORT = 30

/** The rows of a label. A case stands beside its event where it is alone and short, else below. */
export const rowsOf = (label: Label): readonly string[] => {
  const note = label.note === '' ? '' : ` <I>${escape(label.note)}</I>`
  const head = `<B>${coloured(label.event, CAUSES[causeOf(label.event)].colour)}</B>${note}`
  const lines = label.cases.flatMap(linesOf)
  const [only] = lines
  const isShort =
    lines.length === 1 && only !== undefined && label.event.length + label.note.length + only.text.length < SHORT
  return isShort ? [row(`${head} ${lineHtml(only)}`)] : [row(head), ...lines.map(line => indentedRow(lineHtml(line)))]
}

/** A table of such rows. */
export const table = (rows: readonly string[], attributes: string): string =>
  `<<TABLE ${attributes}>${rows.join('')}</TABLE>>`
