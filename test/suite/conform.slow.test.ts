/** The suite as a whole, in all of smoke: what it finds of a target that lacks parts, and of one that is wrong. Of the reference `npm run conformance` does. */
import { describe, expect, it } from 'vitest'
import { smoke } from '../../model/index.ts'
import {
  conform,
  referenceTarget,
  survey,
  type ConformOptions,
  type Survey,
  type TargetFactory,
} from '../conformance/index.ts'
import example from '../example/control-plane.ts'

const surveys = new Map<string, Survey>()
const surveyOf: ConformOptions['surveyOf'] = (model, scopes) => {
  const key = JSON.stringify([model.choices, scopes])
  const known = surveys.get(key) ?? survey(model, scopes)
  surveys.set(key, known)
  return known
}
const put = (target: TargetFactory, options: Partial<ConformOptions> = {}) =>
  conform({ target, scopes: smoke, seed: 1, runs: 620, surveyOf, ...options })

describe('a target that lacks parts of the port', () => {
  it('is asked what it offers, and the rest is reported: the example of a control plane', async () => {
    const report = await put(example)
    expect(report).toMatchObject({
      verdict: 'holds',
      skipped: ['data', 'regions', 'accounts', 'migration', 'adversary', 'crashes', 'sealings'],
      coverage: { missed: [] },
    })
    expect(report.coverage.transitions.reachable).toBeGreaterThan(40)
  })
})

describe('a failure', () => {
  it('is told in the shortest story found, expected against actual, §hsm.replace.first', async () => {
    const forgetful: TargetFactory = async options => {
      const target = await referenceTarget()(options)
      const pending: typeof target.pending = async () =>
        (await target.pending()).filter(({ effect }) => effect !== 'HsmReplaced')
      return { ...target, pending }
    }
    const { failure } = await put(forgetful)
    expect(failure).toMatchObject({ clause: '§hsm.replace.first', minimality: '1-minimal', what: 'what is pending' })
    expect(failure?.expected).toMatch(/^HsmReplaced hsm-\d$/)
    expect(failure?.events.map(({ rule }) => rule)).toContain('FailHsm')
    expect(failure?.events.length).toBeLessThanOrEqual(13)
  })
})
