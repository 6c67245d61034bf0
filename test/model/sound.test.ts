/** A machine that cannot be explored soundly is refused by name, with the state and the reason, before it is explored. */
import { assign, emit, enqueueActions, fromPromise, raise, sendTo, spawnChild } from 'xstate'
import { describe, expect, it } from 'vitest'
import type { EventLike } from '../../model/network/index.ts'
import { lamp, lit, made, LIGHT, OFF } from './lamp.ts'

describe('a machine is refused as it is made', () => {
  it('for a state with `invoke`', () => {
    const invoke = { src: fromPromise(async () => 1) }
    expect(() => made(lamp({ invoke }))).toThrow(`${OFF}has \`invoke\`, an actor that is not explored`)
  })
  it('for a state with `after`', () => {
    expect(() => made(lamp({ after: { 10: 'on' } }))).toThrow(`${OFF}has \`after\`, and time is not explored`)
  })
  it('for a state with `always`', () => {
    expect(() => made(lamp({ always: 'on' }))).toThrow(`${OFF}has \`always\`, a step without an event`)
  })
  it('for a state with `onDone`', () => {
    expect(() => made(lamp({ onDone: 'on' }))).toThrow(`${OFF}has \`onDone\`, a step without an event`)
  })
  it('for a state with states of its own', () => {
    const nested = lamp({ initial: 'dim', states: { dim: {} } })
    expect(() => made(nested)).toThrow(`${OFF}has states of its own, and a local state is one name`)
  })
  it('for a parallel state', () => {
    expect(() => made(lamp({ type: 'parallel', states: { a: {} } }))).toThrow(`${OFF}is parallel`)
  })
  it('for a history state, wherever it is', () => {
    const nested = lamp({ initial: 'dim', states: { dim: {}, last: { type: 'history' } } })
    expect(() => made(nested)).toThrow('machine lamp in state off.last: is a history state')
    expect(() => made({ initial: 'off', states: { off: {}, last: { type: 'history' } } })).toThrow(
      'machine lamp in state last: is a history state, and a local state does not show what it remembers',
    )
  })
  it('for a final state', () => {
    expect(() => made({ initial: 'off', states: { off: {}, gone: { type: 'final' } } })).toThrow(
      'machine lamp in state gone: is a final state, in which XState ends the machine',
    )
  })
  it('for being parallel, and for having no states', () => {
    expect(() => made({ type: 'parallel', states: { off: {} } })).toThrow('machine lamp: is parallel')
    expect(() => made({})).toThrow('machine lamp: has no states')
  })
  it.each<[string, string, unknown]>([
    ['raises an event', 'xstate.raise', raise({ type: 'Break' })],
    ['sends an event', 'xstate.sendTo', sendTo('other', { type: 'Break' })],
    ['spawns an actor', 'xstate.spawnChild', spawnChild(fromPromise(async () => 1))],
    ['enqueues actions', 'xstate.enqueueActions', enqueueActions(() => undefined)],
  ])('for an action that %s, on a transition or on entry, inline or by name', (_, type, actions) => {
    const reason = `uses ${type}, which is not explored: use assign or emit`
    expect(() => made(lit({ actions }))).toThrow(`${LIGHT}an action ${reason}`)
    expect(() => made(lamp({ entry: actions }))).toThrow(`${OFF}an action ${reason}`)
    expect(() => made(lit({ actions: 'act' }), { actions: { act: actions } })).toThrow(
      `${LIGHT}the action act ${reason}`,
    )
  })
  it('for an action that is a function, inline or by name', () => {
    const act = () => undefined
    expect(() => made(lit({ actions: act }))).toThrow(`${LIGHT}an action is a function, which is not explored`)
    expect(() => made(lit({ actions: 'act' }), { actions: { act } })).toThrow(`${LIGHT}the action act is a function`)
  })
  it('for a refusal that does something', () => {
    const refusing = lit({ meta: { refuse: 'DARK' } })
    expect(() => made(refusing)).toThrow(`${LIGHT}refuses and yet does something, which is not explored`)
  })
  it('with one line for each reason', () => {
    const both = lamp({ always: 'on', after: { 10: 'on' } })
    expect(() => made(both)).toThrow(
      /^machine lamp in state off: has `always`.*\nmachine lamp in state off: has `after`/,
    )
  })
})

describe('a sound machine', () => {
  const sound = {
    context: () => ({ count: 0, names: { a: [null, true, 'x'] } }),
    initial: 'off',
    entry: assign({ count: 1 }),
    states: {
      off: {
        exit: ['unwritten', emit({ type: 'Left' })],
        on: {
          Light: [
            { guard: 'hasPower', target: 'on', actions: [assign({ count: 2 }), emit({ type: 'Glow', lit: true })] },
            { meta: { refuse: 'DARK' } },
          ],
          '*': { meta: { refuse: 'UNKNOWN' } },
        },
      },
      on: {},
    },
  }
  const guards = { hasPower: ({ event }: { readonly event: { readonly power?: boolean } }) => event.power === true }
  const { vacant, react, steps } = made(sound, { guards })

  it('passes, with what it emits', () => {
    expect(vacant).toMatchObject({ value: 'off', context: { count: 1 } })
    expect(react(vacant, { type: 'Light', power: true } as EventLike)).toMatchObject({
      entry: { id: 'lamp/off/Light/0' },
      next: { value: 'on', context: { count: 2 } },
      emitted: [{ type: 'Left' }, { type: 'Glow', lit: true }],
    })
    expect(react(vacant, { type: 'Light', power: false } as EventLike)).toMatchObject({
      alone: 'hasPower',
      next: vacant,
    })
    expect(react(vacant, { type: 'Other' })).toMatchObject({ entry: { id: 'lamp/off/*/0', refuse: 'UNKNOWN' } })
    expect(steps()).toBe(3)
  })
  it('gives contexts that nobody can change', () => {
    expect(() => Object.assign(vacant.context, { count: 9 })).toThrow(TypeError)
    expect(Object.isFrozen((vacant.context as { readonly names: object }).names)).toBe(true)
  })
})
