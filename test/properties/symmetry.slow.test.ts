/** Whether the order of HSM slots matters to any verdict: it does not, and the check of the symmetry itself passes. */
import { describe, expect, it } from 'vitest'
import { cloudHsm, smoke, sweepScope, type Scope } from '../../model/index.ts'
import { check, properties } from '../../properties/index.ts'

const scopes = smoke.filter(({ slots }) => slots.hsm > 1)

/** Nobody takes the second slot there: it stands for an HSM that is asked for in vain, and nothing can change places. */
const ALONE = ['smoke.limited']

/** States above which the properties are judged with the symmetry alone: `check` judges them without, in every run of the suite. */
const MANY = 3_000

const wholeOf = (scope: Scope): number =>
  scope.choices.reduce((sum, choices) => sum + sweepScope(cloudHsm({ choices }), scope).states, 0)

/** States of all scopes together, without symmetry and with. */
const states = { whole: 0, reduced: 0 }

describe.each(scopes)('$name, with HSM slots that may change places', scope => {
  it('has fewer states where two HSMs can be, and breaks nothing; a small one has the verdicts that it has without', () => {
    const asked = { scopes: [scope], properties, partial: true, maxGraph: 0 }
    const reduced = check({ ...asked, symmetry: true })
    const verdicts = ({ properties: checked }: typeof reduced) =>
      checked.map(({ id, kind, verdict }) => [id, kind, verdict])
    const whole = wholeOf(scope)
    expect(reduced.problems).toEqual([])
    expect(reduced.properties.length).toBeGreaterThan(30)
    if (whole > MANY) expect(reduced.properties.filter(({ verdict }) => verdict === 'broken')).toEqual([])
    else expect(verdicts(reduced)).toEqual(verdicts(check(asked)))
    if (ALONE.includes(scope.name)) expect(reduced.states).toBe(whole)
    else expect(reduced.states).toBeLessThan(whole)
    states.whole += whole
    states.reduced += reduced.states
  })
})

describe('all of them together', () => {
  it('have less than three quarters of the states', () => {
    expect(states.whole).toBeGreaterThan(10_000)
    expect(states.reduced).toBeLessThan(states.whole * 0.75)
  })
})
