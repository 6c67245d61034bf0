/** Mutants are made alike each time, and each comes to what it is: killed, equivalent, without an answer, or a survivor. */
import { describe, expect, it } from 'vitest'
import { cloudHsm, dropEntries, initial, scopes, step } from '../../model/index.ts'
import { properties } from '../../properties/index.ts'
import { OPERATORS, judge, mutantsOf, sample, survey, unanswered, type Mutant } from './index.ts'

const small = scopes.filter(({ name }) => ['smoke.newest', 'smoke.rollback', 'smoke.peer'].includes(name))
const newest = small.filter(({ name }) => name === 'smoke.newest')
const surveyed = survey(small)
const all = mutantsOf(cloudHsm(), surveyed)
const named = (id: string): Mutant => {
  const found = all.find(mutant => mutant.id === id)
  if (found === undefined) throw new Error(`expected a mutant, got ${id}`)
  return found
}
const ids = (mutants: readonly Mutant[]) => mutants.map(({ id }) => id)

describe('the mutants of the model', () => {
  it('are a thousand and more, of every operator, each with a name of its own, and the same each time', () => {
    expect(all.length).toBeGreaterThan(1000)
    expect(new Set(ids(all)).size).toBe(all.length)
    expect(new Set(all.map(({ operator }) => operator))).toEqual(new Set(OPERATORS))
    expect(ids(mutantsOf(cloudHsm(), surveyed))).toEqual(ids(all))
  })
  it('each change the model, so that it can still be built', () => {
    for (const { edit } of sample(all, 3, 60)) expect(cloudHsm({ edits: [edit] }).rules.length).toBeGreaterThan(0)
  })
})

describe('a sample', () => {
  it('is a function of its seed', () => {
    expect(ids(sample(all, 7, 50))).toEqual(ids(sample(all, 7, 50)))
    expect(ids(sample(all, 8, 50))).not.toEqual(ids(sample(all, 7, 50)))
  })
  it('has as many of each operator, as long as there are', () => {
    const counts = OPERATORS.map(name => sample(all, 1, 90).filter(({ operator }) => operator === name).length)
    expect(counts).toEqual(OPERATORS.map(() => 10))
    expect(sample(all, 1, 1_000_000).length).toBe(all.length)
  })
})

describe('a request without an answer', () => {
  const edits = [unanswered, dropEntries('cluster', '§cluster.unknown', 'DeleteCluster')]
  const model = cloudHsm({ edits })
  const state = initial(model, { cluster: 1, hsm: 0, backup: 0, hardware: 0 })

  it('is shown as one that is not taken', () => {
    expect(step(model, state, { rule: 'DeleteCluster', cluster: 0 })).toEqual({ kind: 'blocked', by: 'disabled' })
  })
  it('is not one that nobody has to answer', () => {
    expect(step(model, state, { rule: 'DescribeClusters', cluster: null })).toMatchObject({ kind: 'taken' })
  })
})

describe('a mutant', () => {
  it('is killed by the property whose clause it breaks, by a shortest run in the smallest scope, §hsm.fail', () => {
    const judged = judge(named('target changed: hsm/ACTIVE/FailHsm/0, to ACTIVE'), surveyed)
    expect(judged.fate).toBe('killed')
    expect(judged.by).toEqual({ property: 'step §hsm.fail', scope: 'smoke.newest', steps: 9 })
  })
  it('is equivalent where every step goes as in the model', () => {
    const judged = judge(named('participants swapped: PeerBackedUp, number 3 before number 2'), surveyed)
    expect([judged.fate, judged.scope]).toEqual(['equivalent', null])
  })
  it('has no answer where a guard of it throws before a property is broken', () => {
    const judged = judge(
      named('participants swapped: RestoreOnto, number 2 before number 1'),
      survey(scopes.filter(({ name }) => name === 'smoke.hardware')),
    )
    expect([judged.fate, judged.thrown]).toEqual([
      'no answer',
      expect.stringContaining('the guard isWellFormed throws'),
    ])
  })
  it('survives where no property states the clause that it breaks', () => {
    const planted = named('target changed: hsm/ACTIVE/FailHsm/0, to ACTIVE')
    const others = properties.filter(({ id }) => ['§backup.sealed', '§cluster.mode.hsm1'].includes(id))
    expect(judge(planted, surveyed, others)).toMatchObject({ fate: 'survived', by: null, scope: 'smoke.newest' })
  })
  it('is killed by what is said to be reached, when it no longer is', () => {
    const pairs = properties.filter(({ id, kind }) => id === '§cluster.write' && kind === 'sometimes')
    const judged = judge(named('recovery dropped: backup/CREATE_IN_PROGRESS/BackupSealed/0'), survey(newest), pairs)
    expect(judged).toMatchObject({ fate: 'killed', by: { property: 'sometimes §cluster.write', steps: 0 } })
  })
  it('is not killed by what these scopes never reached', () => {
    const never = properties.filter(({ id, kind }) => id === '§cluster.mode.hsm1' && kind === 'sometimes')
    expect(judge(named('recovery dropped: hsm/ACTIVE/FailHsm/0'), surveyed, never).fate).toBe('survived')
  })
  it('is not killed by a property that only counts how often it was asked', () => {
    const judged = judge(
      named('recovery dropped: hsm/ACTIVE/FailHsm/0'),
      surveyed,
      properties.filter(({ id }) => id === '§backup.sealed'),
    )
    expect(judged.fate).toBe('survived')
  })
})
