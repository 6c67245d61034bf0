/** Surveys of the scopes, each made once for a run of the command line, whichever of its threads needs it. */
import type { CloudHsm, Scope } from '../model/index.ts'
import { survey, type Survey } from '../test/conformance/index.ts'
import type { Progress } from './terminal/progress.ts'

export type Surveys = (model: CloudHsm, scopes: readonly Scope[]) => Survey

/** A survey with what it depends on: choices, and what the scopes offer. It can be sent to another thread. */
export type Made = readonly (readonly [key: string, survey: Survey])[]

const made = new Map<string, Survey>()

/** All that were made in this thread, or taken. */
export const madeSurveys = (): Made => [...made]

/** Takes those that another thread made. */
export const takeSurveys = (others: Made): void => others.forEach(([key, survey]) => made.set(key, survey))

/** Surveys with progress on the terminal. */
export const surveysWith =
  (progress: Progress): Surveys =>
  (model, scopes) => {
    const key = JSON.stringify([model.choices, scopes.map(({ name, inputs }) => [name, inputs.length])])
    const known =
      made.get(key) ?? survey(model, scopes, (done, total) => progress.tick({ what: 'planning stories', done, total }))
    made.set(key, known)
    return known
  }
