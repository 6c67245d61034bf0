/** What a process of its own does with its one exploration: times it, measures its memory, and prints both with the counts. */
import process from 'node:process'
import type { Store } from '../../../model/index.ts'

/** What an exploration found, and what it took to store it; null of an explorer that does not say. */
export interface Found {
  readonly states: number
  readonly transitions: number
  readonly store: Store | null
}

/** What the process prints, as JSON. */
export interface Timed extends Omit<Found, 'store'> {
  /** Of building what is explored and exploring it, the best of all times; Node's start is not counted. */
  readonly seconds: number
  /** Of the first of several explorations; null where there was one. */
  readonly first: number | null
  /** Peak memory of the process, after one exploration. */
  readonly bytes: number
  /** The part of the store's bits that are states. */
  readonly fill: number | null
}

const KILOBYTE = 1024
/** An exploration that takes fewer seconds is made again, this many times. */
const BRIEF = 10
const AGAIN = 3

/** Explores, and prints. */
export const printTimed = (explore: () => Found, isOnce = false): void => {
  const timed = () => {
    const began = performance.now()
    const { states, transitions, store } = explore()
    return { states, transitions, fill: store?.fill ?? null, seconds: (performance.now() - began) / 1000 }
  }
  const first = timed()
  const bytes = process.resourceUsage().maxRSS * KILOBYTE
  // Node compiles while it explores, and Spin's compilation is not counted: what is compiled explores again. The best counts,
  // as it does of Spin's four compilations.
  const isAgain = !isOnce && first.seconds < BRIEF
  const runs = isAgain ? Array.from({ length: AGAIN }, timed) : [first]
  const best = runs.reduce((one, other) => (other.seconds < one.seconds ? other : one))
  process.stdout.write(JSON.stringify({ ...best, first: isAgain ? first.seconds : null, bytes } satisfies Timed))
}
