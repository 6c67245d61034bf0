/** Replay: whether the steps of a derivation can be taken, one after the other, in a world that has a state. */
import type { Step } from './proof.ts'

/** A world in which steps are taken. */
export interface Theatre<S> {
  readonly start: S
  /** The state after a step; null where it cannot be taken. */
  readonly take: (state: S, step: Step) => S | null
}

/** A run: the steps in the order in which they were taken, and the state at the end. */
export interface Replayed<S> {
  readonly steps: readonly Step[]
  readonly state: S
}

/** How many steps are tried for one derivation. */
export const TRIES = 2_000

/**
 * Looks, breadth first, for an order of these moves, not necessarily of all, that ends where `isEnd` says. Null where it finds none
 * within so many tries. The run is the shortest that these moves make, so nothing can be left out of it.
 */
export const replay = <S>(
  { start, take }: Theatre<S>,
  moves: readonly Step[],
  isEnd: (state: S) => boolean,
  tries = TRIES,
): Replayed<S> | null => {
  const first: Replayed<S> = { steps: [], state: start }
  if (isEnd(start)) return first
  const level = [first]
  const seen = new Set<string>()
  let left = tries
  for (const { steps, state } of level)
    for (const move of moves) {
      if (steps.includes(move)) continue
      const name = [...steps, move].map(({ key }) => key).join(';')
      if (seen.has(name)) continue
      seen.add(name)
      if (left-- === 0) return null
      const after = take(state, move)
      if (after === null) continue
      const run = { steps: [...steps, move], state: after }
      if (isEnd(after)) return run
      level.push(run)
    }
  return null
}
