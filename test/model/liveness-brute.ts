/** The decision by brute force: every run within the budget, and every set of nodes, tried one by one. */
import { stateKey } from '../../model/network/index.ts'
import { begins, compelled, follow, putOff, type Question } from './liveness-replay.ts'
import type { Input, State } from './liveness-toy.ts'

/** A state with an obligation, and how far from a start it is. */
interface Node {
  readonly key: string
  readonly state: State
  readonly slot: number
  readonly distance: number
}

interface Visit {
  readonly state: State
  readonly slot: number | null
  readonly spent: number
  readonly distance: number
}

/** Every run, the obligations chosen on the way, the finite inputs counted; nothing is left out that was not seen before. */
const pendingOf = (question: Question): readonly Node[] => {
  const { net, starts, inputs, claim, fairness } = question
  const { finite = () => false, budget } = fairness
  const seen = new Set<string>()
  const nodes = new Map<string, Node>()
  const queue: Visit[] = []
  const visit = (at: Visit): void => {
    const key = `${stateKey(net.names, at.state)}/${at.slot}`
    if (seen.has(`${key}/${at.spent}`) || at.spent > (budget ?? 0)) return
    seen.add(`${key}/${at.spent}`)
    queue.push(at)
    if (at.slot !== null)
      nodes.set(key, nodes.get(key) ?? { key, state: at.state, slot: at.slot, distance: at.distance })
    else
      for (const slot of (at.state[claim.kind] ?? []).keys())
        if (begins(question, at.state, slot)) visit({ ...at, slot })
  }
  for (const state of starts) visit({ state, slot: null, spent: 0, distance: 0 })
  for (const at of queue)
    for (const input of inputs) {
      const next = follow(question, at, input)
      if (next === null || (at.slot !== null && next.slot === null)) continue
      const spent = at.spent + (budget !== undefined && finite(input) ? 1 : 0)
      visit({ ...next, spent, distance: at.distance + 1 })
    }
  return [...nodes.values()]
}

interface Arc {
  readonly from: number
  readonly to: number
  readonly input: Input
}

const arcsOf = (question: Question, nodes: readonly Node[]): readonly Arc[] => {
  const numbers = new Map(nodes.map(({ key }, number) => [key, number]))
  const recurring = question.inputs.filter(input => question.fairness.finite?.(input) !== true)
  return nodes.flatMap((node, from) =>
    recurring.flatMap(input => {
      const next = follow(question, node, input)
      if (next === null || next.slot === null) return []
      return [{ from, to: numbers.get(`${stateKey(question.net.names, next.state)}/${next.slot}`) ?? -1, input }]
    }),
  )
}

/** Whether every node of the set leads to every other, or a single one to itself. */
const isConnected = (members: readonly number[], arcs: readonly Arc[]): boolean => {
  const reaches = (ahead: boolean): boolean => {
    const found = new Set(members.slice(0, 1))
    for (const at of found)
      for (const { from, to } of arcs) if ((ahead ? from : to) === at) found.add(ahead ? to : from)
    return found.size === members.length
  }
  return arcs.length > 0 && reaches(true) && reaches(false)
}

/** Distance from a start to the nearest end or fair cycle; null: the claim holds. Undefined: more nodes than `most`. */
export const bruteForce = (question: Question, most: number): number | null | undefined => {
  const nodes = pendingOf(question)
  if (nodes.length > most) return undefined
  const arcs = arcsOf(question, nodes)
  const distances = nodes.filter(({ state }) => compelled(question, state).length === 0).map(node => node.distance)
  for (let set = 1; set < 2 ** nodes.length; set += 1) {
    const members = [...nodes.keys()].filter(node => (set >> node) % 2 === 1)
    const inside = arcs.filter(({ from, to }) => ((set >> from) & (set >> to)) % 2 === 1)
    if (!isConnected(members, inside)) continue
    const round = members.flatMap(node => nodes.slice(node, node + 1))
    const states = round.map(({ state }) => state)
    if (
      putOff(
        question,
        states,
        inside.map(({ input }) => input),
      ).length === 0
    )
      // prettier-ignore
      distances.push(...round.map(({ distance }) => distance))
  }
  return distances.length === 0 ? null : Math.min(...distances)
}
