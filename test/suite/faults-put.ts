/** Puts broken implementations to the suite; what is planned from the model is planned once. */
import { cloudHsm, smoke } from '../../model/index.ts'
import { conform, survey, type ConformOptions, type Survey, type TargetFactory } from '../conformance/index.ts'
import type { Fault } from '../faults/index.ts'

const surveys = new Map<string, Survey>()
const surveyOf: NonNullable<ConformOptions['surveyOf']> = (model, scopes) => {
  const key = JSON.stringify(model.choices)
  const known = surveys.get(key) ?? survey(model, scopes)
  surveys.set(key, known)
  return known
}

export const put = (target: TargetFactory, { seed = 1, runs = 620 } = {}) =>
  conform({ target, scopes: smoke, seed, runs, surveyOf, search: 'first' })

/** How many stories are planned from the model, and owe nothing to the seed. */
const tours = () => surveyOf(cloudHsm(), smoke).tours.length

/**
 * Two HSMs have to be restored from one backup and each to make another: no single step shows that, so walks have to, as many
 * as are planned.
 */
const NEEDS_WALKS = ['§backup.generator']

/** What the suite says of a broken implementation, and what it should say. */
export const judged = async ({ clause, target }: Fault) => {
  const runs = NEEDS_WALKS.includes(clause) ? 2 * tours() : tours()
  const { verdict, failure } = await put(target, { runs })
  return {
    said: [verdict, failure?.clause, failure?.minimality],
    expected: ['broken', clause, '1-minimal'],
  }
}
