/** A machine as DOT: states are boxes with the events that they accept and stay, edges carry the rest. */
import type { DrawnState, Edge, Graph } from './graph.ts'
import { coloured, escape, row, rowsOf, table, UNSEEN } from './html.ts'
import { CAUSES, FAILED, FONT, INK, MUTED, toneOf } from './palette.ts'

const LABEL = 'BORDER="0" CELLSPACING="0" CELLPADDING="1"'

const node = ({ name, caption, stays }: DrawnState): string => {
  const { fill, line } = toneOf(name)
  const title = `<TR><TD><FONT POINT-SIZE="12"><B>${escape(name)}</B></FONT></TD></TR>`
  const under = caption === '' ? [] : [`<TR><TD>${coloured(caption, MUTED)}</TD></TR>`]
  const rows = [title, ...under, ...(stays.length === 0 ? [] : ['<HR/>']), ...stays.flatMap(rowsOf)]
  const style = `STYLE="ROUNDED" BORDER="1.4" CELLBORDER="0" CELLSPACING="2" CELLPADDING="1" COLOR="${line}" BGCOLOR="${fill}"`
  return `  "${name}" [label=${table(rows, style)}]`
}

/** Edges that do not put their target below their source, `machine: from to`: the picture reads better so. */
const LEVEL: readonly string[] = ['hsm: ACTIVE DEGRADED']

/** The empty column on the left keeps the label off its edge. */
const edge = (machine: string, { from, to, kind, labels }: Edge): string => {
  const inner = `<TABLE ${LABEL}>${labels.flatMap(rowsOf).join('')}</TABLE>`
  const label = table([`<TR><TD WIDTH="6"></TD><TD>${inner}</TD></TR>`], UNSEEN)
  const paint = kind === 'failed' ? `color="${FAILED}" style=dashed ` : ''
  const level = LEVEL.includes(`${machine}: ${from} ${to}`) ? 'constraint=false ' : ''
  return `  "${from}" -> "${to}" [${level}${paint}label=${label}]`
}

const legend = Object.values(CAUSES)
  .map(({ colour, meaning }) => `<B>${coloured(meaning, colour)}</B>`)
  .join('&#160;&#160; ')

const footer = ({ everywhere, abbreviations }: Graph): string =>
  table(
    [
      ...everywhere.flatMap(rowsOf),
      ...abbreviations.map(([name, meaning]) => row(`<B>${escape(name)}</B> is short for ${escape(meaning)}`)),
      row(`${legend}&#160;&#160; ${coloured('dashed: fails', FAILED)}`),
    ],
    LABEL,
  )

/** DOT of a machine. */
export const dotOf = (graph: Graph): string => `digraph "${graph.machine}" {
  bgcolor="white" rankdir=TB nodesep=0.3 ranksep=0.3 pad=0.15 labelloc=b labeljust=l
  fontname="${FONT}" fontsize=10 fontcolor="${INK}"
  node [shape=plain fontname="${FONT}" fontsize=10 fontcolor="${INK}"]
  edge [fontname="${FONT}" fontsize=10 fontcolor="${INK}" color="${INK}" arrowsize=0.8]
  label=${footer(graph)}
${graph.states.map(node).join('\n')}
${graph.edges.map(drawn => edge(graph.machine, drawn)).join('\n')}
}
`
