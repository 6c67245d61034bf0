/** The model and Promela written from SPEC.md alone agree on smoke.lifecycle: on every line and on every step. */
import { describe, expect, it } from 'vitest'
import { modelsOf, scopeNamed } from '../../model/index.ts'
import { hasSpin, lifecyclePromela, modelled, shortestRun, spun } from '../bench/lifecycle/index.ts'

const scope = scopeNamed('smoke.lifecycle')
if (scope === undefined) throw new Error('expected the scope smoke.lifecycle')
const [refused, accepted] = modelsOf(scope).map(model => ({
  choice: model.choices['choice.hsm.delete.creating'],
  promela: lifecyclePromela(model.choices),
  ...modelled(model),
}))
if (refused === undefined || accepted === undefined) throw new Error('expected both combinations of choices')

/** What only one of two lists has. */
const between = (mine: readonly string[], theirs: readonly string[]) => {
  const onlyIn = (some: readonly string[], others: ReadonlySet<string>) => some.filter(each => !others.has(each))
  return { model: onlyIn(mine, new Set(theirs)), spin: onlyIn(theirs, new Set(mine)) }
}
const NOTHING = { model: [], spin: [] }

/** The text with one part replaced. Throws unless it stands in it once. */
const edited = (promela: string, part: string, instead: string): string => {
  if (promela.split(part).length !== 2) throw new Error(`expected ${part} once in the text`)
  return promela.replace(part, instead)
}

describe('the vocabulary', () => {
  it('tells apart all states but vacant and DELETED clusters', () => {
    expect([refused, accepted].map(({ choice, lines }) => [choice, lines.length])).toEqual([
      ['refused', 4_200 - 1],
      ['accepted', 4_200 - 1],
    ])
  })
})

describe('smoke.lifecycle in Promela', () => {
  if (!hasSpin()) {
    it.skip('skipped: Spin is not installed (Debian package spin)', () => {})
    return
  }
  const [spunRefused, spunAccepted] = [spun(refused.promela), spun(accepted.promela)]

  it('reaches the same lines under both choices', () => {
    expect(between(refused.lines, spunRefused.lines)).toEqual(NOTHING)
    expect(between(accepted.lines, spunAccepted.lines)).toEqual(NOTHING)
  })
  it('takes the same steps under both choices', () => {
    expect(between(refused.steps, spunRefused.steps)).toEqual(NOTHING)
    expect(between(accepted.steps, spunAccepted.steps)).toEqual(NOTHING)
    expect([refused, accepted].map(({ steps }) => steps.length)).toEqual([1 + 20_690, 1 + 22_502])
  })
  it('comes to the planted violation on a run of the same length', () => {
    expect([refused, accepted].map(({ promela }) => shortestRun(promela))).toEqual([23, 23])
    expect([refused.shortest, accepted.shortest]).toEqual([23, 23])
  })
  it('reaches other lines with one guard dropped: an HSM joins before a peer was copied for it', () => {
    const { lines } = spun(edited(refused.promela, ' && hsm1_copied == copied', ''))
    expect(between(refused.lines, lines)).not.toEqual(NOTHING)
  })
  it('takes other steps between the same lines with another dropped: a backup goes before its time', () => {
    const { lines, steps } = spun(
      edited(
        refused.promela,
        'backup1_state == PENDING_DELETION && backup1_grace == over',
        'backup1_state == PENDING_DELETION',
      ),
    )
    expect(between(refused.lines, lines)).toEqual(NOTHING)
    expect(between(refused.steps, steps)).not.toEqual(NOTHING)
  })
})
