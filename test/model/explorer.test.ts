/** The plain explorer on a toy whose graph was drawn by hand. */
import { describe, expect, it } from 'vitest'
import { search } from '../../model/explore/index.ts'
import { initialState } from '../../model/network/index.ts'
import { toy, type ToyInput } from './toy.ts'

// Lamps: off-off, on-off, off-on. Tickets 1 and 2 in a queue of two: none, 1, 2, 11, 12, 21, 22. So 3 x 7 states.
const inputs: readonly ToyInput[] = [
  { rule: 'Light', lamp: 0 },
  { rule: 'Light', lamp: 1 },
  { rule: 'Issue', number: 1 },
  { rule: 'Issue', number: 2 },
  { rule: 'Tear', ticket: 0 },
  { rule: 'Tear', ticket: 1 },
]
const explored = (more: object = {}) => {
  const net = toy()
  return search(net, { starts: [initialState(net, { lamp: 2, ticket: 2 })], inputs, ...more })
}

describe('the plain explorer', () => {
  it('finds every state, transition and refusal of the toy', () => {
    // Light: 2 in each of 7 states that are dark. Issue: 2 from none, 2 from each of two. Tear: 1 from two, 2 from four.
    const { verdict, states, transitions, refusals, depth } = explored()
    expect({ verdict, states, transitions, refusals, depth }).toEqual({
      verdict: 'complete',
      states: 3 * 7,
      transitions: 2 * 7 + 3 * (2 + 2 * 2 + 2 * 1 + 4 * 2),
      refusals: 2 * 2 * 7,
      depth: 3,
    })
  })
  it('gives a shortest run to every state', () => {
    const lengths: number[] = []
    const found = explored({ onState: () => lengths.push(0) })
    expect(lengths.map((_, index) => found.path(index).inputs.length).toSorted((a, b) => a - b)).toEqual([
      0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3,
    ])
  })
  it('is undecided beyond the number of states that it may keep', () => {
    expect(explored({ maxStates: 5 }).verdict).toBe('undecided')
  })
  it('stops when it is told to', () => {
    expect(explored({ stop: () => true })).toMatchObject({ verdict: 'undecided', states: 1 })
  })
})
