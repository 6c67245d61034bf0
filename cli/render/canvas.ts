/** SVG by hand: boxes with text, arrows with labels, and the thick line of a boundary. Lengths are in pixels. */
import { CLAUSE, FONTS, INK, MUTED, type Tone } from './palette.ts'

export type Point = readonly [x: number, y: number]
export type Rectangle = readonly [x: number, y: number, width: number, height: number]

/** How a line of text is set. */
export interface Style {
  readonly size?: number
  readonly bold?: boolean
  readonly colour?: string
  readonly anchor?: 'start' | 'middle' | 'end'
}

const LEADING = 14

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** One line of text; clauses in it are coloured. */
export const text = ([x, y]: Point, words: string, style: Style = {}): string => {
  const { size = 10, bold = false, colour = INK, anchor = 'start' } = style
  const marked = escape(words).replaceAll(
    /§[a-z][a-z0-9.]*[a-z0-9]/g,
    clause => `<tspan fill="${CLAUSE}">${clause}</tspan>`,
  )
  const weight = bold ? ' font-weight="bold"' : ''
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}" text-anchor="${anchor}"${weight}>${marked}</text>`
}

/** Lines below each other; the point is the baseline of the first. */
export const paragraph = ([x, y]: Point, lines: readonly string[], style: Style = {}): string =>
  lines.map((line, at) => text([x, y + at * LEADING], line, style)).join('\n')

/** A box with rounded corners. */
export const box = ([x, y, width, height]: Rectangle, fill: string, line: string, thickness = 1.2): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="7" fill="${fill}" stroke="${line}" stroke-width="${thickness}"/>`

/** A box with a title and lines below it, in the middle. */
export const card = (at: Rectangle, { fill, line }: Tone, title: string, lines: readonly string[]): string => {
  const [x, y, width] = at
  const middle = x + width / 2
  return [
    box(at, fill, line),
    text([middle, y + 16], title, { size: 11, bold: true, anchor: 'middle' }),
    paragraph([middle, y + 31], lines, { anchor: 'middle' }),
  ].join('\n')
}

/** A line through these corners that ends in an arrow head, or in one at both ends. */
export const arrow = (path: string, heads: 'one' | 'two' = 'one'): string => {
  const start = heads === 'two' ? ' marker-start="url(#head)"' : ''
  return `<polyline points="${path}" fill="none" stroke="${INK}" stroke-width="1.4" marker-end="url(#head)"${start}/>`
}

/** The whole picture. */
export const picture = (width: number, height: number, title: string, parts: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONTS}">
<title>${escape(title)}</title>
<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0,0L10,5L0,10z" fill="${INK}"/></marker></defs>
<rect width="${width}" height="${height}" fill="white"/>
${parts.join('\n')}
</svg>
`

/** Small grey text. */
export const remark = (at: Point, words: string, anchor: 'start' | 'middle' | 'end' = 'start'): string =>
  text(at, words, { colour: MUTED, anchor })
