/** The scopes of every test run reach all there is, both sides of every guard included, but for what SPEC.md lists; and what is not reached is caught. */
import { describe, expect, it } from 'vitest'
import { readSpec, unreachedIn } from '../../cli/spec/index.ts'
import {
  acceptInstead,
  cloudHsm,
  editRule,
  itemsOf,
  overrideGuard,
  reachedUnderAll,
  scopeNamed,
  smoke,
  transitionsOf,
  unreached,
  type Edit,
} from '../../model/index.ts'

const rows = unreachedIn(readSpec())
const listed = rows.flatMap(({ item, but }) => (but === undefined ? [item] : []))
const newest = [scopeNamed('smoke.newest')].flatMap(scope => scope ?? [])
const missedWith = (edits: readonly Edit[]) => {
  const before = new Set(unreached(reachedUnderAll(newest)))
  return unreached(reachedUnderAll(newest, edits)).filter(item => !before.has(item))
}

describe('smoke', () => {
  const reached = reachedUnderAll(smoke)

  it('reaches every transition, rule, refusal and side of a guard, but for those that SPEC.md lists, which it does not', () => {
    expect(unreached(reached).toSorted()).toEqual(listed.toSorted())
  })
  it('has hundreds of items to reach, of all four kinds', () => {
    const items = itemsOf(cloudHsm(), reached)
    const all = items.map(({ item }) => item)
    expect(new Set(items.map(({ kind }) => kind)).size).toBe(4)
    expect(new Set(all).size).toBe(all.length)
    for (const item of ['hsm/ACTIVE/FailHsm/0', 'FailHsm', 'DeleteHsm/ResourceNotFound/§hsm.unknown'])
      expect(all).toContain(item)
    expect(all).toContain('hsm/CREATE_IN_PROGRESS/HsmRestored isDue yes')
    expect(all.length).toBeGreaterThan(450)
  })
})

describe('the list in SPEC.md', () => {
  it('gives a reason for each item, and has no more than 2 % of the transitions', () => {
    const ids = new Set(transitionsOf(cloudHsm()).map(({ id }) => id))
    expect(listed.length).toBeGreaterThan(0)
    expect(rows.filter(({ item }) => ids.has(item)).length).toBeLessThanOrEqual(ids.size / 50)
  })
  it('is read from one section only, and no further', () => {
    const text =
      '### 1.5 What no scope reaches\n\n| item | why |\n|---|---|\n| `a b` | c d |\n\n## 2 Next\n| `e` | f |\n'
    expect(unreachedIn(text)).toEqual([{ item: 'a b', reason: 'c d', line: 5 }])
    const but = text.replace('c d', '`choice.x` `accepted` | c d')
    expect(unreachedIn(but)).toMatchObject([{ reason: 'c d', but: { choice: 'choice.x', value: 'accepted' } }])
    expect(unreachedIn(text.replace('What no', 'What a'))).toEqual([])
  })
})

describe('what is no longer reached', () => {
  it('is told: a side of a guard, and what comes of it', () => {
    const missed = missedWith([overrideGuard('hsm', 'isCopied', () => false)])
    expect(missed).toContain('hsm/CREATE_IN_PROGRESS/PeerBackedUp isCopied yes')
    expect(missed).not.toContain('hsm/CREATE_IN_PROGRESS/PeerBackedUp isCopied no')
    expect(missed).toContain('hsm/CREATE_IN_PROGRESS/FailSeal/0')
  })
  it('is told: a refusal', () => {
    expect(missedWith([acceptInstead('hsm', '§hsm.delete.state')])).toContain(
      'DeleteHsm/InvalidRequest/§hsm.delete.state',
    )
  })
  it('is told: a rule', () => {
    const nobody = editRule('FailHsm', 'concerns nobody', rule => ({ ...rule, participants: () => [] }))
    expect(missedWith([nobody])).toContain('FailHsm')
  })
})
