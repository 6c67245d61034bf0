/** A step that throws, that spawns, or that is not a function of its context and event is refused by name. */
import { and, assign, emit, fromPromise } from 'xstate'
import { describe, expect, it, vi } from 'vitest'
import type { EventLike } from '../../model/network/index.ts'
import { lamp, light, lit, made, thrownBy, LIGHT, OFF } from './lamp.ts'

interface Given {
  readonly context: Readonly<Record<string, unknown>>
  readonly event: EventLike
}

describe('a step is refused', () => {
  it('where it spawns an actor', () => {
    const spawning = assign(({ spawn }) => ({ child: spawn(fromPromise(async () => 1)) as never }))
    expect(() => light(lit({ actions: spawning }))).toThrow(`${LIGHT}it spawns an actor, which is not explored`)
  })
  it('on an event whose name is reserved', () => {
    const stopped = lamp({ on: { 'xstate.stop': 'on' } })
    expect(() => light(stopped, {}, { type: 'xstate.stop' })).toThrow('on event xstate.stop: the name is reserved')
  })
  it('where a guard throws, by its name, with what was thrown as the cause', () => {
    const cause = new Error('no power')
    const guards = {
      hasPower: () => {
        throw cause
      },
    }
    const error = thrownBy(() => light(lit({ guard: 'hasPower' }), { guards }))
    expect(error.message).toContain(`${LIGHT}the guard hasPower throws "no power"`)
    expect(error.cause).toBe(cause)
    const composed = lit({ guard: and([() => true, 'hasPower']) })
    expect(thrownBy(() => light(composed, { guards })).message).toContain(`${LIGHT}the guard hasPower throws`)
  })
  it('where a guard without a name throws, or one that is not implemented is asked', () => {
    const guard = () => {
      throw new Error('no power')
    }
    expect(() => light(lit({ guard }))).toThrow(new RegExp(`${LIGHT}a guard throws.*no power`, 's'))
    expect(() => light(lit({ guard: 'isNobody' }))).toThrow(/a guard throws.*'isNobody' is not implemented/s)
  })
  it('where an action throws, by its name, with what was thrown as the cause', () => {
    const cause = new Error('no bulb')
    const act = assign(() => {
      throw cause
    })
    const named = thrownBy(() => light(lit({ actions: ['act'] }), { actions: { act } }))
    expect(named.message).toContain(`${LIGHT}the action act throws "no bulb"`)
    expect(named.cause).toBe(cause)
    expect(() => light(lit({ actions: act }))).toThrow(`${LIGHT}an action throws "no bulb"`)
  })
  it('where an initial context or an entry action throws', () => {
    const context = () => {
      throw new Error('no input')
    }
    expect(() => made(lit({}, context))).toThrow(`${OFF}its initial context or an entry action throws "no input"`)
  })
})

/** 0, 1, 0, 1 ... */
const alternating = () => {
  let calls = 0
  return () => calls++ % 2
}

describe('an impure step is refused', () => {
  it('where a guard goes by a counter, whatever else is asked besides', () => {
    const counter = alternating()
    const selects = `${LIGHT}it selects`
    expect(() => light(lit({ guard: () => counter() === 0 }))).toThrow(`${selects} "lamp/off/Light/0" and then null`)
    const refusing = [{ guard: alternating(), target: 'on' }, { meta: { refuse: 'DARK' } }]
    expect(() => light(lamp({ on: { Light: refusing } }))).toThrow(selects)
    const branches = [{ guard: alternating(), target: 'on' }, { target: 'off' }]
    expect(() => light(lamp({ on: { Light: branches } }))).toThrow(selects)
  })
  it('where a guard goes by chance', () => {
    const answers = [0.9, 0.1]
    const chance = vi.spyOn(Math, 'random').mockImplementation(() => answers.shift() ?? 0)
    expect(() => light(lit({ guard: () => Math.random() < 0.5 }))).toThrow(`${LIGHT}it selects`)
    chance.mockRestore()
  })
  it('where an action goes by a clock', () => {
    let now = 0
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now++)
    const actions = assign({ at: () => Date.now() })
    expect(() => light(lit({ actions }))).toThrow(`${LIGHT}it leads to the context {"at":0} and then {"at":1}`)
    clock.mockRestore()
  })
  it('where what it emits goes by a counter', () => {
    const counter = alternating()
    const actions = emit(() => ({ type: 'Glow', at: counter() }))
    expect(() => light(lit({ actions }))).toThrow(`${LIGHT}it emits [{"at":0,"type":"Glow"}] and then`)
  })
  it.each([
    ['a value within a value', { a: [{ b: 1 }] }, { a: [{ b: 2 }] }],
    ['a field more', { a: 1 }, { a: 1, b: null }],
    ['a field less', { a: 1, b: null }, { a: 1 }],
    ['another field', { a: 1 }, { b: 1 }],
    ['an array for an object', { 0: 1 }, [1]],
    ['an element more', [1], [1, 1]],
    ['null for an object', {}, null],
  ])('where what it leads to differs in %s', (_, one, other) => {
    const counter = alternating()
    const actions = assign({ seen: () => (counter() === 0 ? one : other) as never })
    expect(() => light(lit({ actions }))).toThrow(`${LIGHT}it leads to the context`)
  })
  it('where it goes by the order of keys', () => {
    const actions = assign({ first: ({ context }: Given) => Object.keys(context['votes'] as object)[0] as never })
    expect(() => light(lit({ actions }, { first: '', votes: { a: 1, b: 1 } }))).toThrow('"first":"a"')
  })
  it('where it goes by the identity of objects', () => {
    const guard = ({ context, event }: Given) => context['key'] === (event as unknown as Given['context'])['key']
    const step = () => light(lit({ guard }, { key: [1] }), {}, { type: 'Light', key: [1] })
    expect(step).toThrow(`${LIGHT}it selects null and then "lamp/off/Light/0"`)
  })
  it('where an action or a guard changes the context that it was given', () => {
    const push = ({ context }: Given) => (context['list'] as number[]).push(1) > 0
    const reason = `${LIGHT}a guard or an action changes the context that it was given: assign a new value instead`
    expect(() => light(lit({ guard: push }, { list: [] }))).toThrow(reason)
    expect(() => light(lit({ actions: assign({ count: push }) }, { list: [] }))).toThrow(reason)
  })
  it('where an action or a guard changes the event that it was given', () => {
    const guard = ({ event }: Given) => delete (event as { power?: boolean }).power
    const step = () => light(lit({ guard }), {}, { type: 'Light', power: true })
    expect(step).toThrow(`${LIGHT}a guard or an action changes the event that it was given`)
  })
  it('where an initial context is not twice the same', () => {
    const counter = alternating()
    const start = () => made(lit({}, () => ({ at: counter() })))
    expect(start).toThrow(`${OFF}it starts with the context {"at":0} and then {"at":1} from equal copies`)
  })
})
