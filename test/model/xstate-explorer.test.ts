/** XState's own explorer merges states that differ and tells apart states that do not; a network refuses them, or does not. */
import { assign, createMachine, getInitialSnapshot, transition, type AnyStateMachine } from 'xstate'
import { getAdjacencyMap, getShortestPaths } from 'xstate/graph'
import { describe, expect, it } from 'vitest'
import { search } from '../../model/explore/index.ts'
import { fold, initialState, network, type EventLike, type Rule } from '../../model/network/index.ts'

type One = { readonly it: { readonly value: string; readonly context: object; readonly event: EventLike } }
interface Send {
  readonly rule: string
}

/** The network of one machine, with a rule for each event. */
const alone = (machine: AnyStateMachine, events: readonly string[]) => {
  const rules = events.map((name): Rule<One, null, Send> => {
    const participants = () => [{ kind: 'it' as const, slot: 0, event: { type: name } }]
    return { name, family: 'test', clauses: [], description: name, holes: 'disabled', participants }
  })
  const view = fold<One, null, null>({ focuses: () => 0, initial: () => null, add: () => null, result: () => null })
  return network<One, null, Send, string>({ kinds: { it: { machine, free: [], queue: false } }, rules, view })
}

/** The value that the machine is in after these events. */
const valueAfter = (machine: AnyStateMachine, events: readonly string[]): unknown =>
  events.reduce((snapshot, type) => transition(machine, snapshot, { type })[0], getInitialSnapshot(machine)).value

/** The values that XState's explorer finds. */
const valuesFound = (machine: AnyStateMachine): readonly unknown[] =>
  getShortestPaths(machine).map(({ state }) => state.value)

describe('a Map in the context', () => {
  const safe = createMachine({
    context: { seen: new Map<string, boolean>() },
    initial: 'shut',
    states: {
      shut: {
        on: {
          Look: { actions: assign({ seen: ({ context }) => new Map(context.seen).set('code', true) }) },
          Open: { guard: ({ context }) => context.seen.has('code'), target: 'open' },
        },
      },
      open: {},
    },
  }) as unknown as AnyStateMachine

  it('makes XState miss a state that two events reach', () => {
    expect(valueAfter(safe, ['Look', 'Open'])).toBe('open')
    expect(valuesFound(safe)).toEqual(['shut'])
  })
  it('is refused by a network, by name', () => {
    expect(() => alone(safe, ['Look', 'Open'])).toThrow('machine it in state shut: context.seen is a Map')
  })
})

describe('history', () => {
  const heater = createMachine({
    context: { warm: true },
    initial: 'off',
    states: {
      off: { on: { Power: { target: 'on.last', actions: assign({ warm: false }) } } },
      on: {
        initial: 'low',
        on: { Power: 'off' },
        states: {
          low: { on: { Turn: { target: 'high', actions: assign({ warm: true }) } } },
          high: { on: { Press: { guard: ({ context }) => !context.warm, target: '#broken' } } },
          last: { type: 'history' },
        },
      },
      broken: { id: 'broken' },
    },
  }) as unknown as AnyStateMachine

  it('makes XState miss a state that five events reach', () => {
    expect(valueAfter(heater, ['Power', 'Turn', 'Power', 'Power', 'Press'])).toBe('broken')
    expect(valuesFound(heater)).not.toContain('broken')
  })
  it('is refused by a network, by name', () => {
    expect(() => alone(heater, ['Power', 'Turn', 'Press'])).toThrow('machine it in state on.last: is a history state')
  })
})

describe('the order of keys in the context', () => {
  const vote = (name: string) => ({
    actions: assign({ votes: ({ context }: { context: { votes: object } }) => ({ ...context.votes, [name]: true }) }),
  })
  const ballot = createMachine({
    context: { votes: {} },
    initial: 'open',
    states: { open: { on: { A: vote('a'), B: vote('b') } } },
  }) as unknown as AnyStateMachine

  it('makes XState tell two states apart that are one: a, b and b, a', () => {
    expect(Object.keys(getAdjacencyMap(ballot, {}))).toHaveLength(5)
  })
  it('makes no difference in a network: none, a, b, both', () => {
    const net = alone(ballot, ['A', 'B'])
    const inputs = [{ rule: 'A' }, { rule: 'B' }]
    const found = search(net, { starts: [initialState(net, { it: 1 })], inputs })
    expect(found).toMatchObject({ verdict: 'complete', states: 4, transitions: 8, depth: 2 })
  })
})

describe('an event that nothing comes of', () => {
  const wall = createMachine({
    initial: 'up',
    states: { up: { on: { Push: { guard: () => false, target: 'down' } } }, down: {} },
  }) as unknown as AnyStateMachine

  it('makes XState queue the state again, and write its key again', () => {
    let keys = 0
    const serializeState = (state: object) => {
      keys += 1
      return JSON.stringify(state)
    }
    const events = [1, 2, 3].map(by => ({ type: 'Push', by }))
    expect(Object.keys(getAdjacencyMap(wall, { serializeState, events } as never))).toHaveLength(1)
    expect(keys).toBe(1 + events.length)
  })
  it('is no step of a network', () => {
    const net = alone(wall, ['Push'])
    const found = search(net, { starts: [initialState(net, { it: 1 })], inputs: [{ rule: 'Push' }] })
    expect(found).toMatchObject({ verdict: 'complete', states: 1, transitions: 0, depth: 0 })
  })
})
