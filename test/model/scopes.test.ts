/** The sizes of the scopes, pinned, and what they contain at once. */
import { describe, expect, it } from 'vitest'
import { cloudHsm, deep, explore, smoke, sweepScope, view, type Scope, type State } from '../../model/index.ts'

/** States, transitions and depth for each combination of choices. */
const PINNED: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  'smoke.lifecycle': [
    [4_200, 43_103, 42],
    [4_200, 48_929, 41],
  ],
  'smoke.pair': [[27_727, 99_729, 27]],
  'smoke.contents': [[4_486, 18_309, 31]],
  'smoke.users': [[4_775, 44_044, 20]],
  'smoke.leaving': [[154, 825, 8]],
  'smoke.newest': [[1_518, 8_415, 15]],
  'smoke.tamper': [[26_647, 79_755, 17]],
  'smoke.hardware': [[1_982, 15_758, 8]],
  'smoke.peer': [[203, 315, 10]],
  'smoke.rollback': [[93, 674, 7]],
  'smoke.tenants': [[384, 1_381, 14]],
  'smoke.copies': [[546, 8_335, 16]],
  'smoke.arrival': [[89, 207, 6]],
  'smoke.sharing': [[445, 10_559, 11]],
  'smoke.policy': [[53, 138, 9]],
  'smoke.retention': [[1_155, 6_452, 11]],
  'smoke.plan': [[142, 362, 9]],
  'smoke.zones': [[1_483, 8_178, 32]],
  'smoke.limit': [[79, 255, 8]],
  'smoke.splice': [[220, 920, 4]],
  'smoke.replay': [[45, 70, 8]],
  'smoke.graft': [[41, 58, 3]],
  'smoke.firmware': [[75, 732, 5]],
  'smoke.scrap': [[203, 2_132, 6]],
  'smoke.quorum': [[59, 536, 10]],
  'smoke.tokens': [[99, 537, 9]],
  'smoke.outsider': [[9, 15, 5]],
  'smoke.modify': [[191, 401, 30]],
  'smoke.migration': [[1_864, 7_090, 23]],
  'smoke.limited': [[72, 552, 11]],
  'smoke.validation': [[980, 2_494, 17]],
  'smoke.synchronisation': [[433, 3_356, 10]],
  'smoke.divergence': [[283, 1_904, 10]],
  'smoke.crash': [[743, 3_406, 9]],
  'smoke.crashes': [[2_061, 9_944, 15]],
  'smoke.outage': [[5, 5, 1]],
}

describe.each(smoke)('$name', scope => {
  it('has the states, transitions and depth that are pinned', () => {
    const sizes = scope.choices.map(choices => {
      const { verdict, states, transitions, depth } = explore(cloudHsm({ choices }), scope)
      expect(verdict).toBe('complete')
      return [states, transitions, depth]
    })
    expect(sizes).toEqual(PINNED[scope.name])
  })
})

describe.each(deep)('$name', scope => {
  it('begins, and has more states than are explored here', () => {
    const { verdict, problem, states } = sweepScope(cloudHsm(), scope, { maxStates: 3000 })
    expect([verdict, problem]).toEqual(['undecided', null])
    expect(states).toBeGreaterThanOrEqual(3000)
  })
})

describe('smoke', () => {
  const model = cloudHsm()
  const sizeOf = ({ name }: Scope): number => PINNED[name]?.[0]?.[0] ?? 0
  const smallestFirst = smoke.toSorted((a, b) => sizeOf(a) - sizeOf(b))

  it('has between 20,000 and 100,000 states', () => {
    const states = Object.values(PINNED).flatMap(sizes => sizes.map(([count]) => count))
    const total = states.reduce((sum, count) => sum + count, 0)
    expect(total).toBeGreaterThan(20_000)
    expect(total).toBeLessThan(100_000)
  })
  it.each<[string, (state: State) => boolean]>([
    ['two clusters of different mode', state => new Set(live(state).map(({ mode }) => mode)).size === 2],
    ['two clusters of different type', state => new Set(live(state).map(({ hsmType }) => hsmType)).size === 2],
    ['two ACTIVE HSMs in one cluster', state => state.hsm.filter(({ value }) => value === 'ACTIVE').length === 2],
    ['two READY backups', state => state.backup.filter(({ value }) => value === 'READY').length === 2],
    ['HSMs in two zones', state => view(state).some(({ zones }) => zones.length === 2)],
    ['two versions of contents', state => new Set(policies(state)).size === 2],
  ])('contains %s at once', (_, holds) => {
    const found = smallestFirst.some(scope => {
      let isFound = false
      const onState = (state: State) => {
        isFound ||= holds(state)
      }
      explore(model, scope, { onState, stop: () => isFound })
      return isFound
    })
    expect(found).toBe(true)
  })
})

const live = (state: State) => view(state).filter(({ mode }) => mode !== null)
const policies = (state: State) =>
  state.backup.filter(({ value }) => value === 'READY').map(({ context }) => context.contents.policies)
