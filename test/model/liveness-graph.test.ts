/** The graph that liveness is asked of, complete or not, and the cycles that are found in it. */
import { describe, expect, it } from 'vitest'
import { graphOf, leadsTo, type LeadsTo } from '../../model/liveness/index.ts'
import { step } from '../../model/network/index.ts'
import { ask, claim, done, fresh, own, shop } from './liveness-ask.ts'
import { inputsOf, toyNet, type Things } from './liveness-toy.ts'

describe('a graph', () => {
  it('is asked many questions, and may have many starts', () => {
    const { net, empty } = shop()
    const inputs = inputsOf('Submit', 'Start', 'Preempt', 'Finish')
    const waiting = step(net, empty, { rule: 'Submit', slot: 0 })
    if (waiting.kind === 'blocked') throw new Error('expected a job')
    const starts = [empty, waiting.after, empty, waiting.after]
    const graph = graphOf(net, { starts, inputs })
    const fair = () => 'none' as const
    const asked = (kind: LeadsTo<Things>) => leadsTo(graph, kind, { fair })
    const ends = { prefix: [], from: 0, slot: 0, cycle: [] }
    expect(asked(done)).toMatchObject({ verdict: 'broken', counterexample: { start: 1, ...ends } })
    expect(asked(claim('job', 'waiting', 'waiting'))).toMatchObject({ verdict: 'holds' })
    const running = { ...ends, prefix: inputsOf('Start'), from: 1 }
    expect(asked(claim('job', 'running', 'done'))).toMatchObject({ counterexample: { start: 1, ...running } })
  })
  it('may be of thousands of states: six jobs that run at will', () => {
    const jobs = toyNet(
      {
        job: {
          slots: 6,
          states: {
            vacant: { Submit: 'waiting' },
            waiting: { Start: 'running' },
            running: { Preempt: 'waiting', Finish: 'done' },
            done: { Submit: 'waiting' },
          },
        },
      },
      Object.fromEntries(['Submit', 'Start', 'Preempt', 'Finish'].map(event => [event, own('job', event)])),
    )
    const each = (event: string) => [0, 1, 2, 3, 4, 5].map(slot => `${event} ${slot}`.replace(' 0', '')).join(', ')
    const asked = { inputs: ['Submit', 'Start', 'Preempt', 'Finish'].map(each).join(', '), claim: done }
    const [weak, strong] = [`${each('Start')}, ${each('Preempt')}`, each('Finish')]
    // Of each job: 4 states, 5 steps; waiting or running, so owed, in half of its states.
    const extent = {
      states: 4 ** 6,
      transitions: 6 * 5 * 4 ** 5,
      triggers: 6 * 4 ** 5,
      obligations: 6 * 2 * 4 ** 5,
      cut: 0,
    }
    expect(ask(jobs, { ...asked, weak, strong })).toEqual({ verdict: 'holds', extent })
    expect(ask(jobs, { ...asked, weak: `${weak}, ${strong}` })).toMatchObject({
      prefix: 'Submit',
      cycle: 'Start, Preempt',
    })
    const others = strong.replace('Finish, ', '')
    expect(ask(jobs, { ...asked, weak, strong: others })).toMatchObject({ prefix: 'Submit', cycle: 'Start, Preempt' })
  })
})

describe('a graph that is not complete', () => {
  const inputs = 'Submit, Start, Preempt, Finish, Crash'
  it('leaves undecided what it does not break', () => {
    const weak = 'Start, Finish, Preempt, Crash'
    const asked = { inputs, claim: claim('job', 'waiting', 'done', 'failed'), strong: weak }
    expect(ask(shop(), asked)).toMatchObject({ verdict: 'holds' })
    expect(ask(shop(), { ...asked, maxStates: 2 })).toMatchObject({ verdict: 'undecided', extent: { states: 3 } })
  })
  it('calls no state an end that was not expanded', () => {
    const asked = { inputs, claim: done, weak: 'Start' }
    expect(ask(shop(), { ...asked, maxStates: 1 })).toMatchObject({ verdict: 'undecided', extent: { states: 2 } })
  })
  it('is broken by a run that stays where every state was expanded', () => {
    const asked = { inputs, claim: done, weak: 'Start, Preempt', maxStates: 4 }
    expect(ask(shop(), asked)).toMatchObject({ prefix: 'Submit', cycle: 'Start, Preempt' })
  })
})

describe('a cycle', () => {
  it('goes where each fair input is taken or not enabled, and no farther', () => {
    // A ring of six rooms with a bell that can be rung in all but the last, and a door that is only in the fourth.
    const rooms = ['r0', 'r1', 'r2', 'r3', 'r4', 'r5']
    const ring = Object.fromEntries(
      rooms.map((room, number) => [
        room,
        {
          Walk: rooms[(number + 1) % 6] ?? '',
          ...(number < 5 ? { Ring: 'out' } : {}),
          ...(number === 3 ? { Back: 'r0', Open: 'r3' } : {}),
        },
      ]),
    )
    const house = toyNet(
      { guest: { slots: 1, states: { vacant: { Enter: 'r0' }, ...ring, out: {} } } },
      {
        Enter: fresh('guest', 'Enter'),
        ...Object.fromEntries(['Walk', 'Back', 'Ring', 'Open'].map(event => [event, own('guest', event)])),
      },
    )
    const asked = { inputs: 'Enter, Walk, Back, Ring, Open', claim: claim('guest', 'r0', 'out') }
    const walks = (count: number) => Array.from({ length: count }, () => 'Walk').join(', ')
    expect(ask(house, { ...asked, weak: 'Walk' })).toMatchObject({ prefix: 'Enter', cycle: `${walks(3)}, Back` })
    expect(ask(house, { ...asked, weak: 'Walk, Ring' })).toMatchObject({ prefix: 'Enter', cycle: walks(6) })
    expect(ask(house, { ...asked, weak: 'Walk, Ring', strong: 'Open' })).toMatchObject({
      cycle: `${walks(3)}, Open, ${walks(3)}`,
    })
    expect(ask(house, { ...asked, weak: 'Walk', strong: 'Ring' })).toMatchObject({ verdict: 'holds' })
  })
  it('is looked for in what is left without the nodes where a strongly fair input is enabled', () => {
    const twoRings = toyNet(
      {
        job: {
          slots: 1,
          states: {
            vacant: { Submit: 'waiting' },
            waiting: { Start: 'running', Finish: 'done' },
            running: { Preempt: 'waiting', Start: 'asleep' },
            asleep: { Preempt: 'awake' },
            awake: { Start: 'asleep', Preempt: 'running' },
            done: {},
          },
        },
      },
      {
        Submit: fresh('job', 'Submit'),
        ...Object.fromEntries(['Start', 'Preempt', 'Finish'].map(event => [event, own('job', event)])),
      },
    )
    const asked = { inputs: 'Submit, Start, Preempt, Finish', claim: done, weak: 'Start, Preempt' }
    expect(ask(twoRings, asked)).toMatchObject({ prefix: 'Submit', cycle: 'Start, Preempt' })
    expect(ask(twoRings, { ...asked, strong: 'Finish' })).toMatchObject({ from: 1, cycle: 'Start, Preempt, Preempt' })
  })
})
