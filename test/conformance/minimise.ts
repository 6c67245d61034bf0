/** From the first failure to the shortest story found: it is shrunk, and so is every tour that fails in the same way. */
import type { CloudHsm } from '../../model/index.ts'
import type { Story } from './event.ts'
import type { TargetFactory } from './port.ts'
import type { Failure } from './report.ts'
import { run, type RunResult } from './run.ts'
import { shrink } from './shrink.ts'

export interface MinimiseOptions {
  readonly target: TargetFactory
  readonly seed: number
  /** A model that explains the target up to the failure. */
  readonly model: CloudHsm
  /** Other stories to look for the same failure in; none, where the first one is good enough. */
  readonly others: readonly Story[]
  readonly signal?: AbortSignal
}

/** Stories that are tried on a target that does not answer in time: each costs as long as the target is given. */
const PATIENCE = 12

/** Shortens a failing story; it has to go on failing under the same clause. Throws for a run that did not fail. */
export const minimise = async (options: MinimiseOptions, failed: RunResult): Promise<Failure> => {
  const first = await shorten(options, failed)
  const isSlow = failed.divergence?.actual.includes('no answer within') === true
  let best = first
  for (const story of isSlow ? [] : options.others) {
    if (options.signal?.aborted === true) break
    const told = await run(options.target, story, { seed: options.seed, models: failed.models })
    const asked = told.taken.filter(({ outcome }) => outcome.kind !== 'refused').length
    if (told.divergence?.clause !== best.clause || asked > best.events.length) continue
    const shorter = await shorten(options, told)
    if (shorter.events.length < best.events.length) best = { ...shorter, found: first.found }
  }
  return best
}

const shorten = async (
  { target, seed, model, signal }: MinimiseOptions,
  { events, divergence, models }: RunResult,
): Promise<Failure> => {
  if (divergence === null) throw new Error('expected a failure')
  let last = divergence
  const fails = async (story: Story): Promise<Story | null> => {
    const again = await run(target, story, { seed, models })
    if (again.divergence?.clause !== divergence.clause) return null
    last = again.divergence
    return again.events
  }
  const most = divergence.actual.includes('no answer within') ? PATIENCE : Infinity
  const { story, minimality } = await shrink(events, { model, fails, most, ...(signal && { signal }) })
  return { ...last, events: story, minimality, found: events.length }
}
