/** The way round: a short cycle within a fair component that owes no input anything. */
import type { Things } from '../network/kind.ts'
import type { Arcs } from './components.ts'
import { eachEnabled, type Watched } from './watched.ts'

/** A step of the way: the node that it is taken in, its number, and the node that it leads to. */
interface Leg {
  readonly node: number
  readonly step: number
  readonly next: number
}

/** The shortest way within a component from a node to a leg that will do, breadth first. Throws where there is none. */
const wayTo = (arcs: Arcs, of: Int32Array, from: number, isGoal: (leg: Leg) => boolean): readonly Leg[] => {
  const legs = new Map<number, Leg>()
  const queue = [from]
  for (const node of queue)
    for (let step = arcs.first(node); step < arcs.last(node); step += 1) {
      const next = arcs.target(node, step)
      if (next === -1 || of[next] !== of[node]) continue
      const leg = { node, step, next }
      if (isGoal(leg)) return [...back(legs, from, node), leg]
      if (next === from || legs.has(next)) continue
      legs.set(next, leg)
      queue.push(next)
    }
  throw new Error(`expected a way round through node ${from}`)
}

const back = (legs: ReadonlyMap<number, Leg>, from: number, to: number): readonly Leg[] => {
  const way: Leg[] = []
  for (let at = to; at !== from;) {
    const leg = legs.get(at)
    if (leg === undefined) throw new Error(`expected a way to node ${at}`)
    way.push(leg)
    at = leg.node
  }
  return way.toReversed()
}

const inputsAt = <T extends Things, I>(watched: Watched<T, I>, node: number): ReadonlySet<number> => {
  const enabled = new Set<number>()
  eachEnabled(watched, node, input => enabled.add(input))
  return enabled
}

/** The fair inputs that are put off for ever on a cycle, by number. */
const owedOn = <T extends Things, I>(watched: Watched<T, I>, cycle: readonly Leg[]) => {
  const { graph, assumed } = watched
  const taken = new Set(cycle.map(({ step }) => graph.by[step]))
  const enabled = cycle.map(({ node }) => inputsAt(watched, node))
  return {
    weak: assumed.weak.filter(input => !taken.has(input) && enabled.every(inputs => inputs.has(input))),
    strong: assumed.strong.filter(input => !taken.has(input) && enabled.some(inputs => inputs.has(input))),
  }
}

/**
 * The inputs, by number, of a cycle through a node of a fair component. It grows by shortest ways to whatever the cycle
 * so far, closed by a shortest way, still owes: a step of a fair input, or for a weakly fair one a state in which it is
 * not enabled. Each way settles at least one debt for good, so that there are no more of them than fair inputs.
 */
export const cycleThrough = <T extends Things, I>(
  watched: Watched<T, I>,
  arcs: Arcs,
  of: Int32Array,
  node: number,
): readonly number[] => {
  const inputOf = ({ step }: Leg): number => watched.graph.by[step] ?? 0
  const close = (way: readonly Leg[]): readonly Leg[] => {
    const at = way.at(-1)?.next ?? node
    return way.length > 0 && at === node ? way : [...way, ...wayTo(arcs, of, at, ({ next }) => next === node)]
  }
  let way: readonly Leg[] = []
  for (;;) {
    const cycle = close(way)
    const { weak, strong } = owedOn(watched, cycle)
    if (weak.length + strong.length === 0) return cycle.map(inputOf)
    const settles = (leg: Leg): boolean => {
      if (weak.includes(inputOf(leg)) || strong.includes(inputOf(leg))) return true
      const enabled = weak.length === 0 ? null : inputsAt(watched, leg.next)
      return weak.some(input => enabled?.has(input) === false)
    }
    way = [...way, ...wayTo(arcs, of, way.at(-1)?.next ?? node, settles)]
  }
}
