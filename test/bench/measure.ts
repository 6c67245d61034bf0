/** Measuring: how often something is done in a second, the best of several rounds. */

export interface Measure {
  readonly name: string
  readonly rate: number
  readonly unit: string
  /** What it is compared with. */
  readonly than?: Measure
}

const ROUNDS = 3

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
