/** Steps of the model: as the explorer takes them, and as XState takes those of one machine when nothing is remembered. */
import { initialTransition, transition } from 'xstate'
import { cloudHsm, explore, scopeNamed } from '../../model/index.ts'
import { measure, type Measure } from './measure.ts'

const TIMES = 20_000

export const exploration = async (): Promise<readonly Measure[]> => {
  const scope = scopeNamed('smoke.newest')
  if (scope === undefined) throw new Error('expected smoke.newest')
  const model = cloudHsm()
  const { cluster } = model.machines
  const created = { type: 'CreateCluster', hsmType: 'hsm2m.medium', mode: 'FIPS', restored: false, certificate: 0 }
  const plain = await measure('XState transition, one machine', 'steps/s', () => {
    const [before] = initialTransition(cluster)
    for (let at = 0; at < TIMES; at += 1) transition(cluster, before, created)
    return TIMES
  })
  const steps = await measure(
    'model steps, plain explorer, smoke.newest',
    'steps/s',
    () => {
      let taken = 0
      explore(model, scope, {
        onStep: () => {
          taken += 1
        },
      })
      return taken
    },
    plain,
  )
  const states = await measure(
    'model states, plain explorer, smoke.newest',
    'states/s',
    () => explore(model, scope).states,
  )
  return [plain, steps, states]
}
