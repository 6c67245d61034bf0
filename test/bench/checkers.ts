/** The benchmark network and its variants explored by every explorer that there is, which have to count the same. */
import { isDeepStrictEqual } from 'node:util'
import { exploreNetwork } from './engine/process.ts'
import type { NetworkTask } from './engine/network.ts'
import { BY_SPIN, BY_XSTATE, LARGE, LARGEST, SMALL, expectCounts, nameOf, type Counts } from './engine/sizes.ts'
import { explored, running, say, sayRow, type Row } from './engine/table.ts'
import { promelaOf } from './spin/promela.ts'
import { hasSpin, runSpin } from './spin/run.ts'
import { policies, users, type CountedDeep } from './variants/index.ts'
import { XSTATE_LARGEST, XSTATE_SIZES, runXState } from './xstate/index.ts'

/** The same network explored by two; null where Spin is not there. */
export interface Pair {
  readonly fast: Row
  readonly spin: Row | null
}

export interface Checkers {
  readonly large: Pair
  readonly largest: Row
  readonly xstate: Row
  readonly variants: readonly Pair[]
}

const NAMES = { fast: 'fast', symmetric: 'fast, symmetry', plain: 'plain' }
const SECONDS = 60

const ours = (task: NetworkTask, known: Counts): Row => {
  const row = explored(nameOf(task.network, task.size), NAMES[task.engine], () => exploreNetwork(task))
  expectCounts(row.by, row, known)
  return row
}

const bySpin = (what: string, promela: string, known: CountedDeep<object>): Row | null => {
  if (!hasSpin()) {
    say(`${what}: Spin is not installed, and left out: it is Debian's package spin`)
    return null
  }
  const { all, ...run } = running(`${what}, Spin`, () => runSpin(promela, known.depth))
  for (const one of all) expectCounts(`Spin ${one.flags}`, one, known, BY_SPIN)
  return sayRow({ ...run, what, by: `Spin ${run.flags}`, first: null, fill: null })
}

const bySpinToo = (task: NetworkTask, promela: string, known: CountedDeep<object>): Pair => ({
  fast: ours(task, known),
  spin: bySpin(nameOf(task.network, task.size), promela, known),
})

/** The largest size that XState's own explorer ends with in time, and the fast one too. Throws where there is none. */
const byXState = (): Row => {
  const largest = XSTATE_SIZES.findIndex(size => isDeepStrictEqual(size, XSTATE_LARGEST))
  for (const size of XSTATE_SIZES.slice(0, largest + 1).toReversed()) {
    const what = nameOf('benchmark', size)
    const run = running(`${what}, XState's own`, () => runXState(size, SECONDS))
    if (run === null) {
      say(`${what}: XState's own explorer was given up after ${SECONDS} seconds`)
      continue
    }
    const row = sayRow({ ...run, what, by: "XState's own", first: null, fill: null })
    const fast = explored(what, NAMES.fast, () => exploreNetwork({ network: 'benchmark', size, engine: 'fast' }))
    expectCounts(row.by, row, fast, BY_XSTATE)
    return row
  }
  throw new Error(`expected XState's own explorer to end within ${SECONDS} seconds at some size`)
}

/** Explores, and prints the rows. Throws where two count differently. */
export const checkers = (): Checkers => {
  const network = 'benchmark'
  const large = bySpinToo({ network, size: LARGE.size, engine: 'fast' }, promelaOf(LARGE.size), LARGE)
  ours({ network, size: LARGE.size, engine: 'symmetric' }, LARGE.orbits)
  const largest = ours({ network, size: LARGEST.size, engine: 'fast', isOnce: true }, LARGEST)
  ours({ network, size: LARGEST.size, engine: 'symmetric', isOnce: true }, LARGEST.orbits)
  ours({ network, size: SMALL.size, engine: 'fast' }, SMALL)
  ours({ network, size: SMALL.size, engine: 'plain' }, SMALL)
  const xstate = byXState()
  const wide = policies.large
  const many = users.large
  const variants = [
    bySpinToo({ network: 'policies', size: wide.size, engine: 'fast' }, policies.promelaOf(wide.size), wide),
    bySpinToo({ network: 'users', size: many.size, engine: 'fast' }, users.promelaOf(many.size), many),
  ]
  return { large, largest, xstate, variants }
}
