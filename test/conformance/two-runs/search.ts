/** The search for a story by which the service tells two runs apart: given ones first, then walks; what is found is shrunk. */
import * as fc from 'fast-check'
import { RULES, type RuleName } from '../../../model/index.ts'
import type { Story } from '../event.ts'
import { allModels } from '../explain.ts'
import { shrink } from '../shrink.ts'
import { Walks } from '../walk.ts'
import type { Difference } from './compare.ts'
import { tellTwice, type Pair } from './two-runs.ts'

export interface TwoRunOptions {
  readonly pair: Pair
  readonly seed: number
  /** Told first, in this order; walks begin with a part of one of them. */
  readonly stories: readonly Story[]
  /** How many walks, and how many events each has. */
  readonly walks: number
  readonly length: number
  /** Whether what is found is shrunk. */
  readonly isShrunk: boolean
}

export interface TwoRunReport {
  readonly stories: number
  readonly steps: number
  /** Messages that the service saw. */
  readonly messages: number
  /** The shortest story that was found, and what tells the runs apart at its end. */
  readonly found: { readonly difference: Difference; readonly story: Story } | null
}

const EVERY_RULE = new Set<RuleName>(Object.values(RULES).flat())

/** Puts an implementation to two runs. */
export const twoRuns = async (options: TwoRunOptions): Promise<TwoRunReport> => {
  const { pair, seed, stories, walks, length, isShrunk } = options
  const [model] = allModels()
  if (model === undefined) throw new Error('expected a model')
  const told = { stories: 0, steps: 0, messages: 0 }
  let found: TwoRunReport['found'] = null
  const tell = async (story: Story): Promise<boolean> => {
    const { difference, events, seen } = await tellTwice(pair, story, seed)
    told.stories += 1
    told.steps += events.length
    told.messages += seen.reduce((sum, { emitted }) => sum + emitted.length, 0)
    if (difference !== null) found = { difference, story: events }
    return difference === null
  }
  let goesOn = true
  for (const story of stories) goesOn = goesOn && (await tell(story))
  const arbitrary = new Walks({ model, length, beginnings: stories, rules: EVERY_RULE })
  if (goesOn && walks > 0)
    await fc.check(fc.asyncProperty(arbitrary, tell), { seed, numRuns: walks, endOnFailure: true })
  if (found === null || !isShrunk) return { ...told, found }
  return { ...told, found: await shortest(options, model, found) }
}

type Found = NonNullable<TwoRunReport['found']>

/** The story without all that can be left out, so that the runs still part in the same kind of way. */
const shortest = async (
  { pair, seed }: TwoRunOptions,
  model: ReturnType<typeof allModels>[number],
  found: Found,
): Promise<Found> => {
  let { difference } = found
  const fails = async (candidate: Story): Promise<Story | null> => {
    const again = await tellTwice(pair, candidate, seed)
    if (again.difference?.kind !== found.difference.kind) return null
    difference = again.difference
    return again.events
  }
  const { story } = await shrink(found.story, { model, fails })
  return { difference, story }
}
