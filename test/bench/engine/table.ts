/** The table of explorations: each line is printed when its exploration is over; meanwhile a terminal shows what runs. */
import process from 'node:process'
import type { Timed } from './timed.ts'

export interface Row extends Timed {
  /** The network or scope, and its size. */
  readonly what: string
  /** What explored it. */
  readonly by: string
}

export const rateOf = ({ states, seconds }: Row): number => states / seconds
export const bytesPerState = ({ bytes, states }: Row): number => bytes / states

/** A number with thousands apart: `12,345`. */
export const count = (value: number): string => Math.round(value).toLocaleString('en-US')

const LEFT = 2
const WIDTHS = [34, 20, 11, 12, 8, 6, 10, 12, 6] as const
const TITLES = [
  'network',
  'explored by',
  'states',
  'transitions',
  'seconds',
  'first',
  'states/s',
  'bytes/state',
  'fill',
]

const lineOf = (cells: readonly string[]): string =>
  cells
    .map((cell, at) => (at < LEFT ? cell.padEnd(WIDTHS[at] ?? 0) : cell.padStart(WIDTHS[at] ?? 0)))
    .join(' ')
    .trimEnd()

const cellsOf = (row: Row): readonly string[] => [
  row.what,
  row.by,
  count(row.states),
  count(row.transitions),
  row.seconds.toFixed(2),
  row.first?.toFixed(2) ?? '',
  count(rateOf(row)),
  bytesPerState(row).toFixed(1),
  row.fill === null ? '' : `${(row.fill * 100).toFixed(1)}%`,
]

const ERASE = '\r\u001b[K'

const show = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(ERASE + text)
}

export const say = (line: string): void => {
  show('')
  process.stdout.write(`${line}\n`)
}

export const sayTitles = (): void => say(lineOf(TITLES))

/** Says on a terminal what runs, until the next line is said. */
export const running = <Value>(what: string, work: () => Value): Value => {
  show(what.slice(0, (process.stderr.columns || 80) - 1))
  return work()
}

/** Prints the row. */
export const sayRow = (row: Row): Row => {
  say(lineOf(cellsOf(row)))
  return row
}

/** Explores, and prints what came of it. */
export const explored = (what: string, by: string, explore: () => Timed): Row =>
  sayRow({ what, by, ...running(`${what}, ${by}`, explore) })
