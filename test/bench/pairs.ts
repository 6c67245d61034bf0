/** Two ways to do as much, timed by turns in one process: the median of the ratios of five pairs, and what it may be at most. */

export interface Paired {
  readonly name: string
  /** Time of the one over time of the other, of each pair. */
  readonly ratios: readonly number[]
  readonly median: number
  readonly most: number
}

const PAIRS = 5
/** How often each is done in a pair, so that one pause of the machine weighs less. */
const TIMES = 8

const timeOf = (work: () => void): number => {
  const began = performance.now()
  for (let time = 0; time < TIMES; time += 1) work()
  return performance.now() - began
}

/** Times `whole` beside `bare`. The first pair warms up and does not count. */
export const paired = (name: string, bare: () => void, whole: () => void, most: number): Paired => {
  const ratios = Array.from({ length: PAIRS + 1 }, () => {
    const least = timeOf(bare)
    return timeOf(whole) / least
  }).slice(1)
  const median = ratios.toSorted((a, b) => a - b)[PAIRS >> 1] ?? Number.NaN
  return { name, ratios, median, most }
}

export const verdictOf = ({ median, most }: Paired): string => (median <= most ? 'met' : 'NOT MET')
