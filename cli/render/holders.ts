/** Who holds what: a matrix of parties and secrets, drawn below the story. */
import { box, text, type Point } from './canvas.ts'

interface Holder {
  readonly party: string
  /** What it has of each thing in `THINGS`; empty for nothing. */
  readonly holds: readonly string[]
  readonly clauses: string
}

export const THINGS = ['MKBK', 'AKBK', 'KI', 'PBK', 'BEK', 'contents', 'sealed backup'] as const

const NOTHING = ['', '', '', '', '', '', '']

/** The parties, from the inside out. */
export const HOLDERS: readonly Holder[] = [
  {
    party: 'Boot ROM of an HSM',
    holds: ['yes', 'yes', 'at boot', 'yes', '', '', ''],
    clauses: '§key.mkbk §key.akbk §key.pbk',
  },
  {
    party: 'Firmware of an HSM',
    holds: ['', '', '', 'a handle', 'in use', 'yes', 'yes'],
    clauses: '§key.wrap §backup.bek §contents.keys',
  },
  { party: 'Offline HSM', holds: ['', 'makes it', '', '', '', '', ''], clauses: '§hardware.ceremony' },
  { party: 'Each officer', holds: ['', 'a share', '', '', '', '', ''], clauses: '§hardware.ceremony' },
  { party: "The customer's client", holds: [...NOTHING.slice(0, 5), 'as users', ''], clauses: '§channel.sealed' },
  { party: 'The service (AWS)', holds: [...NOTHING.slice(0, 6), 'yes'], clauses: '§invariant.plaintext' },
]

const COLUMNS = [210, 300, 390, 480, 570, 660, 765] as const
const CLAUSES_AT = 880
const ROW = 22

/** The matrix as SVG, its upper left corner at the point; 1160 wide and 162 high. */
export const matrix = ([x, y]: Point): readonly string[] => {
  const cell = (at: number, line: number, words: string, bold = false) =>
    text([x + at, y + line * ROW + 16], words, { anchor: 'middle', bold })
  const rows = HOLDERS.flatMap(({ party, holds, clauses }, at) => [
    `<line x1="${x + 12}" y1="${y + (at + 1) * ROW + 2}" x2="${x + 1148}" y2="${y + (at + 1) * ROW + 2}" stroke="#d5dbe1"/>`,
    text([x + 14, y + (at + 1) * ROW + 17], party, { bold: true }),
    ...holds.map((words, column) => cell(COLUMNS[column] ?? 0, at + 1, words === '' ? '–' : words, words !== '')),
    text([x + CLAUSES_AT, y + (at + 1) * ROW + 17], clauses),
  ])
  return [
    box([x, y, 1160, (HOLDERS.length + 1) * ROW + 8], '#ffffff', '#8b96a3'),
    text([x + 14, y + 16], 'Who holds what', { size: 11, bold: true }),
    ...THINGS.map((thing, column) => cell(COLUMNS[column] ?? 0, 0, thing, true)),
    text([x + CLAUSES_AT, y + 16], 'clauses', { bold: true }),
    ...rows,
  ]
}
