/** The network on a toy that can be checked by hand. */
import { describe, expect, it } from 'vitest'
import { canonical, initialState, step } from '../../model/network/index.ts'
import { toy, type ToyInput } from './toy.ts'

const run = (...inputs: readonly ToyInput[]) => {
  const net = toy()
  let state = initialState(net, { lamp: 2, ticket: 2 })
  const steps = inputs.map(input => {
    const taken = step(net, state, input)
    if (taken.kind === 'taken') state = taken.after
    return taken
  })
  const last = steps.at(-1)
  if (last === undefined) throw new Error('expected a step')
  return {
    net,
    state,
    last,
    values: state.lamp.map(({ value }) => value),
    tickets: state.ticket.map(t => t.context.number),
  }
}

describe('a step of a network', () => {
  it('is accepted with the entry that fired', () => {
    const { last, values } = run({ rule: 'Light', lamp: 1 })
    expect(values).toEqual(['off', 'on'])
    expect(last).toMatchObject({ outcome: { kind: 'accepted' }, fired: [{ id: 'lamp/off/Light/0', slot: 1 }] })
  })
  it('that is refused changes nothing, and names the entry that refused', () => {
    const { last, values } = run({ rule: 'Light', lamp: 0 }, { rule: 'Light', lamp: 1 })
    expect(values).toEqual(['on', 'off'])
    expect(last).toMatchObject({ outcome: { kind: 'refused', code: 'DARK' }, fired: [{ id: 'lamp/off/Light/1' }] })
  })
  it('that fails has its effects', () => {
    const { last, values } = run({ rule: 'Break', lamp: 0 })
    expect(values).toEqual(['broken', 'off'])
    expect(last).toMatchObject({ outcome: { kind: 'failed', code: 'BROKEN' } })
  })
  it('is disabled where a settle selects nothing, and throws where a request does', () => {
    expect(run({ rule: 'Light', lamp: 0 }, { rule: 'Break', lamp: 0 }).last).toEqual({
      kind: 'blocked',
      by: 'disabled',
    })
    expect(() => run({ rule: 'Break', lamp: 0 }, { rule: 'Light', lamp: 0 })).toThrow('hole')
  })
  it('is refused by the first participant in order, and by none that could not take part', () => {
    const { last } = run({ rule: 'Light', lamp: 1 }, { rule: 'Pair' })
    expect(last).toMatchObject({ outcome: { kind: 'refused', code: 'DARK' }, fired: [{ machine: 'lamp' }] })
  })
  it('tells later participants what earlier ones selected', () => {
    expect(run({ rule: 'Pair' }).tickets).toEqual([7, 0])
  })
  it('keeps a participant as it is that only has to be able to take part', () => {
    const { last, values, tickets } = run({ rule: 'Try', lamp: 0 })
    expect([values, tickets]).toEqual([
      ['off', 'off'],
      [9, 0],
    ])
    expect(last).toMatchObject({ outcome: { kind: 'accepted' }, fired: [{ machine: 'ticket' }] })
    expect(run({ rule: 'Light', lamp: 0 }, { rule: 'Try', lamp: 0 }).last).toEqual({ kind: 'blocked', by: 'disabled' })
  })
  it('passes over who takes part along with another that does not', () => {
    const both = run({ rule: 'Follow', lamp: 0 })
    expect([both.values, both.tickets]).toEqual([
      ['broken', 'broken'],
      [2, 0],
    ])
    const neither = run({ rule: 'Light', lamp: 0 }, { rule: 'Follow', lamp: 0 })
    expect([neither.values, neither.tickets]).toEqual([
      ['on', 'off'],
      [1, 0],
    ])
  })
  it('is blocked by the bound where no slot is free', () => {
    const full = run({ rule: 'Issue', number: 1 }, { rule: 'Issue', number: 2 }, { rule: 'Issue', number: 3 })
    expect(full.last).toEqual({ kind: 'blocked', by: 'bound' })
  })
  it('closes the gaps of a queue, and says where each slot went', () => {
    const { last, tickets } = run(
      { rule: 'Issue', number: 1 },
      { rule: 'Issue', number: 2 },
      { rule: 'Tear', ticket: 0 },
    )
    expect(tickets).toEqual([2, 0])
    expect(last).toMatchObject({ moved: [{ kind: 'ticket', to: [null, 0] }] })
  })
  it('says that a slot was emptied where no other moves', () => {
    const { last } = run({ rule: 'Issue', number: 1 }, { rule: 'Tear', ticket: 0 })
    expect(last).toMatchObject({ moved: [{ kind: 'ticket', to: [null, null] }] })
  })
  it('runs XState once for each local state and event', () => {
    const { net } = run({ rule: 'Light', lamp: 0 }, { rule: 'Light', lamp: 1 }, { rule: 'Light', lamp: 1 })
    expect(net.reactors.lamp.steps()).toBe(2)
  })
})

describe('the canonical text', () => {
  it('is one for equal values, whatever the order of their fields', () => {
    expect(canonical({ b: [1, null], a: 'x' })).toBe(canonical({ a: 'x', b: [1, null] }))
  })
  it.each([[undefined], [NaN], [new Map()], [() => 0], [{ a: undefined }], [1n], [new Date(0)]])(
    'refuses what JSON would lose: %s',
    value => {
      expect(() => canonical(value)).toThrow('plain data')
    },
  )
})
