/** Shrinking ends at a story from which nothing can be left out, and changes nothing about what its events say. */
import { describe, expect, it } from 'vitest'
import { cloudHsm } from '../../model/index.ts'
import type { Event, Story } from '../conformance/index.ts'
import { possible, shrink } from '../conformance/shrink.ts'

const model = cloudHsm()
const create = (name: string): Event => ({
  rule: 'CreateCluster',
  hsmType: 'hsm2m.medium',
  mode: 'FIPS',
  source: null,
  makes: name,
})
const settled = (cluster: string): Event => ({ rule: 'ClusterCreated', cluster })
const added = (cluster: string, name: string): Event => ({ rule: 'CreateHsm', cluster, makes: name })
const looked: Event = { rule: 'DescribeClusters', cluster: null }

const STORY: Story = [
  create('cluster-1'),
  looked,
  create('cluster-2'),
  settled('cluster-2'),
  looked,
  settled('cluster-1'),
  added('cluster-2', 'hsm-1'),
  looked,
]
const has = (story: Story, event: Event): boolean => story.some(each => JSON.stringify(each) === JSON.stringify(event))

describe('a story', () => {
  it('is shortened to what it takes to fail, names kept', async () => {
    const wanted = added('cluster-2', 'hsm-1')
    const fails = (story: Story) => Promise.resolve(has(story, wanted) ? story : null)
    const { story, minimality } = await shrink(STORY, { model, fails })
    expect(minimality).toBe('1-minimal')
    expect(story).toEqual([create('cluster-2'), settled('cluster-2'), wanted])
  })
  it('is 1-minimal afterwards: no single event can be left out', async () => {
    const fails = (story: Story) =>
      Promise.resolve(story.filter(({ rule }) => rule === 'CreateCluster').length > 1 ? story : null)
    const { story } = await shrink(STORY, { model, fails })
    expect(story).toHaveLength(2)
    for (const at of story.keys()) expect(await fails(possible(model, story.toSpliced(at, 1)))).toBeNull()
  })
  it('that does not fail when told again is left as it is', async () => {
    const { story } = await shrink(STORY, { model, fails: () => Promise.resolve(null) })
    expect(story).toEqual(STORY)
  })
  it('is tried once only', async () => {
    const told = new Set<string>()
    const fails = (story: Story) => {
      expect(told.has(JSON.stringify(story))).toBe(false)
      told.add(JSON.stringify(story))
      return Promise.resolve(has(story, settled('cluster-1')) ? story : null)
    }
    expect((await shrink(STORY, { model, fails })).tried).toBe(told.size)
  })
  it('is not called minimal when no more may be tried', async () => {
    const { minimality, tried } = await shrink(STORY, { model, fails: () => Promise.resolve(null), most: 2 })
    expect([minimality, tried]).toEqual(['not minimised', 2])
  })
  it('is not called minimal when the search was interrupted', async () => {
    const { minimality } = await shrink(STORY, {
      model,
      fails: () => Promise.resolve(null),
      signal: AbortSignal.abort(),
    })
    expect(minimality).toBe('not minimised')
  })
})

describe('what is left out', () => {
  it('takes with it what can no longer happen, and leaves requests about what is unknown', () => {
    expect(possible(model, STORY.slice(3))).toEqual([looked, { rule: 'CreateHsm', cluster: 'cluster-2' }, looked])
  })
})
