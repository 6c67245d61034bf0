/** A live line: what is being done, how far it is, and how long it may still take. */

export interface Tick {
  /** What is being done. */
  readonly what: string
  /** How much of `total` is done, in any unit; without a total there is no estimate. */
  readonly done?: number
  readonly total?: number
  /** Counts, in words. */
  readonly counts?: string
}

export interface Progress {
  /** Shows where things are, at most ten times a second. */
  readonly tick: (tick: Tick) => void
  /** Takes the line away; the next tick begins a new one. */
  readonly clear: () => void
}

/** What a line is written to. */
export interface Screen {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export const NO_PROGRESS: Progress = { tick: () => undefined, clear: () => undefined }

const INTERVAL = 100
const ERASE = '\r\u001b[K'

/** Seconds in words: `8 s`, `2 min 5 s`. */
export const duration = (seconds: number): string => {
  const whole = Math.max(1, Math.round(seconds))
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** The line for a tick, `elapsed` seconds after the first. */
export const progressLine = ({ what, done, total, counts }: Tick, elapsed: number): string => {
  const share = done !== undefined && total !== undefined && total > 0 ? Math.min(1, done / total) : null
  const left = share !== null && share > 0.02 && share < 1 ? (elapsed * (1 - share)) / share : null
  return [
    what,
    ...(counts === undefined ? [] : [counts]),
    ...(share === null || share === 0 ? [] : [`${Math.floor(share * 100)} %`]),
    ...(left === null ? [] : [`about ${duration(left)} left`]),
  ].join('  ')
}

/** Progress on a screen: silent where it is no terminal. `now` is in milliseconds. */
export const progressOn = (screen: Screen, now: () => number): Progress => {
  if (screen.isTTY !== true) return NO_PROGRESS
  let began: number | null = null
  let shown = -Infinity
  return {
    tick: tick => {
      const at = now()
      began ??= at
      if (at - shown < INTERVAL) return
      shown = at
      screen.write(ERASE + progressLine(tick, (at - began) / 1000).slice(0, (screen.columns || 80) - 1))
    },
    clear: () => {
      if (began !== null) screen.write(ERASE)
      began = null
      shown = -Infinity
    },
  }
}
