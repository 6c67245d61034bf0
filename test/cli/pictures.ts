/** What is wrong with a picture, read from its text alone: what it leaves out, clauses that do not exist, texts that overlap. */
import type { Transition } from '../../model/index.ts'

const decoded = (text: string): string =>
  text
    .replaceAll(/<br\/>|<\/tr>|<\/td>/gi, ' ')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&?#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&gt;', '>')
    .replaceAll(/\s+/g, ' ')

const has = (text: string, { event, guard, fail, clause }: Transition): boolean =>
  [event, clause, fail ?? (guard === '' ? '' : `[${guard}]`)].every(word => text.includes(word))

const nameOf = ({ machine, source, target }: Transition): string =>
  target !== 'vacant' || source === 'vacant' ? target : machine === 'job' ? 'ENDED' : 'DELETED'

/** Where a transition may stand in each form: on its edge, in its source, or in what holds in every state. */
const places = {
  mermaid: (text: string, entry: Transition) =>
    text
      .split('\n')
      .filter(line =>
        [`  ${entry.source} --> ${nameOf(entry)} :`, `  ${entry.source} :`, '    '].some(start =>
          line.startsWith(start),
        ),
      ),
  dot: (text: string, entry: Transition) =>
    text
      .split('\n')
      .filter(line =>
        [`  "${entry.source}" -> "${nameOf(entry)}" [`, `  "${entry.source}" [`, '  label='].some(start =>
          line.startsWith(start),
        ),
      ),
  svg: (text: string, entry: Transition) =>
    text
      .split('<g ')
      .filter(group =>
        [
          `<title>${entry.source}&#45;&gt;${nameOf(entry)}</title>`,
          `<title>${entry.source}</title>`,
          `<title>${entry.machine}</title>`,
        ].some(title => group.includes(title)),
      ),
} as const

/** Accepted and failed transitions that the picture does not show where they belong, with guard or code, and clause. */
export const leftOut = (form: keyof typeof places, text: string, entries: readonly Transition[]): readonly string[] =>
  entries
    .filter(({ refuse }) => refuse === undefined)
    .filter(entry => !places[form](text, entry).some(place => has(decoded(place), entry)))
    .map(({ id }) => id)

/** Refusals without a row that names state, event, guard, code and clause. */
export const refusalsLeftOut = (page: string, entries: readonly Transition[]): readonly string[] => {
  const rows = page.split('\n').filter(line => line.startsWith('| '))
  const isIn = (row: string, { event, source, guard, refuse, clause }: Transition) =>
    row.startsWith(`| \`${event}\` |`) &&
    (row.includes(`\`${source}\``) || row.includes('every state')) &&
    [guard, `\`${refuse}\``, ` ${clause} `].every(word => row.includes(word))
  return entries.filter(entry => entry.refuse !== undefined && !rows.some(row => isIn(row, entry))).map(({ id }) => id)
}

/** Names of clauses in the text that the specification does not define. */
export const unknownClauses = (text: string, spec: string): readonly string[] => {
  const named = text.match(/§[a-z][a-z0-9.]*[a-z0-9]/g) ?? []
  return [...new Set(named)].filter(clause => !spec.includes(`**${clause}** `))
}

interface Extent {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** The least room that a text takes in any font it may be set in: narrow letters count less. In ems. */
const widthOf = (text: string): number =>
  [...text.trim()].reduce((width, letter) => width + (' ,.:;()[]fijltrI'.includes(letter) ? 0.3 : 0.55), 0)

/** Texts of an SVG with the room that they take. */
export const extentsOf = (svg: string): readonly Extent[] =>
  [...svg.matchAll(/<text ([^>]*)>(.*?)<\/text>/g)].map(([, attributes = '', inner = '']) => {
    const attribute = (name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1] ?? ''
    const text = decoded(inner)
    const size = Number(attribute('font-size'))
    const width = size * widthOf(text)
    const share = { start: 0, middle: 0.5, end: 1 }[attribute('text-anchor')] ?? 0
    const left = Number(attribute('x')) - share * width
    const y = Number(attribute('y'))
    return { text, left, right: left + width, top: y - 0.7 * size, bottom: y }
  })

/** Pairs of texts that overlap. */
export const overlaps = (svg: string): readonly string[] => {
  const all = extentsOf(svg)
  return all.flatMap((a, at) =>
    all
      .slice(at + 1)
      .filter(b => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map(b => `${a.text} / ${b.text}`),
  )
}
