/** An obligation goes with its thing, and faults that occur finitely often excuse nothing in the long run. */
import { describe, expect, it } from 'vitest'
import type { LeadsTo } from '../../model/liveness/index.ts'
import { ask, claim, done, fresh, own, shop } from './liveness-ask.ts'
import { toyNet, type Things } from './liveness-toy.ts'

/** A queue of two: the first is called on request, the second by the desk; who was called leaves. */
const queue = (waiting: Readonly<Record<string, string>> = {}) =>
  toyNet(
    {
      ticket: {
        slots: 2,
        queue: true,
        states: {
          vacant: { Take: 'waiting' },
          waiting: { Call: 'called', ...waiting },
          called: { Leave: 'vacant' },
          quiet: {},
        },
      },
    },
    {
      Take: fresh('ticket', 'Take'),
      Hush: fresh('ticket', 'Hush'),
      ...Object.fromEntries(['Call', 'Leave', 'Give'].map(event => [event, own('ticket', event)])),
    },
  )
const called = claim('ticket', 'waiting', 'called')
const second: LeadsTo<Things> = { ...called, from: (state, slot) => slot === 1 && called.from(state, slot) }

describe('an obligation', () => {
  const inputs = 'Take, Call, Call 1, Leave, Leave 1'
  it('moves with its thing when a queue is compacted', () => {
    expect(ask(queue(), { inputs, claim: second, weak: 'Call, Call 1, Leave' })).toMatchObject({ verdict: 'holds' })
    expect(ask(queue(), { inputs, claim: second, weak: 'Call 1, Leave' })).toMatchObject({
      prefix: 'Take, Take, Call, Leave',
      from: 2,
      slot: 1,
      cycle: '',
    })
  })
  it('is not met by the thing that takes the slot after it moved', () => {
    const asked = { inputs, claim: second, weak: 'Take, Call 1, Leave, Leave 1' }
    expect(ask(queue(), asked)).toMatchObject({
      prefix: 'Take, Take, Call, Leave',
      from: 2,
      slot: 1,
      cycle: 'Take, Call 1, Leave 1',
    })
  })
  it('is over when its thing is gone, and the next thing in the slot does not inherit it', () => {
    const reused = toyNet(
      {
        job: {
          slots: 1,
          states: { vacant: { Submit: 'waiting', Hush: 'quiet' }, waiting: { Give: 'vacant' }, quiet: {} },
        },
      },
      { Submit: fresh('job', 'Submit'), Hush: fresh('job', 'Hush'), Give: own('job', 'Give') },
    )
    const asked = { inputs: 'Submit, Hush, Give', claim: done }
    expect(ask(reused, { ...asked, weak: 'Give' })).toMatchObject({ verdict: 'holds', extent: { obligations: 1 } })
    expect(ask(reused, asked)).toMatchObject({ prefix: 'Submit', cycle: '' })
  })
  it('is over when a queue closes the gap that its thing leaves', () => {
    const asked = { inputs: 'Take, Give, Give 1', claim: called, weak: 'Give, Give 1' }
    expect(ask(queue({ Give: 'vacant' }), asked)).toMatchObject({ verdict: 'holds', extent: { obligations: 3 } })
  })
  it('is owed to no slot that is free', () => {
    const never = { kind: 'job', from: () => true, to: () => false }
    expect(ask(shop(), { inputs: 'Start', claim: never })).toMatchObject({ extent: { triggers: 0, obligations: 0 } })
  })
})

/** A job that survives one crash and not a second. */
const fragile = () =>
  toyNet(
    {
      job: {
        slots: 1,
        states: {
          vacant: { Submit: 'waiting', Crash: 'vacant' },
          waiting: { Start: 'running' },
          running: { Crash: 'hurt', Finish: 'done' },
          hurt: { Crash: 'lost', Repair: 'running' },
          lost: {},
          done: {},
        },
      },
    },
    Object.fromEntries(
      ['Submit', 'Start', 'Crash', 'Repair', 'Finish'].map(event => [
        event,
        event === 'Submit' ? fresh('job', event) : own('job', event),
      ]),
    ),
  )

describe('faults that occur finitely often', () => {
  it('are on no cycle', () => {
    const asked = { inputs: 'Submit, Start, Finish, Crash', claim: done, weak: 'Start, Finish' }
    const crashing = shop({ Crash: 'waiting!' })
    expect(ask(crashing, asked)).toMatchObject({ prefix: 'Submit', cycle: 'Start, Crash' })
    expect(ask(crashing, { ...asked, finite: 'Crash' })).toMatchObject({ verdict: 'holds' })
  })
  it('are counted from the start of the run against their budget', () => {
    const asked = { inputs: 'Submit, Start, Crash, Repair, Finish', weak: 'Start, Repair, Finish', finite: 'Crash' }
    const lost = { ...asked, claim: done }
    expect(ask(fragile(), lost)).toMatchObject({ prefix: 'Submit, Start, Crash, Crash', cycle: '' })
    expect(ask(fragile(), { ...lost, more: { budget: 2 } })).toMatchObject({ verdict: 'broken' })
    expect(ask(fragile(), { ...lost, more: { budget: 1 } })).toMatchObject({ verdict: 'holds' })
    const hurt = { ...asked, claim: claim('job', 'hurt', 'running') }
    expect(ask(fragile(), { ...hurt, more: { budget: 2 } })).toMatchObject({
      from: 3,
      prefix: 'Submit, Start, Crash, Crash',
    })
    expect(ask(fragile(), { ...hurt, more: { budget: 1 } })).toMatchObject({
      verdict: 'holds',
      extent: { obligations: 1 },
    })
    expect(ask(fragile(), { ...hurt, more: { budget: 0 } })).toMatchObject({
      verdict: 'holds',
      extent: { triggers: 0 },
    })
  })
  it('are spent sparingly where a shorter way would spend them all', () => {
    const hasty = toyNet(
      {
        job: {
          slots: 1,
          states: {
            vacant: { Submit: 'waiting' },
            waiting: { Crash: 'hurt', Start: 'slow' },
            slow: { Start: 'hurt' },
            hurt: { Crash: 'lost', Finish: 'done' },
            lost: {},
            done: {},
          },
        },
      },
      {
        Submit: fresh('job', 'Submit'),
        ...Object.fromEntries(['Start', 'Crash', 'Finish'].map(event => [event, own('job', event)])),
      },
    )
    const asked = { inputs: 'Submit, Crash, Start, Finish', weak: 'Start, Finish', finite: 'Crash', claim: done }
    const hurt = { ...asked, claim: claim('job', 'hurt', 'done'), more: { budget: 1 } }
    expect(ask(hasty, hurt)).toMatchObject({ verdict: 'broken', extent: { triggers: 1, obligations: 2 } })
    expect(ask(hasty, { ...asked, more: { budget: 1 } })).toMatchObject({ prefix: 'Submit, Start, Start, Crash' })
    expect(ask(hasty, asked)).toMatchObject({ prefix: 'Submit, Crash, Crash' })
  })
  it('have a budget that is a whole number, and are owed no fairness', () => {
    const asked = { inputs: 'Submit, Crash', claim: done, finite: 'Crash' }
    expect(() => ask(fragile(), { ...asked, more: { budget: 1.5 } })).toThrow('whole number')
    expect(() => ask(fragile(), { ...asked, more: { budget: -1 } })).toThrow('whole number')
    expect(() => ask(fragile(), { ...asked, weak: 'Crash' })).toThrow('got both of {"rule":"Crash","slot":0}')
    expect(() => ask(fragile(), { inputs: 'Submit', claim: done, more: { budget: 1 } })).toThrow('finite inputs')
  })
})
