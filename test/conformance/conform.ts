/** The suite: stories that the model tells are told to a target, until one fails or enough have been told. */
import * as fc from 'fast-check'
import type { CloudHsm, Scope } from '../../model/index.ts'
import type { Story } from './event.ts'
import { allModels, choicesOf } from './explain.ts'
import type { TargetFactory } from './port.ts'
import { PROFILES, rulesOf, within } from './profile.ts'
import { minimise } from './minimise.ts'
import { coverageOf, type ConformReport } from './report.ts'
import { meet, run } from './run.ts'
import { survey, type Survey } from './survey.ts'
import { count, newTally } from './tally.ts'
import { Walks } from './walk.ts'

export interface ConformOptions {
  readonly target: TargetFactory
  readonly scopes: readonly Scope[]
  readonly seed: number
  /** Stories told at most, the tours among them. */
  readonly runs: number
  /** Events of a walk. */
  readonly length?: number
  /** The survey of the scopes under a combination of choices; made anew where it is not given. */
  readonly surveyOf?: (model: CloudHsm, scopes: readonly Scope[]) => Survey
  /** Where to look for a shorter story of a failure: in all tours (the default), or only in the story that was found first. */
  readonly search?: 'all' | 'first'
  readonly progress?: (at: ConformProgress) => void
  /** Awaited now and then, so that the caller can see to other things. */
  readonly pause?: () => Promise<void>
  readonly signal?: AbortSignal
}

export interface ConformProgress {
  readonly what: string
  readonly done: number
  readonly total: number
  readonly steps: number
}

const DEFAULT_LENGTH = 60

/** Puts a target to the suite. Throws only on an error of its own, never on the target's. */
export const conform = async (options: ConformOptions): Promise<ConformReport> => {
  const { target, seed, runs, length = DEFAULT_LENGTH, surveyOf = survey, search = 'all', progress, signal } = options
  const met = await meet(target, seed)
  const rules = rulesOf(met.profile)
  const scopes = within(rules, options.scopes)
  const tally = newTally(allModels(), met.failure)
  const isAborted = (): boolean => signal?.aborted === true
  const isOver = (): boolean => isAborted() || tally.failed !== null || tally.runs >= runs
  const tell = async (story: Story): Promise<boolean> => {
    if (isOver()) return true
    const result = await run(target, story, { seed, models: tally.models, ...(signal && { signal }) })
    count(tally, result)
    progress?.({ what: `telling ${met.name} stories`, done: tally.runs, total: runs, steps: tally.steps })
    await options.pause?.()
    return result.divergence === null
  }
  /** The tours tell how the target chooses; once that is known, those that follow are planned with it. */
  const tellTours = async (model: CloudHsm): Promise<CloudHsm> => {
    for (const { story, shows } of surveyOf(model, scopes).tours) if (!shows.isSubsetOf(tally.shown)) await tell(story)
    const inferred = tally.models[0] ?? model
    const isPlanned = isOver() || isSame(inferred, model) || tally.models.some(other => isSame(other, model))
    return isPlanned ? inferred : tellTours(inferred)
  }
  const [first] = allModels()
  if (first === undefined) throw new Error('expected a model')
  const inferred = await tellTours(first)
  const { tours, reachable } = surveyOf(inferred, scopes)
  const walks = new Walks({ model: inferred, length, beginnings: evenly(tours), rules })
  // A property that does not hold ends the check: at a failure, which the tally keeps, and at an interruption.
  const goesOn = async (story: Story): Promise<boolean> => (await tell(story)) && !isAborted()
  if (!isOver())
    await fc.check(fc.asyncProperty(walks, goesOn), { seed, numRuns: runs - tally.runs, endOnFailure: true })
  const report = {
    target: met.name,
    seed,
    runs: tally.runs,
    steps: tally.steps,
    refusals: tally.refusals,
    coverage: coverageOf(tally.coverage, reachable),
    choices: choicesOf(tally.models),
    skipped: PROFILES.filter(part => !met.profile.includes(part)),
  }
  if (tally.failed === null) return { verdict: isAborted() ? 'undecided' : 'holds', ...report }
  const others = search === 'first' ? [] : tours.map(({ story }) => story)
  const found = { target, seed, model: inferred, others, ...(signal && { signal }) }
  return { verdict: 'broken', ...report, failure: await minimise(found, tally.failed) }
}

/** Stories in which no HSM is written to alone: which of several that differ a walk would ask is not described (SPEC.md 1.2). */
const evenly = (tours: Survey['tours']): readonly Story[] =>
  tours.map(({ story }) => story).filter(story => !story.some(event => 'only' in event))

const isSame = (one: CloudHsm, other: CloudHsm): boolean =>
  JSON.stringify(one.choices) === JSON.stringify(other.choices)
