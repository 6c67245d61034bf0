/** Whether the order of HSM slots matters to any verdict: it does not, and the check of the symmetry itself passes. */
import { describe, expect, it } from 'vitest'
import { smoke } from '../../model/index.ts'
import { check, properties } from '../../properties/index.ts'

const scopes = smoke.filter(({ slots }) => slots.hsm > 1)

/** Nobody takes the second slot there: it stands for an HSM that is asked for in vain, and nothing can change places. */
const ALONE = ['smoke.limited']

/** States of all scopes together, without symmetry and with. */
const states = { whole: 0, reduced: 0 }

describe.each(scopes)('$name, with HSM slots that may change places', scope => {
  it('has fewer states where two HSMs can be, and the verdicts that it has without', () => {
    const asked = { scopes: [scope], properties, partial: true, maxGraph: 0 }
    const [whole, reduced] = [check(asked), check({ ...asked, symmetry: true })]
    const verdicts = ({ properties: checked }: typeof whole) =>
      checked.map(({ id, kind, verdict }) => [id, kind, verdict])
    expect(reduced.problems).toEqual([])
    expect(verdicts(reduced)).toEqual(verdicts(whole))
    expect(whole.properties.length).toBeGreaterThan(30)
    if (ALONE.includes(scope.name)) expect(reduced.states).toBe(whole.states)
    else expect(reduced.states).toBeLessThan(whole.states)
    states.whole += whole.states
    states.reduced += reduced.states
  })
})

describe('all of them together', () => {
  it('have less than three quarters of the states', () => {
    expect(states.whole).toBeGreaterThan(10_000)
    expect(states.reduced).toBeLessThan(states.whole * 0.75)
  })
})
