/** Under every value of every choice the scopes of every test run reach all there is, but for what the choice itself decides. */
import { describe, expect, it } from 'vitest'
import { readSpec, unreachedIn } from '../../cli/spec/index.ts'
import { cloudHsm, decidedByChoice, eachValue, reachedUnder, smoke, unreached } from '../../model/index.ts'

/** What cannot be under these choices. */
const listedUnder = (choices: Readonly<Record<string, string>>): readonly string[] =>
  unreachedIn(readSpec()).flatMap(({ item, but }) =>
    but === undefined || choices[but.choice] !== but.value ? [item] : [],
  )

describe('the values of the choices', () => {
  it('are each tried, and each has entries that it decides', () => {
    const values = eachValue().flatMap(choices => Object.entries(choices).map(pair => pair.join(' ')))
    expect(new Set(values).size).toBe(2 * Object.keys(eachValue()[0] ?? {}).length)
    expect(decidedByChoice(cloudHsm()).size).toBeGreaterThan(eachValue().length)
  })
  it.each(eachValue().map(choices => [JSON.stringify(choices), choices] as const))(
    '%s: all is reached',
    (_, choices) => {
      const decided = decidedByChoice(cloudHsm())
      const missed = unreached(reachedUnder(smoke, choices)).filter(item => !decided.has(item))
      expect(missed.toSorted()).toEqual(listedUnder(choices).toSorted())
    },
  )
})
