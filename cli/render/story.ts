/** The terms in which the story of a backup is told: places, things, and what passes between them. */
import type { Point, Rectangle } from './canvas.ts'

/** Where a thing is: before an HSM serves, in the HSM that is backed up, at the service, or in the new HSM. */
export type Place = 'before' | 'creation' | 'archive' | 'restore'

/** What a thing is: a secret, bytes outside that are sealed, a step, or a state. */
export type Matter = 'secret' | 'sealed' | 'step' | 'state'

/** A thing in the picture. */
export interface Thing {
  readonly id: string
  readonly place: Place
  readonly matter: Matter
  readonly title: string
  readonly lines: readonly string[]
  readonly at: Rectangle
}

/** What passes from one thing to another. */
export interface Passage {
  readonly from: string
  readonly to: string
  /** Corners of its line, as SVG writes them: `x,y x,y`. */
  readonly path: string
  readonly heads?: 'two'
  /** Words and clauses, one line each. */
  readonly label: readonly string[]
  /** Baseline of the label's first line. */
  readonly at: Point
  readonly anchor?: 'start' | 'middle' | 'end'
}

export const TITLE = 'A backup of an HSM: Creation, Archive, Restore'

interface Frame {
  readonly title: string
  readonly under: readonly string[]
  readonly at: Rectangle
}

/** The places with their frames. Those of the HSMs are boundaries. */
export const PLACES: Readonly<Record<Place, Frame>> = {
  before: { title: 'Before it serves: how hardware gets its keys', under: [], at: [20, 62, 1160, 106] },
  creation: {
    title: '1  Creation: in the HSM that is backed up',
    under: ['nothing readable leaves: §invariant.plaintext'],
    at: [20, 210, 350, 588],
  },
  archive: {
    title: '2  Archive: at the service',
    under: [
      'the adversary: it stores, reads, alters and replays, and holds',
      'no key; it sees labels, sizes and times §invariant.plaintext',
    ],
    at: [386, 210, 428, 588],
  },
  restore: {
    title: '3  Restore: in a new HSM',
    under: ['no other hardware opens it: §invariant.hardware'],
    at: [830, 210, 350, 588],
  },
}
