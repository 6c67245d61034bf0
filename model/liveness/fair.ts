/** Fair components: where a run can go round for ever with its obligation open, and owe no input anything. */
import type { Things } from '../network/kind.ts'
import { componentsOf, type Arcs } from './components.ts'
import { eachEnabled, type Watched } from './watched.ts'

export interface FairComponents {
  /** The component of a node; components are fair or not as a whole. */
  readonly of: Int32Array
  readonly isFair: (node: number) => boolean
}

/**
 * A strongly connected part is fair if a run that visits all its nodes and takes all its steps again and again is. Where
 * a weakly fair input is enabled throughout and never taken inside, no part of the part is fair either. Where a strongly
 * fair input is enabled somewhere and never taken inside, only what is left without those nodes can be fair: it is split
 * again. Source: Lichtenstein, Pnueli, "Checking that finite state concurrent programs satisfy their linear
 * specification", POPL 1985; Emerson, Lei, "Modalities for model checking: branching time logic strikes back",
 * SCP 1987 (weak fairness is a Büchi condition on nodes and steps, strong fairness a Streett condition).
 */
export const fairComponents = <T extends Things, I>(
  watched: Watched<T, I>,
  arcs: Arcs,
  nodes: ArrayLike<number>,
): FairComponents => {
  const { inputs, by } = watched.graph
  const { weak, strong } = watched.assumed
  const { of, split } = componentsOf(arcs)
  const enabled = new Int32Array(inputs.length)
  const taken = new Uint8Array(inputs.length)
  const fair = new Set<number>()
  const count = (component: readonly number[]): void => {
    enabled.fill(0)
    taken.fill(0)
    for (const node of component) {
      eachEnabled(watched, node, input => (enabled[input] = (enabled[input] ?? 0) + 1))
      for (let step = arcs.first(node); step < arcs.last(node); step += 1) {
        const next = arcs.target(node, step)
        if (next !== -1 && of[next] === of[node]) taken[by[step] ?? 0] = 1
      }
    }
  }
  const without = (component: readonly number[], starved: readonly number[]): readonly number[] =>
    component.filter(node => {
      let isFree = true
      eachEnabled(watched, node, input => (isFree &&= !starved.includes(input)))
      return isFree
    })
  const parts: ArrayLike<number>[] = [nodes]
  for (let part = parts.pop(); part !== undefined; part = parts.pop())
    for (const component of split(part)) {
      count(component)
      if (weak.some(input => enabled[input] === component.length && taken[input] === 0)) continue
      const starved = strong.filter(input => enabled[input] !== 0 && taken[input] === 0)
      if (starved.length === 0) fair.add(of[component[0] ?? 0] ?? 0)
      else parts.push(without(component, starved))
    }
  return { of, isFair: node => fair.has(of[node] ?? 0) }
}
