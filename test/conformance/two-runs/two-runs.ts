/** Two runs: one story told to two accounts that differ in their secrets alone, and what the service could tell them apart by. */
import type { AccountParts } from '../../../impl/index.ts'
import { allModels } from '../explain.ts'
import type { Story } from '../event.ts'
import type { TargetFactory } from '../port.ts'
import { referenceTarget } from '../reference.ts'
import { run } from '../run.ts'
import { createSecrets, type Secrets } from '../secrets.ts'
import { differenceOf, type Difference } from './compare.ts'
import { renamedParts, renamedRequest, renamedSecrets } from './renamed.ts'
import { watchedBy, type SeenStep } from './seen.ts'

/** An implementation twice: as it is, and with its HSMs' secrets renamed. */
export interface Pair {
  readonly first: TargetFactory
  readonly second: TargetFactory
}

/** The reference, or one with collaborators of its own, twice. */
export const pairOf = (parts: Partial<AccountParts> = {}): Pair => ({
  first: referenceTarget({ parts }),
  second: referenceTarget({ parts: renamedParts(parts) }),
})

/** One story told twice. */
export interface ToldTwice {
  readonly difference: Difference | null
  /** Events that were told, up to where the runs part. */
  readonly events: Story
  /** What the service saw of the first run. */
  readonly seen: readonly SeenStep[]
}

/** Tells a story to both, to its end. */
export const tellTwice = async ({ first, second }: Pair, story: Story, seed: number): Promise<ToldTwice> => {
  const models = allModels().slice(0, 1)
  const tell = async (factory: TargetFactory, secrets: Secrets, rename?: typeof renamedRequest) => {
    const seen: SeenStep[] = []
    const { events } = await run(watchedBy(factory, seen, rename), story, { seed, models, secrets, isUnjudged: true })
    return { seen, events }
  }
  const one = await tell(first, createSecrets(seed))
  const other = await tell(second, renamedSecrets(seed), renamedRequest)
  const difference = differenceOf(one.seen, other.seen)
  const events = difference === null ? one.events : one.events.slice(0, difference.at + 1)
  return { difference, events, seen: one.seen }
}
