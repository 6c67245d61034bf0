/** Two runs that differ in secrets alone: the service cannot tell them apart, and it can wherever a leak is planted. */
import { describe, expect, it } from 'vitest'
import {
  DEFAULT_CHOICES,
  RELEASED,
  SECRET_PARTS,
  SIGHTS,
  cloudHsm,
  observe,
  overrideGuard,
  pending,
  scopeNamed,
  type Scope,
  type State,
} from '../../model/index.ts'
import { explorePairs } from '../../properties/index.ts'
import { pairOf, twoRuns } from '../conformance/index.ts'
import { twoRunFaults } from './two-run.ts'
import { implementationLeaks } from './two-run-implementation.ts'
import { modelLeaks } from './two-run-model.ts'
import { stories } from './two-run-stories.ts'

const scopeOf = (name: string): Scope => {
  const scope = scopeNamed(name)
  if (scope === undefined) throw new Error(`expected a scope, got ${name}`)
  return scope
}

const model = cloudHsm({ choices: DEFAULT_CHOICES })

describe('§leak.only the implementation', () => {
  it('gives the service one view of two runs, in records, backups, digests, certificates and answers', async () => {
    const report = await twoRuns({ pair: pairOf(), seed: 1, stories, walks: 0, length: 0, isShrunk: false })
    expect(report.found).toBeNull()
    expect(report).toMatchObject({ stories: 4, steps: 128 })
    expect(report.messages).toBeGreaterThan(600)
  })
  it.each(implementationLeaks)('is told apart when it $what', async ({ found, kind }) => {
    expect(await found()).toMatch(new RegExp(`^${kind}: `))
  })
})

describe('§leak.only the model', () => {
  // Pairs are pinned: were a scope to lose its secrets, they would be fewer.
  it.each([
    ['smoke.limited', 72],
    ['smoke.tokens', 239],
    ['smoke.synchronisation', 433],
    ['smoke.divergence', 283],
  ])('takes two runs of %s to states that look the same, in %i pairs', (name, pairs) => {
    const paired = explorePairs(model, scopeOf(name))
    expect(paired.distinction).toBeNull()
    expect(paired).toMatchObject({ verdict: 'holds', pairs })
  })
  it('shows the same lists, and has the same due, in both states of a pair, §leak.api §leak.time', () => {
    const view = (state: State) => {
      const { clusters, backups, bench } = observe(state)
      return JSON.stringify([clusters, backups, bench.state, bench.mode, pending(model, state)])
    }
    let compared = 0
    const onPair = (one: State, other: State) => {
      compared += one === other ? 0 : 1
      expect(view(one)).toBe(view(other))
    }
    explorePairs(model, scopeOf('smoke.leaving'), { onPair, maxPairs: 100 })
    expect(compared).toBeGreaterThan(100)
  })
  it.each(modelLeaks)('is told apart when $what', async ({ found, kind }) => {
    expect(await found()).toMatch(new RegExp(`^${kind}: `))
  })
  it.each(SECRET_PARTS)('is told apart by a guard that looks into %s', part => {
    const edits = [overrideGuard('hsm', 'isLocked', ({ context }) => context.contents[part] > 1)]
    const name = part === 'second' ? 'smoke.divergence' : part === 'third' ? 'smoke.tokens' : 'smoke.limited'
    expect(explorePairs(model, scopeOf(name)).differing).toContain(part)
    expect(explorePairs(cloudHsm({ edits }), scopeOf(name)).verdict).toBe('broken')
  })
  it.each(RELEASED)('is told apart by $field of $rule, but for $clause', ({ rule, field, clause }) => {
    const scope = scopeOf(rule === 'LogIn' ? 'smoke.limited' : 'smoke.quorum')
    const released = RELEASED.filter(release => release.field !== field)
    const { distinction } = explorePairs(model, scope, { released })
    expect(distinction?.runs[0].at(-1)?.rule).toBe(rule)
    expect(Object.values(SIGHTS)).toContain(clause)
  })
  it('is undecided where there are more pairs than may be', () => {
    expect(explorePairs(model, scopeOf('smoke.leaving'), { maxPairs: 100 }).verdict).toBe('undecided')
  })
})

describe('the leaks that are planted', () => {
  it('are in length, order, count, code and time, five and more in each', () => {
    expect(implementationLeaks.length).toBeGreaterThanOrEqual(5)
    expect(modelLeaks.length).toBeGreaterThanOrEqual(5)
    const kinds = new Set(implementationLeaks.map(({ kind }) => kind))
    expect([...kinds].toSorted()).toEqual(['code', 'content', 'count', 'length', 'order', 'timing'])
  })
  it('are named one by one', () => {
    expect(twoRunFaults).toHaveLength(implementationLeaks.length + modelLeaks.length)
    expect(new Set(twoRunFaults.map(({ what }) => what)).size).toBe(twoRunFaults.length)
    expect(new Set(twoRunFaults.map(({ check }) => check))).toEqual(new Set(['two-run']))
  })
})
