/** Measuring: how often something is done in a second, the best of several rounds. */

export interface Measure {
  readonly name: string
  readonly rate: number
  readonly unit: string
  /** What it is compared with. */
  readonly than?: Measure
}

const ROUNDS = 3
const PAIRS = 5

/** Runs `work`, which answers how much it did, and keeps the fastest round. The first round warms up and does not count. */
export const measure = async (
  name: string,
  unit: string,
  work: () => number | Promise<number>,
  than?: Measure,
): Promise<Measure> => {
  await work()
  let rate = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now()
    const done = await work()
    rate = Math.max(rate, (done * 1000) / (performance.now() - began))
  }
  return { name, rate, unit, ...(than && { than }) }
}

type Work = () => number | Promise<number>

const rateOf = async (work: Work): Promise<number> => {
  const began = performance.now()
  const done = await work()
  return (done * 1000) / (performance.now() - began)
}

/** Runs two in turns, five times after one that warms up, and answers the pair whose ratio is the median. */
export const paired = async (
  unit: string,
  [bareName, bareWork]: readonly [string, Work],
  [name, work]: readonly [string, Work],
): Promise<readonly [Measure, Measure]> => {
  const pairs: { readonly bare: number; readonly rate: number }[] = []
  for (let round = 0; round <= PAIRS; round++) {
    const pair = { bare: await rateOf(bareWork), rate: await rateOf(work) }
    if (round > 0) pairs.push(pair)
  }
  const sorted = pairs.toSorted((a, b) => a.rate / a.bare - b.rate / b.bare)
  const { bare, rate } = sorted[PAIRS >> 1] ?? { bare: 1, rate: 0 }
  const than = { name: bareName, rate: bare, unit }
  return [than, { name, rate, unit, than }]
}
