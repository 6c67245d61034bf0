/** The minimal sets of capabilities: certified set by set, and as SPEC.md has them. */
import { describe, expect, it } from 'vitest'
import { latticePage, shownSets } from '../../cli/render/index.ts'
import { blockIn, readSpec } from '../../cli/spec/index.ts'
import {
  ALL,
  DOMAIN,
  GOALS,
  LANGUAGE,
  PROFILES,
  WRITTEN,
  cheapest,
  judgeSets,
  lattice,
  omissions,
  program,
  saturate,
  stepsOnBench,
  stepsSeen,
  type Program,
  type Written,
} from '../../model/attack/index.ts'
import { cloudHsm, overrideGuard } from '../../model/index.ts'

const antichains = lattice(DOMAIN, { capabilities: ALL }, GOALS)
const shown = shownSets(antichains, judgeSets(antichains))
const setsOf = (goal: string) => antichains.find(antichain => antichain.goal === goal)?.sets ?? []

describe('the minimal sets', () => {
  it('reach their goals, while none of their proper subsets does', () => {
    expect(antichains.flatMap(({ goal, doubts }) => doubts.map(doubt => `${goal}: ${doubt}`))).toEqual([])
  })
  it('are those that SPEC.md has', () => {
    expect(blockIn(readSpec(), 'minimal sets').join('\n')).toBe(latticePage(shown).join('\n'))
  })
  it('are as many as are pinned here', () => {
    expect(antichains.map(({ sets }) => sets.length)).toEqual([
      23, 30, 27, 27, 20, 14, 7, 11, 4, 67, 67, 67, 1, 30, 1, 23, 30, 27, 27, 20, 14, 7, 11, 4, 67, 67, 67, 1, 30, 1, 3,
      4, 4,
    ])
  })
  it('are shown by runs where the model has the steps, each with a clause that allows it', () => {
    const all = shown.flatMap(({ sets: found }) => found)
    expect([all.length, all.filter(({ clauses }) => clauses.length > 0).length]).toEqual([803, 130])
  })
  it('§key.mode have no key but the FIPS production key against keys of a FIPS cluster, and that one only with hardware or the fleet', () => {
    expect(setsOf('learn.key.fips').filter(set => set.includes('other-key'))).toEqual([])
    const withKey = setsOf('learn.key.fips').filter(set => set.includes('production-key'))
    expect(withKey.every(set => set.some(one => ['fleet', 'stolen', 'hardware'].includes(one)))).toBe(true)
  })
  it('have another key of the manufacturer against a FIPS cluster with a client that trusts the whole authority, or with root keys', () => {
    const others = antichains.filter(({ goal }) => goal.endsWith('.fips')).flatMap(({ sets: found }) => found)
    const withKey = others.filter(set => set.includes('other-key'))
    expect(withKey.length).toBeGreaterThan(0)
    expect(withKey.filter(set => !set.includes('unpinned') && !set.includes('opened'))).toEqual([])
  })
  it('§key.mkbk §key.akbk have commissioned hardware of the manufacturer, or the root keys, wherever contents are landed from a backup', () => {
    const roots = ['later', 'opened', 'fleet', 'stolen', 'account', 'ceremony', 'second-share', 'client']
    expect(setsOf('land.contents.fips').filter(set => !set.some(one => roots.includes(one)))).toEqual([])
  })
})

const sets: readonly (readonly string[])[] = [
  ...new Map(
    [...PROFILES.map(({ capabilities }) => capabilities), ...antichains.flatMap(({ sets: found }) => found)].map(
      set => [set.join(), set],
    ),
  ).values(),
].toSorted((a, b) => a.length - b.length)
const seen = stepsSeen()
const without = (id: string): Program =>
  program(
    LANGUAGE,
    WRITTEN.filter(rule => rule.id !== id),
  )
const setsFor = ({ needs = [] }: Written) => sets.filter(set => needs.every(need => set.includes(need)))
const reachedBy = (rules: Program, set: readonly string[]): string => {
  const saturated = saturate(rules, { capabilities: set })
  return GOALS.filter(({ patterns }) => cheapest(LANGUAGE, saturated, patterns) !== null)
    .map(({ id }) => id)
    .join()
}

const usually = new Map<readonly string[], string>()
const reachedUsually = (set: readonly string[]): string => {
  const reached = usually.get(set) ?? reachedBy(DOMAIN, set)
  usually.set(set, reached)
  return reached
}

/** Deductions, and what the model has no step for: what they are needed for is seen in what is reached. */
const BEYOND = [
  ...['attacker.key', 'carry.reach', 'hsm.forged', 'former.user', 'former.officer', 'evil.read', 'evil.unwrap'],
  ...['unit.land', 'unit.use', 'guess.bench', 'opened.blank', 'opened.commissioned', 'later.keys', 'share.second'],
  ...['client.lured', 'client.astray', 'client.careless', 'customer.trust', 'customer.help', 'fleet.update'],
  ...['evil.session', 'open.senc', 'open.wrap', 'open.contents', 'open.command', 'join.shares', 'split.akbk'],
  ...['derive.wrapping', 'guess.offline', 'forge.contents'],
]
/** What only a broken design makes use of: test/security has it. */
const BROKEN_ONLY = ['rom.attest', 'customer.certify']

describe('the rules', () => {
  it('have derived whatever a step of the model brings about, for every profile and every minimal set', () => {
    expect([seen.length, sets.length]).toEqual([3504, 178])
    expect(sets.flatMap(set => omissions(DOMAIN, set, seen).map(({ says }) => `${set.join()}: ${says}`))).toEqual([])
  })
  it.each([
    ['hardware without AKBK opens backups', 'isCommissioned', ['hardware', 'archive']],
    ['counterfeit hardware opens them', 'isGenuine', ['counterfeit', 'ceremony', 'archive']],
    ['a key of the other mode opens them', 'isKeyOfOwnMode', ['stolen', 'archive']],
    ['firmware starts that nobody signed', 'isSigned', ['stolen', 'forge']],
  ] as const)('leave out what a model brings about in which %s', (_, guard, set) => {
    const broken = stepsOnBench(cloudHsm({ edits: [overrideGuard('hardware', guard, () => true)] }))
    expect(omissions(DOMAIN, set, broken).length).toBeGreaterThan(0)
    expect(omissions(DOMAIN, set, seen)).toEqual([])
  })
  it.each(WRITTEN.filter(({ id }) => ![...BEYOND, ...BROKEN_ONLY].includes(id)).map(rule => [rule.id, rule] as const))(
    'without %s leave out what a step of the model brings about',
    (id, rule) => {
      const less = without(id)
      expect(setsFor(rule).some(set => omissions(less, set, seen).length > 0)).toBe(true)
    },
  )
  it.each(BEYOND)('without %s reach less', id => {
    const rule = WRITTEN.find(one => one.id === id)
    const less = without(id)
    expect(setsFor(rule as Written).some(set => reachedBy(less, set) !== reachedUsually(set))).toBe(true)
  })
})
