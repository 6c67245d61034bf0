/** A question that is told each time: every step that it is answered no for, where something else was read, with a shortest way. */
import { describe, expect, it } from 'vitest'
import { sweep, type StepQuestion } from '../../model/explore/index.ts'
import { initialState } from '../../model/network/index.ts'
import { toy, type ToyInput } from './toy.ts'

const INPUTS: readonly ToyInput[] = [
  { rule: 'Issue', number: 1 },
  { rule: 'Issue', number: 2 },
  { rule: 'Tear', ticket: 0 },
]

/** Says no wherever the first ticket is torn, whatever number is on it. */
const isWhole = (isEach: boolean): StepQuestion => ({
  name: 'no ticket is torn',
  isEach,
  concerns: (rule, { kind }) => rule === 'Tear' && kind === 'taken',
  ask: ({ ticket }) => ({ given: true, holds: ticket?.[0]?.key === 'none', error: null }),
})

const told = (isEach: boolean) => {
  const net = toy()
  const starts = [initialState(net, { lamp: 0, ticket: 1 })]
  const { verdict, violations } = sweep(net, { starts, inputs: INPUTS, steps: [isWhole(isEach)] })
  expect(verdict).toBe('complete')
  return violations.map(({ inputs, input }) => [...inputs, input])
}

describe('a question that is answered no in several situations', () => {
  const ways = [1, 2].map(number => [
    { rule: 'Issue', number },
    { rule: 'Tear', ticket: 0 },
  ])
  it('is told once', () => expect(told(false)).toEqual([ways[0]]))
  it('is told each time, if it says so, by a shortest way', () => expect(told(true)).toEqual(ways))
})
