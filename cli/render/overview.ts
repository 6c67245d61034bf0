/** The overview of a backup: one picture for a reviewer, as SVG and as a Mermaid flowchart, from the same data. */
import { arrow, box, card, paragraph, picture, remark, text } from './canvas.ts'
import { matrix } from './holders.ts'
import { escape } from './mermaid.ts'
import { INK, MUTED, type Tone } from './palette.ts'
import { passages } from './passages.ts'
import { PLACES, TITLE, type Matter, type Passage, type Place, type Thing } from './story.ts'
import { things } from './things.ts'

const TONES: Readonly<Record<Matter, Tone>> = {
  secret: { fill: '#fdeceb', line: '#b3261e' },
  sealed: { fill: '#e8f5ea', line: '#2e7d46' },
  step: { fill: '#ffffff', line: '#5b6875' },
  state: { fill: '#eaf2fb', line: '#3a6ea5' },
}

const GROUND: Readonly<Record<Place, string>> = {
  before: '#fafbfc',
  creation: '#fffdf4',
  archive: '#f3f4f6',
  restore: '#fffdf4',
}

const isHsm = (place: Place): boolean => place === 'creation' || place === 'restore'

const frame = (place: Place): string => {
  const { title, under, at } = PLACES[place]
  const [x, y] = at
  return [
    box(at, GROUND[place], isHsm(place) ? INK : '#8b96a3', isHsm(place) ? 4 : 1),
    text([x + 14, y + 18], title, { size: 12, bold: true }),
    paragraph([x + 14, y + 33], under, { colour: MUTED }),
  ].join('\n')
}

const drawn = ({ matter, title, lines, at }: Thing): string => card(at, TONES[matter], title, lines)

const label = ({ label: lines, at, anchor = 'start' }: Passage): string => paragraph(at, lines, { anchor })

/** The overview as SVG, 1200 pixels wide. */
export const overviewSvg = (): string =>
  picture(1200, 1000, TITLE, [
    text([20, 30], TITLE, { size: 17, bold: true }),
    remark(
      [20, 49],
      'Thick lines are the boundaries of HSMs. Red is secret and stays inside; green is what crosses. The names after § are clauses of SPEC.md.',
    ),
    ...(Object.keys(PLACES) as readonly Place[]).map(frame),
    ...things.map(drawn),
    ...passages.map(({ path, heads }) => arrow(path, heads)),
    ...passages.map(label),
    ...matrix([20, 814]),
  ])

const id = (name: string): string => name.replaceAll('.', '_')
const quoted = (lines: readonly string[]): string => `"${lines.map(escape).join('<br/>')}"`

const item = ({ id: name, title, lines, matter }: Thing): string =>
  `${id(name)}[${quoted([title, ...lines])}]:::${matter}`

/** What the boot ROM alone holds stands in a frame of its own. */
const subgraph = (place: Place): readonly string[] => {
  const here = things.filter(thing => thing.place === place)
  const rom = here.find(thing => thing.id === `${place}.rom`)
  const isInside = (thing: Thing) => rom !== undefined && thing.id.startsWith(`${place}.`)
  const inside = here.filter(thing => thing !== rom && isInside(thing)).map(thing => `      ${item(thing)}`)
  return [
    `  subgraph place_${place}[${quoted([PLACES[place].title])}]`,
    ...(rom === undefined ? [] : [`    subgraph ${id(rom.id)}[${quoted([rom.title])}]`, ...inside, '    end']),
    ...here.filter(thing => !isInside(thing)).map(thing => `    ${item(thing)}`),
    '  end',
  ]
}

const link = ({ from, to, heads, label: lines }: Passage): string => {
  const line = heads === 'two' ? '<-->' : '-->'
  return `  ${id(from)} ${line}${lines.length === 0 ? '' : `|${quoted(lines)}|`} ${id(to)}`
}

/** The overview as a Mermaid flowchart. */
export const overviewMermaid = (): string =>
  [
    'flowchart TB',
    ...(Object.keys(PLACES) as readonly Place[]).flatMap(subgraph),
    ...passages.map(link),
    ...Object.entries(TONES).map(
      ([matter, { fill, line }]) => `  classDef ${matter} fill:${fill},stroke:${line},color:${INK}`,
    ),
  ].join('\n') + '\n'
