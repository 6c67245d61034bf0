/** Holds the fast explorer against the plain one: the same states, and in each of them the same of every input. */
import { expect } from 'vitest'
import { search, sweep, type Sweep, type Swept } from '../../model/explore/index.ts'
import { stateKey, type Network, type Step, type Things } from '../../model/network/index.ts'

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/** Everything that a step says of itself, but for the state after. */
const isSame = <T extends Things>(a: Step<T>, b: Step<T>): boolean => {
  if (a.kind === 'blocked' || b.kind === 'blocked') return same(a, b)
  const [first, second] = [a.fired, b.fired]
  return (
    first.length === second.length &&
    first.every((fired, at) => same(fired, second[at])) &&
    same(a.outcome, b.outcome) &&
    same(a.emitted, b.emitted) &&
    same(a.created, b.created) &&
    same(a.moved, b.moved)
  )
}

/** Explores both ways and compares; what the fast explorer found, and how many steps were compared. */
export const expectAgreement = <T extends Things, V, I extends { readonly rule: string }>(
  net: Network<T, V, I>,
  options: Sweep<T, I>,
): { readonly swept: Swept<T, I>; readonly compared: number } => {
  const { starts, inputs } = options
  const swept = sweep(net, options)
  let compared = 0
  const plain = search(net, {
    starts,
    inputs,
    onStep: (before, input, step) => {
      const took = swept.take(before, compared % inputs.length)
      compared += 1
      if (took === null) throw new Error('expected every state of the plain explorer, got one less')
      const after = step.kind === 'taken' ? step.after : before
      if (isSame(took[0], step) && stateKey(net.names, took[1]) === stateKey(net.names, after)) return
      throw new Error(`expected the same of ${JSON.stringify(input)}, got ${JSON.stringify([took[0], step])}`)
    },
  })
  const { states, transitions, refusals, depth } = plain
  expect({ ...swept }).toMatchObject({ verdict: 'complete', states, transitions, refusals, depth })
  let visited = 0
  swept.visit(() => void (visited += 1))
  expect(visited).toBe(states)
  return { swept, compared }
}
