/** The benchmark networks are the networks that they say they are: their counts are known, and their invariants hold. */
import { describe, expect, it } from 'vitest'
import { search } from '../../model/explore/index.ts'
import { benchmark, type BenchState } from '../bench/network/index.ts'
import { policies, users, type PoliciesState } from '../bench/variants/index.ts'
import { runXState } from '../bench/xstate/index.ts'

/** All active HSMs have one version, and in NON_FIPS mode none has contents of FIPS origin. */
const isSound = ({ cluster, hsm }: Pick<BenchState | PoliciesState, 'cluster' | 'hsm'>): boolean => {
  const active = hsm.filter(({ value }) => value === 'active').map(({ context }) => context)
  const isOne = new Set(active.map(({ version }) => version)).size <= 1
  return isOne && !(cluster[0]?.value === 'NON_FIPS' && active.some(({ mode }) => mode === 'FIPS'))
}

const namesOf = (inputs: readonly { readonly rule: string }[]): readonly string[] => [
  ...new Set(inputs.map(({ rule }) => rule)),
]

describe('the benchmark network', () => {
  const { net, inputs, starts } = benchmark({ hsms: 3, backups: 2, versions: 2 })
  let unsound = 0
  const { verdict, states, transitions } = search(net, {
    starts,
    inputs,
    onState: state => {
      if (!isSound(state)) unsound += 1
    },
  })

  it('has the states and transitions that are known of N=3, K=2, V=2', () => {
    expect([verdict, states, transitions]).toEqual(['complete', 54_096, 348_096])
  })
  it('keeps its invariant', () => {
    expect(unsound).toBe(0)
  })
})

describe('the benchmark network as one XState machine', () => {
  const size = { hsms: 2, backups: 1, versions: 2 }
  it('has the same states and transitions for the explorer of XState, and those in which the mode is chosen', () => {
    const { net, inputs, starts } = benchmark(size)
    const { states, transitions } = search(net, { starts, inputs })
    expect(runXState(size, 60)).toMatchObject({ states: states + 1, transitions: transitions + 2 })
    expect(states).toBe(840)
  })
  it('is given up when its time is up', () => {
    expect(runXState({ hsms: 4, backups: 4, versions: 4 }, 0.5)).toBeNull()
  })
})

describe('the variant with wider local states', () => {
  const { net, inputs, starts } = policies.build(policies.small.size)
  const fired = new Set<string>()
  let unsound = 0
  let differing = 0
  const { verdict, states, transitions } = search(net, {
    starts,
    inputs,
    onState: state => {
      if (!isSound(state)) unsound += 1
      const active = state.hsm.filter(({ value }) => value === 'active')
      if (new Set(active.map(({ context }) => context.policy)).size > 1) differing += 1
    },
    onStep: (_, { rule }, { kind }) => {
      if (kind === 'taken') fired.add(rule)
    },
  })

  it('has the states and transitions that Spin counts too', () => {
    expect([verdict, states, transitions]).toEqual(['complete', policies.small.states, policies.small.transitions])
    expect([states, transitions]).toEqual([26_568, 159_408])
  })
  it('keeps the invariant, takes every rule, and has active HSMs of different policies', () => {
    expect(unsound).toBe(0)
    expect([...fired].toSorted()).toEqual(namesOf(inputs).toSorted())
    expect(differing).toBeGreaterThan(0)
  })
})

describe('the variant with users', () => {
  const { net, inputs, starts } = users.build(users.small.size)
  const fired = new Set<string>()
  let unsound = 0
  const { verdict, states, transitions } = search(net, {
    starts,
    inputs,
    onState: state => {
      if (!isSound(state)) unsound += 1
    },
    onStep: (_, { rule }, { kind }) => {
      if (kind === 'taken') fired.add(rule)
    },
  })

  it('has the states and transitions that Spin counts too', () => {
    expect([verdict, states, transitions]).toEqual(['complete', users.small.states, users.small.transitions])
    expect([states, transitions]).toEqual([23_000, 141_440])
  })
  it('keeps the invariant, and takes every rule', () => {
    expect(unsound).toBe(0)
    expect([...fired].toSorted()).toEqual(namesOf(inputs).toSorted())
  })
})
