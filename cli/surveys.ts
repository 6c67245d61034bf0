/** Surveys of the scopes, each made once for a run of the command line. */
import type { CloudHsm, Scope } from '../model/index.ts'
import { survey, type Survey } from '../test/conformance/index.ts'
import type { Progress } from './terminal/progress.ts'

export type Surveys = (model: CloudHsm, scopes: readonly Scope[]) => Survey

/** Surveys with progress on the terminal. The key is what a survey depends on: choices, and what the scopes offer. */
export const surveysWith = (progress: Progress): Surveys => {
  const made = new Map<string, Survey>()
  return (model, scopes) => {
    const key = JSON.stringify([model.choices, scopes.map(({ name, inputs }) => [name, inputs.length])])
    const known =
      made.get(key) ?? survey(model, scopes, (done, total) => progress.tick({ what: 'planning stories', done, total }))
    made.set(key, known)
    return known
  }
}
