/** Symmetry: states that differ in the order of slots only are one state, and a declaration that is none is refused. */
import { describe, expect, it } from 'vitest'
import { search, sweep, type StateQuestion, type Sweep, type Symmetry } from '../../model/explore/index.ts'
import { initialState, type NetworkState } from '../../model/network/index.ts'
import { benchmark } from '../bench/network/index.ts'
import { locks, type Locks, type LocksInput } from './locks.ts'

const INPUTS: readonly LocksInput[] = [
  { rule: 'Build' },
  ...[0, 1, 2].flatMap((lock): readonly LocksInput[] => [
    { rule: 'Cut', lock },
    { rule: 'Demolish', lock },
  ]),
  ...[0, 1, 2].map((key): LocksInput => ({ rule: 'Use', key })),
]
const SYMMETRY: Symmetry = { kinds: ['lock', 'key'], references: { key: { opens: 'lock' } } }

const options = (more: Partial<Sweep<Locks, LocksInput>> = {}) => {
  const net = locks()
  return [net, { starts: [initialState(net, { lock: 3, key: 3 })], inputs: INPUTS, ...more }] as const
}

const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
]

/** One text for all states that differ in the order of slots, worked out by trying every order. */
const orbitOf = ({ lock, key }: NetworkState<Locks>): string =>
  orders
    .flatMap(to =>
      orders.map(order => {
        const moved: string[] = []
        lock.forEach(({ value }, slot) => (moved[to[slot] ?? 0] = value))
        const keys = order.map(slot => `${key[slot]?.value} ${to[key[slot]?.context.opens ?? -1]}`)
        return [...moved, ...keys].join()
      }),
    )
    .toSorted()[0] ?? ''

describe('slots that refer to each other', () => {
  it('are reduced to the orbits of the graph that is not reduced', () => {
    const [net, given] = options()
    const orbits = new Set<string>()
    const { starts, inputs } = given
    const whole = search(net, { starts, inputs, onState: state => orbits.add(orbitOf(state)) })
    const swept = sweep(net, { ...given, symmetry: SYMMETRY })
    expect([swept.verdict, swept.states]).toEqual(['complete', orbits.size])
    expect(swept.states).toBeLessThan(whole.states / 4)
    const seen = new Set<string>()
    swept.visit(state => seen.add(orbitOf(state)))
    expect(seen).toEqual(orbits)
  })
  it('keep the verdicts, and a shortest way to a violation is one that can be taken', () => {
    const allOpen: StateQuestion = {
      name: 'never are three locks open',
      ask: ({ lock }) => ({
        given: true,
        holds: lock?.some(({ value }) => value !== 'open') === true,
        error: null,
      }),
    }
    const [net, given] = options({ states: [allOpen] })
    const ways = [undefined, SYMMETRY].map(symmetry => {
      const { violations } = sweep(net, symmetry === undefined ? given : { ...given, symmetry })
      return violations.map(({ inputs }) => inputs.length)
    })
    expect(ways).toEqual([[9], [9]])
  })
})

describe('a declared symmetry that is none is refused', () => {
  const refused = (more: Partial<Sweep<Locks, LocksInput>>) => {
    const [net, given] = options(more)
    return () => sweep(net, { symmetry: SYMMETRY, ...given })
  }
  it('where a reference was left out', () => {
    expect(refused({ symmetry: { kinds: ['lock', 'key'] } })).toThrow('expected a symmetry, got two states that differ')
  })
  it('where a rule is about one slot, with the two states that differ', () => {
    const jammed = refused({ inputs: [...INPUTS, { rule: 'Jam' }] })
    expect(jammed).toThrow(/Jam.*\n.*lock 0 \["open".*\n.*lock 0 \["none"/)
  })
  it('where a property tells slots apart', () => {
    const first: StateQuestion = {
      name: 'the first lock is shut',
      ask: ({ lock }) => ({ given: true, holds: lock?.[0]?.value !== 'open', error: null }),
    }
    expect(refused({ states: [first] })).toThrow('the first lock is shut')
  })
  it('where there is no such kind', () => {
    expect(refused({ symmetry: { kinds: ['door'] } })).toThrow('expected a kind that is interchangeable, got door')
  })
})

describe('the benchmark network', () => {
  it('has the orbits that are known of N=3, K=2, V=2', () => {
    const bench = benchmark({ hsms: 3, backups: 2, versions: 2 })
    const swept = sweep(bench.net, { ...bench, symmetry: { kinds: ['hsm', 'backup'] } })
    expect([swept.states, swept.transitions]).toEqual([8_400, 54_060])
  })
})
