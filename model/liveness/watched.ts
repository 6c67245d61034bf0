/** A graph watched for one claim under assumptions: what is enabled at a node, and which steps can recur there. */
import type { Things } from '../network/kind.ts'
import type { Arcs } from './components.ts'
import type { Assumed } from './fairness.ts'
import type { Graph } from './graph.ts'
import type { Monitor } from './monitor.ts'

export interface Watched<T extends Things, I> {
  readonly graph: Graph<T, I>
  readonly watch: Monitor
  readonly assumed: Assumed
}

/** The steps that can occur infinitely often while an obligation is open: all but those of finite inputs. */
export const recurring = <T extends Things, I>({ graph, watch, assumed }: Watched<T, I>): Arcs => {
  const { first, by } = graph
  const { width, nodes, after } = watch
  return {
    nodes,
    first: node => first[Math.floor(node / width)] ?? 0,
    last: node => first[Math.floor(node / width) + 1] ?? 0,
    target: (node, step) => (assumed.finite[by[step] ?? 0] === 1 ? -1 : after(node % width, step)),
  }
}

/** Calls back with each input that is enabled at a node; `isCut`: only the bounds of the scope block it. */
export const eachEnabled = <T extends Things, I>(
  { graph, watch }: Watched<T, I>,
  node: number,
  use: (input: number, isCut: boolean) => void,
): void => {
  const { first, by, firstCut, cut } = graph
  const state = Math.floor(node / watch.width)
  for (let step = first[state] ?? 0; step < (first[state + 1] ?? 0); step += 1) use(by[step] ?? 0, false)
  for (let place = firstCut[state] ?? 0; place < (firstCut[state + 1] ?? 0); place += 1) use(cut[place] ?? 0, true)
}

/** The nodes among these in which only the bounds of the scope block a fair input. */
export const cutAmong = <T extends Things, I>(watched: Watched<T, I>, nodes: Int32Array): ReadonlySet<number> => {
  const { weak, strong } = watched.assumed
  const fair = new Set([...weak, ...strong])
  const found = new Set<number>()
  for (const node of nodes) eachEnabled(watched, node, (input, isCut) => isCut && fair.has(input) && found.add(node))
  return found
}

/** Nothing that can be taken at the node compels a step. False in a state that was not expanded: something may. */
export const isStill = <T extends Things, I>(watched: Watched<T, I>, node: number): boolean => {
  const { graph, watch, assumed } = watched
  let isFree = Math.floor(node / watch.width) < graph.expanded
  eachEnabled(watched, node, (input, isCut) => (isFree &&= isCut || assumed.compels[input] === 0))
  return isFree
}
