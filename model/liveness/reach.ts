/** Which obligations a run can come to have, and a shortest run to each: breadth first, finite inputs counted. */
import type { Things } from '../network/kind.ts'
import type { Assumed } from './fairness.ts'
import type { Graph } from './graph.ts'
import { ints } from './ints.ts'
import type { Monitor } from './monitor.ts'

/** A run up to a node. */
export interface Prefix {
  /** Which of the starts. */
  readonly start: number
  /** The inputs taken, by number. */
  readonly inputs: readonly number[]
  /** How many of them come before the state in which the obligation begins, and the slot of its thing there. */
  readonly from: number
  readonly slot: number
}

export interface Reach {
  /** Nodes at which an obligation is open, nearest first. */
  readonly pending: Int32Array
  /** Pairs of a state and a slot of whose thing the claim's `from` holds. */
  readonly triggers: number
  /** A shortest run to one of the pending nodes. Throws on another node. */
  readonly prefix: (node: number) => Prefix
}

const UNSEEN = 0x7fff_ffff

/**
 * Follows every run within the budget, in the product with the number of finite inputs spent. A node is visited again only
 * with fewer spent than before: whatever can be done from a visit can be done from an earlier one that spent no more.
 * Obligations that begin in a state are followed before the state, so that each is dated from where it began first.
 */
export const reach = <T extends Things, I>(
  graph: Graph<T, I>,
  { width, idle, nodes, triggers, open, after }: Monitor,
  { finite, budget }: Assumed,
): Reach => {
  const { first, by, starts } = graph
  const fewest = new Int32Array(nodes).fill(UNSEEN)
  const [visits, parents, taken, used, queue] = [ints(), ints(), ints(), ints(), ints()]
  const pending = ints()
  let triggered = 0
  const visit = (node: number, parent: number, input: number, spent: number): void => {
    const before = fewest[node] ?? 0
    if (spent >= before || spent > (budget ?? 0)) return
    fewest[node] = spent
    const place = node % width
    if (before === UNSEEN && place !== idle) pending.push(node)
    const number = visits.push(node)
    parents.push(parent)
    taken.push(input)
    used.push(spent)
    for (let thing = node - place; place === idle && thing < node; thing += 1) {
      if (before === UNSEEN) triggered += triggers[thing] ?? 0
      if (triggers[thing] === 1 && open[thing] === 1) visit(thing, number, -1, spent)
    }
    queue.push(number)
  }
  for (const state of starts) visit(state * width + idle, -1, -1, 0)
  for (let next = 0; next < queue.length(); next += 1) {
    const number = queue.at(next) ?? 0
    const node = visits.at(number) ?? 0
    const place = node % width
    const state = (node - place) / width
    for (let step = first[state] ?? 0; step < (first[state + 1] ?? 0); step += 1) {
      const input = by[step] ?? 0
      const reached = after(place, step)
      const cost = budget === null ? 0 : (finite[input] ?? 0)
      if (reached !== -1) visit(reached, number, input, (used.at(number) ?? 0) + cost)
    }
  }
  const runs = { starts, width, visits: visits.flat(), parents: parents.flat(), taken: taken.flat() }
  return { pending: pending.flat(), triggers: triggered, prefix: node => trace(runs, node) }
}

interface Runs {
  readonly starts: readonly number[]
  readonly width: number
  readonly visits: Int32Array
  readonly parents: Int32Array
  readonly taken: Int32Array
}

/** Back from the first visit of a node to its start. */
const trace = ({ starts, width, visits, parents, taken }: Runs, node: number): Prefix => {
  const inputs: number[] = []
  let [since, slot] = [0, -1]
  let number = visits.indexOf(node)
  for (let parent = parents[number] ?? -1; parent !== -1; number = parent, parent = parents[number] ?? -1) {
    const input = taken[number] ?? -1
    if (input !== -1) inputs.push(input)
    else [since, slot] = [inputs.length, (visits[number] ?? 0) % width]
  }
  if (slot === -1) throw new RangeError(`expected a node with an obligation, got ${node}`)
  const start = starts.indexOf(Math.floor((visits[number] ?? 0) / width))
  return { start, inputs: inputs.toReversed(), from: inputs.length - since, slot }
}
