/** The benchmark network is the network that it says it is: its counts are known, and its invariant holds. */
import { describe, expect, it } from 'vitest'
import { search } from '../../model/explore/index.ts'
import { benchmark, type BenchState } from '../bench/network/index.ts'

/** All active HSMs have one version, and in NON_FIPS mode none has contents of FIPS origin. */
const isSound = ({ cluster, hsm }: BenchState): boolean => {
  const active = hsm.filter(({ value }) => value === 'active').map(({ context }) => context)
  const isOne = new Set(active.map(({ version }) => version)).size <= 1
  return isOne && !(cluster[0]?.value === 'NON_FIPS' && active.some(({ mode }) => mode === 'FIPS'))
}

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
