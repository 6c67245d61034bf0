/** The one condition for want of which an event was not accepted is named; where several are wanting, none is. */
import { and, not, or, setup } from 'xstate'
import { describe, expect, it } from 'vitest'
import { guardText, uniqueCause } from '../../model/network/index.ts'
import { cloudHsm, initial, step, type Input } from '../../model/index.ts'

interface Door {
  readonly type: 'Open'
  readonly locked: boolean
  readonly key: boolean
  readonly push: boolean
}

const door = setup({
  types: { events: {} as Door },
  guards: {
    isLocked: ({ event }) => event.locked,
    hasKey: ({ event }) => event.key,
    isPushed: ({ event }) => event.push,
    isNobody: () => {
      throw new Error('nobody to ask')
    },
    opens: or([not('isLocked'), 'hasKey']),
  },
}).createMachine({})

const cause = (guard: unknown, event: Omit<Door, 'type'>) => uniqueCause(door, guard, { context: {}, event })
const GUARD = and(['isPushed', 'opens', not('isLocked')])

describe('the unique cause of a guard that does not hold', () => {
  it.each<[string | null, Omit<Door, 'type'>]>([
    ['isPushed', { locked: false, key: false, push: false }],
    ['not isLocked', { locked: true, key: true, push: true }],
    [null, { locked: true, key: false, push: true }],
    [null, { locked: false, key: true, push: true }],
  ])('is %s', (expected, event) => {
    expect(cause(GUARD, event)).toBe(expected)
  })
  it('is none where a guard cannot be asked', () => {
    expect(cause(and(['isPushed', 'isNobody']), { locked: false, key: false, push: false })).toBeNull()
  })
  it('is the guard itself where it is no conjunction', () => {
    expect(cause('hasKey', { locked: true, key: false, push: true })).toBe('hasKey')
    expect(guardText(GUARD)).toBe('isPushed and opens and not isLocked')
  })
})

describe('a guard in words', () => {
  it('keeps together what belongs together', () => {
    expect(guardText(not(or(['isLocked', 'hasKey'])))).toBe('not (isLocked or hasKey)')
    expect(guardText(and(['isPushed', or(['hasKey', not('isLocked')])]))).toBe('isPushed and (hasKey or not isLocked)')
    expect(guardText(or([and(['isPushed', 'hasKey']), 'opens']))).toBe('(isPushed and hasKey) or opens')
  })
})

describe('a refusal of the model', () => {
  const model = cloudHsm()
  const aloneOf = (...inputs: readonly Input[]): string | null | undefined => {
    let state = initial(model, { cluster: 1, hsm: 1, backup: 1, hardware: 1 })
    let alone: string | null | undefined
    for (const input of inputs) {
      const taken = step(model, state, input)
      if (taken.kind === 'blocked') throw new Error(`expected a step: ${input.rule}`)
      state = taken.after
      alone = taken.fired[0]?.alone
    }
    return alone
  }
  const fresh: readonly Input[] = [
    { rule: 'CreateCluster', hsmType: 'hsm2m.medium', mode: 'FIPS', source: null },
    { rule: 'ClusterCreated', cluster: 0 },
  ]
  const claimed = (certificate: 'matching' | 'mismatched'): Input => ({
    rule: 'InitializeCluster',
    cluster: 0,
    certificate,
    value: 1,
  })

  it('names what alone was wanting, §cluster.initialize.csr', () => {
    expect(aloneOf(...fresh, claimed('matching'))).toBe('hasActiveHsm')
  })
  it('names nothing where two things were wanting, and nothing of what is accepted', () => {
    expect(aloneOf(...fresh, claimed('mismatched'))).toBeNull()
    expect(aloneOf(...fresh)).toBeNull()
  })
})
