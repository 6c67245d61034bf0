/** Runs XState's own explorer on the benchmark network, and stops it when its time is up. */
import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Size } from '../network/index.ts'

export interface XStateRun {
  /** One more than the network's: that in which the mode is chosen. */
  readonly states: number
  /** Two more than the network's: the choice of either mode. */
  readonly transitions: number
  /** Of the search; the start of the process is not counted. */
  readonly seconds: number
  /** Peak memory of the process. */
  readonly bytes: number
}

/** Sizes in ascending order of states. */
export const XSTATE_SIZES: readonly Size[] = [
  { hsms: 2, backups: 1, versions: 2 },
  { hsms: 2, backups: 2, versions: 1 },
  { hsms: 2, backups: 2, versions: 2 },
  { hsms: 3, backups: 2, versions: 1 },
  { hsms: 2, backups: 3, versions: 1 },
  { hsms: 3, backups: 2, versions: 2 },
  { hsms: 4, backups: 2, versions: 1 },
  { hsms: 3, backups: 2, versions: 3 },
  { hsms: 2, backups: 3, versions: 2 },
]
/**
 * The largest at which it ends within a minute. Measured on 2026-11-24 on a shared machine with two cores: N=3 K=2 V=3 (113,401 states)
 * took 40 to 50 seconds, the next size N=2 K=3 V=2 (164,641 states) took 85. Its queue is an array that it shifts, so that the time grows
 * faster than the states: 20,000 states/s at 10,000 states, 2,500 at 100,000.
 */
export const XSTATE_LARGEST: Size = { hsms: 3, backups: 2, versions: 3 }

const SEARCH = fileURLToPath(new URL('search.ts', import.meta.url))
/** Enough that it is time that runs out. */
const MEGABYTES = 8_192

/** A complete search, or null where it took longer than the limit. Throws when it fails in another way. */
export const runXState = (size: Size, limitSeconds: number): XStateRun | null => {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [`--max-old-space-size=${MEGABYTES}`, SEARCH, JSON.stringify(size)],
    { encoding: 'utf8', timeout: limitSeconds * 1000 },
  )
  if (error !== undefined && 'code' in error && error.code === 'ETIMEDOUT') return null
  if (status !== 0) throw new Error(`expected a complete search, got ${stderr.slice(0, 200)}`)
  return JSON.parse(stdout) as XStateRun
}
