/** The minimal sets of capabilities: certified set by set, and as SPEC.md has them. */
import { describe, expect, it } from 'vitest'
import { latticePage } from '../../cli/render/index.ts'
import { blockIn, readSpec } from '../../cli/spec/index.ts'
import { ALL, DOMAIN, GOALS, lattice } from '../../model/attack/index.ts'

const antichains = lattice(DOMAIN, { capabilities: ALL }, GOALS)
const setsOf = (goal: string) => antichains.find(antichain => antichain.goal === goal)?.sets ?? []

describe('the minimal sets', () => {
  it('reach their goals, while none of their proper subsets does', () => {
    expect(antichains.flatMap(({ goal, doubts }) => doubts.map(doubt => `${goal}: ${doubt}`))).toEqual([])
  })
  it('are those that SPEC.md has', () => {
    expect(blockIn(readSpec(), 'minimal sets').join('\n')).toBe(latticePage(antichains).join('\n'))
  })
  it('are as many as are pinned here', () => {
    expect(antichains.map(({ sets }) => sets.length)).toEqual([
      23, 30, 30, 30, 20, 14, 7, 11, 4, 81, 81, 81, 1, 29, 7, 23, 30, 30, 30, 20, 14, 7, 11, 4, 81, 81, 81, 1, 29, 7, 3,
      4, 4,
    ])
  })
  it('§key.mode have no key but the FIPS production key against keys of a FIPS cluster, and that one only with hardware or the fleet', () => {
    expect(setsOf('learn.key.fips').filter(set => set.includes('other-key'))).toEqual([])
    const withKey = setsOf('learn.key.fips').filter(set => set.includes('production-key'))
    expect(withKey.every(set => set.some(one => ['fleet', 'stolen', 'hardware'].includes(one)))).toBe(true)
  })
  it('§key.mkbk §key.akbk have commissioned hardware of the manufacturer, or the root keys, wherever contents are landed from a backup', () => {
    const roots = ['later', 'opened', 'fleet', 'stolen', 'account', 'ceremony', 'second-share', 'client']
    expect(setsOf('land.contents.fips').filter(set => !set.some(one => roots.includes(one)))).toEqual([])
  })
})
