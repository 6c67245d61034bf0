/** Sizes of the benchmark network, and what is counted there: every explorer is held against it. */
import type { Size } from '../network/index.ts'
import type { Counted, CountedDeep } from '../variants/index.ts'
import type { Row } from './table.ts'

export type Counts = Pick<Row, 'states' | 'transitions'>

export interface Known extends Counted<Size> {
  /** The same where the order of HSMs, and that of backups, does not count. */
  readonly orbits: Counts
}

/** Small enough for the plain explorer. */
export const SMALL: Known = {
  size: { hsms: 3, backups: 2, versions: 2 },
  states: 54_096,
  transitions: 348_096,
  orbits: { states: 8_400, transitions: 54_060 },
}
export const LARGE: Known & CountedDeep<Size> = {
  size: { hsms: 4, backups: 3, versions: 2 },
  states: 3_325_728,
  transitions: 29_710_464,
  depth: 1_331_140,
  orbits: { states: 84_000, transitions: 753_520 },
}
export const LARGEST: Known = {
  size: { hsms: 4, backups: 4, versions: 2 },
  states: 46_560_192,
  transitions: 469_388_640,
  orbits: { states: 357_000, transitions: 3_625_760 },
}

const LETTERS: Readonly<Record<string, string>> = {
  hsms: 'N',
  backups: 'K',
  versions: 'V',
  policies: 'P',
  users: 'U',
  mistakes: 'M',
}

/** A network at a size: `benchmark N=4 K=3 V=2`. */
export const nameOf = (network: string, size: object): string =>
  [network, ...Object.entries(size).map(([part, most]) => `${LETTERS[part]}=${most}`)].join(' ')

/** What starts in a state of its own has this state more, and these transitions. */
export const BY_SPIN: Counts = { states: 1, transitions: 3 }
export const BY_XSTATE: Counts = { states: 1, transitions: 2 }

/** Throws where another number was counted than is known. */
export const expectCounts = (
  by: string,
  counted: Counts,
  known: Counts,
  more: Counts = { states: 0, transitions: 0 },
) => {
  const expected = [known.states + more.states, known.transitions + more.transitions]
  if (counted.states === expected[0] && counted.transitions === expected[1]) return
  throw new Error(`expected ${expected.join(' and ')} of ${by}, got ${counted.states} and ${counted.transitions}`)
}
