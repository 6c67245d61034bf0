/** The lint passes the model's machines and catches each way of writing one that it is there for. */
import { assign, createMachine, raise, type AnyStateMachine } from 'xstate'
import { describe, expect, it } from 'vitest'
import { cloudHsm, lint } from '../../model/index.ts'

const meta = { clause: '§a.b' }
const description = 'does something'
const planted = (node: object, more: object = {}): readonly string[] => {
  const config = { id: 'planted', initial: 'a', states: { a: node, b: {} }, ...more }
  return lint('planted', createMachine(config as never) as unknown as AnyStateMachine).map(({ what }) => what)
}

describe('the lint', () => {
  it.each(Object.entries(cloudHsm().machines))('finds nothing in the machine %s', (name, machine) => {
    expect(lint(name, machine)).toEqual([])
  })
  it('finds nothing in a machine that is written well', () => {
    const refuse = { description, meta: { ...meta, refuse: 'NO' } }
    expect(planted({ on: { E: [{ guard: () => true, target: 'b', description, meta }, refuse] } })).toEqual([])
  })
  it.each<[string, string, object, object?]>([
    ['an entry that does nothing and says nothing', 'neither target', { on: { E: { description } } }],
    ['always', 'always', { always: { target: 'b', description, meta } }],
    ['after', 'after', { after: { 10: { target: 'b', description, meta } } }],
    ['invoke', 'invoke', { invoke: { src: 'x' } }],
    ['raise', 'raise', { on: { E: { actions: raise({ type: 'F' }), description, meta } } }],
    ['a function as an action', 'is a function', { on: { E: { actions: () => undefined, description, meta } } }],
    ['an entry action', 'entry', { entry: assign({}) }],
    ['a history state', 'history', { type: 'history' }],
    ['onDone', 'onDone', { onDone: { target: 'b', description, meta } }],
    ['a nested region', 'states', { initial: 'x', states: { x: {} } }],
    ['a parallel region', 'parallel', {}, { type: 'parallel', initial: undefined }],
    ['a final state', 'final', { type: 'final' }],
    [
      'a refusal with a target',
      'yet does',
      { on: { E: { target: 'b', description, meta: { ...meta, refuse: 'NO' } } } },
    ],
    [
      'a refusal with actions',
      'yet does',
      { on: { E: { actions: assign({}), description, meta: { ...meta, refuse: 'NO' } } } },
    ],
    [
      'a refusal that an unguarded entry follows',
      'unguarded entry follows',
      {
        on: {
          E: [
            { guard: () => true, description, meta: { ...meta, refuse: 'NO' } },
            { target: 'b', description, meta },
          ],
        },
      },
    ],
    ['a missing description', 'no description', { on: { E: { target: 'b', meta } } }],
    ['a missing clause', 'no clause', { on: { E: { target: 'b', description } } }],
    ['a wildcard', 'wildcard', { on: { '*': { target: 'b', description, meta } } }],
    [
      'an entry that is never asked',
      'never asked',
      {
        on: {
          E: [
            { target: 'b', description, meta },
            { guard: () => true, target: 'b', description, meta },
          ],
        },
      },
    ],
    ['transitions outside a state', 'outside', {}, { on: { E: { description, meta } } }],
  ])('catches %s', (_, finding, node, more) => {
    expect(planted(node, more).join()).toContain(finding)
  })
})
