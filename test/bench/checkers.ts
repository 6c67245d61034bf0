/** The benchmark network explored by the plain explorer and by Spin, which have to count the same. */
import process from 'node:process'
import { search } from '../../model/explore/index.ts'
import { measure, type Measure } from './measure.ts'
import { benchmark, type Size } from './network/index.ts'
import { promelaOf } from './spin/promela.ts'
import { hasSpin, runSpin } from './spin/run.ts'

const SMALL: Size = { hsms: 3, backups: 2, versions: 2 }

const nameOf = ({ hsms, backups, versions }: Size): string => `N=${hsms} K=${backups} V=${versions}`

export const checkers = async (): Promise<readonly Measure[]> => {
  const { net, inputs, starts } = benchmark(SMALL)
  let states = 0
  const plain = await measure(`benchmark network, explorer, ${nameOf(SMALL)}`, 'states/s', () => {
    states = search(net, { starts, inputs }).states
    return states
  })
  if (!hasSpin()) {
    process.stdout.write("Spin is not installed, and left out: it is Debian's package spin\n")
    return [plain]
  }
  const run = runSpin(promelaOf(SMALL))
  // Spin has one state more: that in which it chooses the mode.
  if (run.states !== states + 1) throw new Error(`expected ${states + 1} states of Spin, got ${run.states}`)
  const spin = { name: `benchmark network, Spin ${run.flags}`, rate: run.states / run.seconds, unit: 'states/s' }
  return [spin, { ...plain, than: spin }]
}
