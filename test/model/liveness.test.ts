/** Liveness on networks built to break it, at each level of fairness. */
import { describe, expect, it } from 'vitest'
import { ask, claim, done, fresh, own, shop } from './liveness-ask.ts'
import { toyNet } from './liveness-toy.ts'

describe('what leads to its goal', () => {
  it('is broken by a fair cycle that avoids the goal', () => {
    const asked = { inputs: 'Submit, Start, Preempt, Finish', claim: done, weak: 'Start, Preempt' }
    const extent = { states: 4, transitions: 4, triggers: 1, obligations: 2, cut: 0 }
    const run = { start: 0, prefix: 'Submit', from: 1, slot: 0, cycle: 'Start, Preempt' }
    expect(ask(shop(), asked)).toEqual({ verdict: 'broken', extent, ...run })
  })
  it('holds where the only cycle that avoids it is not fair', () => {
    const asked = { inputs: 'Submit, Start, Poll, Finish', claim: done }
    expect(ask(shop(), { ...asked, weak: 'Start, Finish' })).toMatchObject({ verdict: 'holds' })
    expect(ask(shop(), { ...asked, weak: 'Finish' })).toMatchObject({ prefix: 'Submit', cycle: '' })
    expect(ask(shop(), { ...asked, weak: 'Start' })).toMatchObject({ prefix: 'Submit, Start', cycle: '' })
  })
  it('needs strong fairness where it is again and again, and never for long, in reach', () => {
    const asked = { inputs: 'Submit, Start, Preempt, Finish', claim: done }
    expect(ask(shop(), { ...asked, weak: 'Start, Finish' })).toMatchObject({
      prefix: 'Submit',
      cycle: 'Start, Preempt',
    })
    expect(ask(shop(), { ...asked, weak: 'Start', strong: 'Finish' })).toMatchObject({ verdict: 'holds' })
  })
  it('is broken by a deadlock, where the run ends', () => {
    const asked = { inputs: 'Submit, Start, Finish, Crash', claim: done, weak: 'Start, Finish, Crash' }
    expect(ask(shop(), asked)).toMatchObject({ prefix: 'Submit, Start, Crash', from: 1, cycle: '' })
  })
  it('fails when an exit is dropped from the goal', () => {
    const asked = { inputs: 'Submit, Start, Finish, Crash', weak: 'Start, Finish, Crash' }
    expect(ask(shop(), { ...asked, claim: claim('job', 'waiting', 'done', 'failed') })).toMatchObject({
      verdict: 'holds',
    })
    expect(ask(shop(), { ...asked, claim: claim('job', 'waiting', 'done') })).toMatchObject({ verdict: 'broken' })
    expect(ask(shop(), { ...asked, claim: claim('job', 'waiting', 'failed') })).toMatchObject({
      prefix: 'Submit, Start, Finish',
    })
  })
})

describe('without any fairness', () => {
  it('holds where the goal holds as soon as the obligation begins, and then nothing is owed', () => {
    const asked = { inputs: 'Submit, Start, Preempt', claim: claim('job', 'waiting', 'waiting', 'done') }
    expect(ask(shop(), asked)).toMatchObject({ verdict: 'holds', extent: { triggers: 1, obligations: 0 } })
  })
  it('says so where nothing ever begins', () => {
    const asked = { inputs: 'Submit, Start', claim: claim('job', 'failed', 'done') }
    expect(ask(shop(), asked)).toMatchObject({ verdict: 'holds', extent: { triggers: 0, obligations: 0 } })
  })
  it('a run may end anywhere, unless runs are maximal', () => {
    const asked = { inputs: 'Submit, Start, Finish', claim: done }
    expect(ask(shop(), asked)).toMatchObject({ prefix: 'Submit', cycle: '' })
    expect(ask(shop(), { ...asked, more: { maximal: true } })).toMatchObject({ verdict: 'holds' })
  })
  it('a maximal run may still go round for ever, or be stuck', () => {
    const asked = { claim: done, more: { maximal: true } }
    const polling = { ...asked, inputs: 'Submit, Start, Finish, Poll' }
    expect(ask(shop(), polling)).toMatchObject({ prefix: 'Submit', cycle: 'Poll' })
    const crashing = { ...asked, inputs: 'Submit, Start, Crash' }
    expect(ask(shop(), crashing)).toMatchObject({ prefix: 'Submit, Start, Crash', cycle: '' })
    expect(ask(shop(), { ...crashing, finite: 'Crash' })).toMatchObject({ prefix: 'Submit, Start', cycle: '' })
  })
})

describe('a step', () => {
  it('that leads back to its own state is taken', () => {
    const asked = { inputs: 'Submit, Poll', claim: done, weak: 'Poll' }
    expect(ask(shop(), asked)).toMatchObject({ prefix: 'Submit', cycle: 'Poll' })
  })
  it('that is refused is neither taken nor enabled', () => {
    const asked = { inputs: 'Submit, Refuse', claim: done, weak: 'Refuse' }
    expect(ask(shop(), asked)).toMatchObject({ prefix: 'Submit', cycle: '' })
  })
  it('that fails is taken', () => {
    const asked = { inputs: 'Submit, Start, Finish, Crash', claim: done, strong: 'Start, Crash, Finish' }
    expect(ask(shop({ Crash: 'waiting!' }), asked)).toMatchObject({ verdict: 'holds' })
    expect(ask(shop({ Crash: 'waiting!' }), { ...asked, strong: 'Start, Crash' })).toMatchObject({
      cycle: 'Start, Crash',
    })
  })
  it('that only the bounds of the scope block lets no run end and is not put off: what comes then is cut', () => {
    const asked = { inputs: 'Submit, Start, Poll, Finish', claim: done, weak: 'Start, Finish' }
    expect(ask(shop({ Finish: 'BOUND' }), asked)).toMatchObject({ verdict: 'holds', extent: { cut: 1 } })
    expect(ask(shop({ Finish: 'BOUND' }), { ...asked, weak: 'Start' })).toMatchObject({
      prefix: 'Submit, Start',
      extent: { cut: 0 },
    })
  })
})

/** A job that only a fault or a request gets out of waiting, beside a clock that never stops. */
const clockwork = () =>
  toyNet(
    {
      job: {
        slots: 1,
        states: {
          vacant: { Submit: 'waiting' },
          waiting: { Crash: 'down', Approve: 'running' },
          down: { Repair: 'running' },
          running: { Finish: 'done' },
          done: {},
        },
      },
      clock: { slots: 1, states: { on: { Tick: 'on' } } },
    },
    {
      Submit: fresh('job', 'Submit'),
      Tick: own('clock', 'Tick'),
      ...Object.fromEntries(['Crash', 'Approve', 'Repair', 'Finish'].map(event => [event, own('job', event)])),
    },
  )

describe('starvation', () => {
  it.each(['Crash', 'Approve'])('is seen, and would be hidden if %s were fair', outside => {
    const asked = { inputs: `Submit, Tick, Repair, Finish, ${outside}`, claim: done }
    const settles = 'Tick, Repair, Finish'
    expect(ask(clockwork(), { ...asked, weak: settles })).toMatchObject({ prefix: 'Submit', cycle: 'Tick' })
    expect(ask(clockwork(), { ...asked, weak: `${settles}, ${outside}` })).toMatchObject({ verdict: 'holds' })
  })
})
