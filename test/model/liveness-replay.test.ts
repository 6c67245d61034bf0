/** The replay of counterexamples accepts what is one, and says of each that is not what is wrong with it. */
import { describe, expect, it } from 'vitest'
import { done, has, isIn, shop } from './liveness-ask.ts'
import { faultsOf } from './liveness-replay.ts'
import { inputsOf, type Input } from './liveness-toy.ts'

describe('the replay of a counterexample', () => {
  const { net, empty } = shop()
  const inputs = inputsOf('Submit', 'Start', 'Preempt', 'Finish', 'Crash')
  const fair = (input: Input) => (has('Start, Finish')(input) ? 'weak' : 'none')
  const question = { net, starts: [empty], inputs, claim: done, fairness: { fair, finite: has('Crash') } }
  const right = { start: 0, from: 1, slot: 0, prefix: inputsOf('Submit'), cycle: inputsOf('Start', 'Preempt') }
  it('accepts one that is right', () => {
    expect(faultsOf(question, right)).toEqual([])
    const claim = { ...question.claim, to: isIn('job', 'running') }
    expect(faultsOf({ ...question, claim }, right)).toEqual(['the obligation is over after 2 steps'])
  })
  it.each([
    ['there is no such start', { start: 1 }, 'no such start, or no such state'],
    ['the obligation begins beyond the prefix', { from: 2 }, 'no such start, or no such state'],
    ['no obligation begins there', { from: 0 }, 'no obligation begins'],
    ['its cycle is not taken', { cycle: inputsOf('Preempt', 'Start') }, 'step 1 is not taken'],
    ['its cycle does not close', { cycle: inputsOf('Start') }, 'the cycle does not come back'],
    ['a step is compelled where it ends', { cycle: [] }, 'Start compels a step'],
  ])('rejects one where %s', (_, wrong, fault) => {
    expect(faultsOf(question, { ...right, ...wrong })).toContain(fault)
  })
  it('rejects a cycle that puts off an input, takes a finite one, or overruns the budget', () => {
    const strong = {
      ...question,
      fairness: { fair: (input: Input) => (input.rule === 'Finish' ? 'strong' : 'none') } as const,
    }
    expect(faultsOf(strong, right)).toEqual(['Finish is put off'])
    const finite = { ...question, fairness: { fair, finite: has('Preempt'), budget: 0 } }
    expect(faultsOf(finite, right)).toEqual(['the budget is overrun', 'Preempt recurs'])
  })
})
