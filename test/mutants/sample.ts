/** A sample of mutants: of each operator as many as of any other, as long as there are. */
import { OPERATORS, type Mutant } from './mutant.ts'

/** Numbers from 0 to 2^32 - 1, a function of the seed (Mulberry32). */
const numbersFrom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    const once = Math.imul(state ^ (state >>> 15), state | 1)
    const twice = once ^ (once + Math.imul(once ^ (once >>> 7), once | 61))
    return (twice ^ (twice >>> 14)) >>> 0
  }
}

const shuffled = <T>(all: readonly T[], next: () => number): readonly T[] =>
  all
    .map(one => ({ one, key: next() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ one }) => one)

/** So many of the mutants, or all where there are not so many; the same for the same seed. */
export const sample = (mutants: readonly Mutant[], seed: number, count: number): readonly Mutant[] => {
  const next = numbersFrom(seed)
  const queues = OPERATORS.map(name =>
    shuffled(
      mutants.filter(({ operator }) => operator === name),
      next,
    ),
  )
  const rounds = Math.max(0, ...queues.map(({ length }) => length))
  const turns = [...Array(rounds).keys()].flatMap(round => queues.flatMap(queue => queue[round] ?? []))
  return turns.slice(0, count)
}
