/** Two runs at length: every pair of states of the small scopes, walks on the implementation, and what is found made short. */
import { describe, expect, it } from 'vitest'
import { SECRET_PARTS, cloudHsm, smoke, type Choices, type Part } from '../../model/index.ts'
import { explorePairs } from '../../properties/index.ts'
import { pairOf, sayEvent, twoRuns } from '../conformance/index.ts'
import { implementationLeaks } from './two-run-implementation.ts'
import { stories } from './two-run-stories.ts'

describe('§leak.only', () => {
  it('takes two runs of every small scope to states that look the same, under each choice', () => {
    const models = new Map<string, ReturnType<typeof cloudHsm>>()
    const modelOf = (choices: Choices) => {
      const name = JSON.stringify(choices)
      const model = models.get(name) ?? cloudHsm({ choices })
      models.set(name, model)
      return model
    }
    const differing = new Set<Part>()
    let [pairs, steps] = [0, 0]
    for (const scope of smoke)
      for (const choices of scope.choices) {
        const paired = explorePairs(modelOf(choices), scope)
        expect(paired.distinction, scope.name).toBeNull()
        for (const part of paired.differing) differing.add(part)
        pairs += paired.pairs
        steps += paired.steps
      }
    expect(differing).toEqual(new Set(SECRET_PARTS))
    expect({ pairs, steps }).toEqual({ pairs: 97_096, steps: 4_450_982 })
  })
  it('takes two runs to such states where one changes what the other leaves', () => {
    const [scope] = smoke.filter(({ name }) => name === 'smoke.newest')
    if (scope === undefined) throw new Error('expected smoke.newest')
    expect(explorePairs(cloudHsm(), scope, { isChanging: true })).toMatchObject({ verdict: 'holds', pairs: 4167 })
  })
  it('holds of walks on the implementation', async () => {
    const report = await twoRuns({ pair: pairOf(), seed: 4, stories, walks: 25, length: 60, isShrunk: true })
    expect(report.found).toBeNull()
    expect(report).toMatchObject({ stories: 29 })
    expect(report.steps).toBeGreaterThan(1300)
  })
  it('is shown to be broken in the shortest story', async () => {
    const [leak] = implementationLeaks
    const found = (await twoRuns({ pair: pairOf(leak?.parts), seed: 1, stories, walks: 0, length: 0, isShrunk: true }))
      .found
    expect(found?.difference).toMatchObject({ kind: 'length', at: 6 })
    expect(found?.story.map(sayEvent)).toEqual([
      'CreateCluster hsm2m.medium FIPS -> cluster-1',
      'ClusterCreated cluster-1',
      'CreateHsm cluster-1 -> hsm-1',
      'HsmProvisioned hsm-1',
      'InitializeCluster cluster-1 with a matching certificate',
      'ClusterInitialized cluster-1',
      'Activate cluster-1',
    ])
  })
})
