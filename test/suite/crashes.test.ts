/** Crashes of implementations: recovery that forgets a job is rejected, whichever job it is and at whichever step it was stopped. */
import { describe, expect, it } from 'vitest'
import { cloudHsm, smoke } from '../../model/index.ts'
import { conform, survey, type ConformOptions, type TargetFactory } from '../conformance/index.ts'
import { stepFaults } from '../faults/index.ts'

const scopes = smoke.filter(({ name }) => /^smoke\.crash/.test(name))
const planned = survey(cloudHsm(), scopes)

/** Tells the stories that are planned of these jobs, and no others. */
const put = (target: TargetFactory, isOfThem: (effect: string) => boolean) => {
  const tours = planned.tours.filter(({ story }) => story.some(event => event.rule === 'Crash' && isOfThem(event.job)))
  const surveyOf: NonNullable<ConformOptions['surveyOf']> = () => ({ ...planned, tours })
  return conform({ target, scopes, seed: 1, runs: tours.length, surveyOf, search: 'first' })
}

describe('the stories that are planned of crashes', () => {
  it('have one before and after every step of every job', () => {
    const shown = planned.tours.reduce((all, { shows }) => all.union(shows), new Set<string>())
    for (const { effect, step } of stepFaults)
      for (const moment of ['before', 'after']) {
        expect(shown).toContain(`asks Crash ${effect} ${step} ${moment}`)
        expect(shown).toContain(`recovers a ${effect} that was stopped ${moment} ${step}`)
      }
    expect(stepFaults).toHaveLength(28)
  })
})

describe('an implementation that', () => {
  it.each(stepFaults)('$what is rejected under $clause', async ({ effect, clause, target }) => {
    expect(await put(target, each => each === effect)).toMatchObject({ verdict: 'broken', failure: { clause } })
  })
})
