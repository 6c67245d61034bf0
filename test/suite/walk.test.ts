/** Stories: tours reach all there is, walks are a function of the seed, and both say the same wherever they are told. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RULES, cloudHsm, scopeNamed, type RuleName } from '../../model/index.ts'
import { allModels, referenceTarget, run, storyOf, survey, type Story } from '../conformance/index.ts'
import { Walks } from '../conformance/walk.ts'

const scope = scopeNamed('smoke.newest')
if (scope === undefined) throw new Error('expected smoke.newest')
const model = cloudHsm()
const { tours, reachable } = survey(model, [scope])
const rules = new Set<RuleName>(Object.values(RULES).flat())
const walks = (length: number) => new Walks({ model, length, beginnings: tours.map(({ story }) => story), rules })
const sample = (length: number, seed: number): readonly Story[] => fc.sample(walks(length), { seed, numRuns: 20 })

describe('tours', () => {
  it('together cover all that the survey says is reachable', async () => {
    const covered = new Set<string>()
    for (const { story } of tours) {
      const { taken, events, divergence } = await run(referenceTarget(), story, { seed: 1, models: allModels() })
      expect(divergence).toBeNull()
      taken.forEach(({ outcome, fired }, at) => {
        fired.forEach(({ id }) => covered.add(id))
        const rule = events[at]?.rule ?? ''
        covered.add(outcome.kind === 'refused' ? `${rule}/${outcome.code}/${outcome.clause}` : rule)
      })
    }
    const all = [...reachable.transitions, ...reachable.rules, ...reachable.refusals]
    expect(all.filter(item => !covered.has(item))).toEqual([])
    expect(all.length).toBeGreaterThan(60)
  })
  it('are fewer than what they cover, the shortest first', () => {
    const lengths = tours.map(({ story }) => story.length)
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b))
    expect(tours.length).toBeLessThan(reachable.transitions.size)
  })
})

describe('walks', () => {
  it('are a function of the seed', () => {
    expect(sample(40, 7)).toEqual(sample(40, 7))
    expect(sample(40, 7)).not.toEqual(sample(40, 8))
  })
  it('are as long as asked, and both go on and are refused', async () => {
    const [story] = sample(80, 3)
    const { taken, events } = await run(referenceTarget(), story ?? [], { seed: 3, models: allModels() })
    expect(events).toHaveLength(80)
    const refused = taken.filter(({ outcome }) => outcome.kind === 'refused').length
    expect(refused).toBeGreaterThan(10)
    expect(refused).toBeLessThan(70)
  })
  it('let less than ninety days pass, so that no policy ends that the model keeps for ever', () => {
    const elapsed = (story: Story) => story.filter(({ rule }) => rule === 'Elapse').length
    const onlyTime = new Set<RuleName>(['Elapse', 'DeleteBackup', 'ModifyCluster', ...RULES.settle])
    const short = scopeNamed('smoke.retention')?.starts[0] ?? []
    const beginnings = [storyOf(model, { slots: { cluster: 1, hsm: 1, backup: 2, hardware: 0 } }, short)]
    const stories = fc.sample(new Walks({ model, length: 300, beginnings, rules: onlyTime }), { seed: 1, numRuns: 10 })
    expect(Math.max(...stories.map(elapsed))).toBeGreaterThan(0)
    expect(Math.max(...[...stories, ...tours.map(({ story }) => story)].map(elapsed)) * 7).toBeLessThan(90)
  })
  it('ask only what the target offers', () => {
    const control = new Set<RuleName>([...RULES.control, ...RULES.settle])
    const stories = fc.sample(new Walks({ model, length: 30, beginnings: [], rules: control }), {
      seed: 1,
      numRuns: 20,
    })
    expect(stories.flat().filter(({ rule }) => !control.has(rule))).toEqual([])
  })
})

describe('a story with names', () => {
  it('gives every write a token of its own, and what is gone its old name', () => {
    const story = storyOf(model, { slots: { cluster: 1, hsm: 1, backup: 1, hardware: 0 } }, [
      { rule: 'CreateCluster', hsmType: 'hsm2m.medium', mode: 'FIPS', source: null },
      { rule: 'ClusterCreated', cluster: 0 },
      { rule: 'DeleteCluster', cluster: 0 },
      { rule: 'ClusterDeleted', cluster: 0 },
      { rule: 'DeleteCluster', cluster: 0 },
      { rule: 'SetPolicy', cluster: 0, as: 'CO', value: 1 },
      { rule: 'CreateCluster', hsmType: 'hsm2m.medium', mode: 'FIPS', source: null },
    ])
    expect(story.slice(4)).toEqual([
      { rule: 'DeleteCluster', cluster: 'cluster-1' },
      { rule: 'SetPolicy', cluster: 'cluster-1', as: 'CO', value: 6 },
      { rule: 'CreateCluster', hsmType: 'hsm2m.medium', mode: 'FIPS', source: null, makes: 'cluster-2' },
    ])
  })
})
