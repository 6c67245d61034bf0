/** Edits of the model change what they say, and refuse to change nothing. */
import { describe, expect, it } from 'vitest'
import {
  acceptInstead,
  archived,
  cloudHsm,
  dropEntries,
  editRule,
  heldByService,
  initial,
  overrideAction,
  overrideEmission,
  overrideGuard,
  readable,
  step,
  smoke,
  tell,
  type Edit,
  type Input,
} from '../../model/index.ts'

const slots = { cluster: 1, hsm: 2, backup: 2, hardware: 0 }
const empty = smoke.find(({ name }) => name === 'smoke.tamper')?.starts[0] ?? []

const after = (edits: readonly Edit[], inputs: readonly Input[]) => {
  const model = cloudHsm({ edits })
  const told = tell(model, slots, inputs)
  const last = told.at(-1)
  if (last === undefined) throw new Error('expected a step')
  return { model, last, state: last.after }
}

describe('an edit', () => {
  it('accepts what a clause refuses, §cluster.delete.empty', () => {
    const inputs: readonly Input[] = [
      ...empty,
      { rule: 'CreateHsm', cluster: 0 },
      { rule: 'DeleteCluster', cluster: 0 },
    ]
    expect(after([], inputs).last.outcome).toBe('refused InvalidRequest (§cluster.delete.empty)')
    expect(after([acceptInstead('cluster', '§cluster.delete.empty')], inputs).state.cluster[0]?.value).toBe(
      'DELETE_IN_PROGRESS',
    )
  })
  it('hands the BEK over unwrapped, §backup.wrapped', () => {
    const exposed = ({ state }: ReturnType<typeof after>) =>
      archived(state).some(item => readable(item, heldByService(state)))
    expect(exposed(after([], empty))).toBe(false)
    expect(exposed(after([overrideAction('backup', 'wrapUnderPbk', () => ({ wrappedUnder: [] }))], empty))).toBe(true)
    expect(exposed(after([overrideAction('backup', 'encryptUnderBek', () => ({ sealedUnder: [] }))], empty))).toBe(true)
  })
  it('answers a guard otherwise, §hsm.create.source', () => {
    const edit = overrideGuard('cluster', 'hasSource', () => false)
    expect(after([edit], [...empty, { rule: 'CreateHsm', cluster: 0 }]).last.outcome).toContain('§hsm.create.source')
  })
  it('leaves a hole where the last refusal of a request is dropped', () => {
    const model = cloudHsm({ edits: [dropEntries('cluster', '§cluster.unknown', 'DeleteCluster')] })
    expect(() => step(model, initial(model, slots), { rule: 'DeleteCluster', cluster: 0 })).toThrow('hole')
  })
  it('changes whom a rule concerns, §cluster.write', () => {
    const edit = editRule('SetPolicy', 'tells no HSM', rule => ({
      ...rule,
      participants: (input, read) => rule.participants(input, read).slice(0, 1),
    }))
    const active = smoke.find(({ name }) => name === 'smoke.newest')?.starts[0] ?? []
    const inputs: readonly Input[] = [...active, { rule: 'SetPolicy', cluster: 0, as: 'CO', value: 5 }]
    const policies = ({ state }: ReturnType<typeof after>) => state.hsm[0]?.context.contents.policies
    expect([policies(after([], inputs)), policies(after([edit], inputs))]).toEqual([5, 0])
  })
  it('changes what is emitted, §leak.size', () => {
    const edit = overrideEmission('hsm', 'exchangeRecord', ({ event }) => {
      return { type: 'record', under: [], wrapped: [], size: 'value' in event ? event.value : 0 }
    })
    const model = cloudHsm({ edits: [edit] })
    const active = smoke.find(({ name }) => name === 'smoke.newest')?.starts[0] ?? []
    const { after: state } = tell(model, slots, active).at(-1) ?? {}
    if (state === undefined) throw new Error('expected a state')
    const taken = step(model, state, { rule: 'SetPolicy', cluster: 0, as: 'CO', value: 5 })
    expect(taken.kind === 'taken' && taken.emitted.map(({ event }) => event)).toEqual([
      { type: 'record', under: [], wrapped: [], size: 5 },
    ])
  })
  it.each<[string, Edit]>([
    ['a refusal', acceptInstead('cluster', '§no.such')],
    ['an entry', dropEntries('hsm', '§no.such')],
    ['a guard', overrideGuard('hsm', 'noSuch', () => true)],
    ['an action', overrideAction('hsm', 'noSuch', () => ({}))],
    ['an emission', overrideEmission('hsm', 'noSuch', () => ({ type: 'record', under: [], wrapped: [] }))],
  ])('that finds no such thing throws: %s', (_, edit) => {
    expect(() => cloudHsm({ edits: [edit] })).toThrow('expected')
  })
})

describe('a run', () => {
  it('is told in domain words', () => {
    const told = tell(cloudHsm(), slots, [
      { rule: 'CreateCluster', hsmType: 'hsm2m.medium', mode: 'FIPS', source: null },
      { rule: 'DeleteHsm', hsm: 0 },
    ])
    expect(told.map(({ what, outcome }) => `${what}: ${outcome}`)).toEqual([
      'CreateCluster hsm2m.medium FIPS: accepted',
      'DeleteHsm HSM 1: refused ResourceNotFound (§hsm.unknown)',
    ])
  })
})
