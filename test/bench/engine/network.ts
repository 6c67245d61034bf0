/** A process that explores the benchmark network or a variant of it, with the fast explorer or the plain one. */
import process from 'node:process'
import { search, sweep } from '../../../model/explore/index.ts'
import type { Things } from '../../../model/network/index.ts'
import { benchmark, type Size } from '../network/index.ts'
import { policies, users, type Built, type PoliciesSize, type UsersSize } from '../variants/index.ts'
import { printTimed, type Found } from './timed.ts'

/** What to explore. */
type What =
  | { readonly network: 'benchmark'; readonly size: Size }
  | { readonly network: 'policies'; readonly size: PoliciesSize }
  | { readonly network: 'users'; readonly size: UsersSize }
export type NetworkTask = What & {
  readonly engine: 'fast' | 'symmetric' | 'plain'
  /** It takes long, and is explored once. */
  readonly isOnce?: boolean
}

const SYMMETRY = { kinds: ['hsm', 'backup'] }

const exploreWith = <T extends Things, V, I extends { readonly rule: string }>(
  { engine }: NetworkTask,
  { net, starts, inputs }: Built<T, V, I>,
): Found => {
  const found =
    engine === 'plain'
      ? { ...search(net, { starts, inputs }), store: null }
      : sweep(net, { starts, inputs, ...(engine === 'symmetric' && { symmetry: SYMMETRY }) })
  if (found.verdict !== 'complete') throw new Error(`expected a complete exploration, got one that is ${found.verdict}`)
  return found
}

const explore = (task: NetworkTask): Found => {
  switch (task.network) {
    case 'benchmark':
      return exploreWith(task, benchmark(task.size))
    case 'policies':
      return exploreWith(task, policies.build(task.size))
    case 'users':
      return exploreWith(task, users.build(task.size))
  }
}

const task = JSON.parse(process.argv[2] ?? '') as NetworkTask
printTimed(() => explore(task), task.isOnce)
