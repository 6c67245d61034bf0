/** The tally of a suite: what was told so far, and what it covered. */
import { cover, nothingCovered, type CloudHsm, type Coverage } from '../../model/index.ts'
import type { RunResult } from './run.ts'

export interface Tally {
  runs: number
  steps: number
  refusals: number
  /** The models that still explain the target. */
  models: readonly CloudHsm[]
  failed: RunResult | null
  /** What the stories showed, as tours count it. */
  readonly shown: Set<string>
  readonly coverage: Coverage
}

/** A tally before the first story; `failed` is how the target failed to open, if it did. */
export const newTally = (models: readonly CloudHsm[], failed: RunResult | null): Tally => ({
  runs: 0,
  steps: 0,
  refusals: 0,
  models,
  failed,
  shown: new Set(),
  coverage: nothingCovered(),
})

/** Counts one story. */
export const count = (tally: Tally, result: RunResult): void => {
  const { events, taken, divergence, models } = result
  const agreed = divergence === null ? taken : taken.slice(0, -1)
  agreed.forEach((step, at) => cover(tally.coverage, events[at]?.rule ?? '', step))
  for (const item of result.shown) tally.shown.add(item)
  tally.runs += 1
  tally.steps += events.length
  tally.refusals += agreed.filter(({ outcome }) => outcome.kind === 'refused').length
  if (divergence === null) tally.models = models
  else tally.failed = result
}
