/** What every rule of the model keeps to, in every state of a scope or on long walks. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  RULES,
  clausesOf,
  cloudHsm,
  editRule,
  explore,
  initial,
  inputsOf,
  pending,
  scopeNamed,
  smoke,
  step,
  withValue,
  type Edit,
  type RuleName,
  type State,
} from '../../model/index.ts'

const scope = scopeNamed('smoke.lifecycle')
if (scope === undefined) throw new Error('expected smoke.lifecycle')

/** Makes a rule throw where it reads the local state of one who does not take part. */
const watched = (name: RuleName): Edit =>
  editRule(name, 'watches what it reads', rule => ({
    ...rule,
    participants: (input, read) => {
      const reads = new Set<string>()
      const local: typeof read.local = (kind, slot) => {
        reads.add(`${kind} ${slot}`)
        return read.local(kind, slot)
      }
      const participants = rule.participants(input, { ...read, local })
      const present = new Set(participants.map(({ kind, slot }) => `${kind} ${slot}`))
      const foreign = [...reads].filter(item => !present.has(item))
      if (foreign.length > 0) throw new Error(`${name} reads ${foreign.join()}`)
      return participants
    },
  }))

describe('a rule', () => {
  it('reads nothing but its input, the view and its participants', () => {
    const edits = cloudHsm().rules.map(({ name }) => watched(name as RuleName))
    for (const each of smoke) expect(explore(cloudHsm({ edits }), each, { maxStates: 3000 }).states).toBeGreaterThan(0)
  })
  it('that reads another is caught', () => {
    const nosy = editRule('BackupSealed', 'reads an HSM', rule => ({
      ...rule,
      participants: (input, read) => {
        read.local('hsm', 1)
        return rule.participants(input, read)
      },
    }))
    expect(() => explore(cloudHsm({ edits: [nosy, watched('BackupSealed')] }), scope)).toThrow('reads hsm 1')
  })
  it('that refuses changes nothing, §port.frame', () => {
    let refused = 0
    explore(cloudHsm(), scope, {
      maxStates: 5000,
      onStep: (before, _, taken) => {
        if (taken.kind !== 'taken' || taken.outcome.kind !== 'refused') return
        refused += 1
        if (taken.after !== before) throw new Error('expected a refusal to change nothing')
      },
    })
    expect(refused).toBeGreaterThan(1000)
  })
  it('that settles is never refused', () => {
    const settles = new Set<string>(RULES.settle)
    explore(cloudHsm(), scope, {
      onStep: (_, input, taken) => {
        if (settles.has(input.rule)) expect(taken.kind === 'taken' && taken.outcome.kind === 'refused').toBe(false)
      },
    })
  })
})

describe('tokens', () => {
  it('are not told apart: a run with fresh tokens goes as the run with one', () => {
    const model = cloudHsm()
    const slots = { cluster: 2, hsm: 3, backup: 3, hardware: 1 }
    const inputs = inputsOf(Object.values(RULES).flat(), {
      slots,
      clusters: [
        ['hsm2m.medium', 'FIPS'],
        ['hsm1.medium', 'FIPS'],
      ],
      values: [1],
    })
    let [one, fresh] = [initial(model, slots), initial(model, slots)]
    let seed = 1
    let taken = 0
    for (let at = 2; at < 30_000; at += 1) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
      const input = inputs[(seed >>> 8) % inputs.length] ?? { rule: 'Elapse' }
      const [a, b] = [step(model, one, input), step(model, fresh, withValue(input, at))]
      expect(b.kind === 'taken' ? b.outcome : b).toEqual(a.kind === 'taken' ? a.outcome : a)
      if (a.kind === 'taken' && b.kind === 'taken') {
        if (a.outcome.kind !== 'refused') taken += 1
        ;[one, fresh] = [a.after, b.after]
      }
      expect(keys(fresh).replaceAll(/"(\w+)":[1-9]\d*/g, flatten)).toBe(keys(one))
    }
    expect(taken).toBeGreaterThan(500)
  })
})

const keys = (state: State) =>
  JSON.stringify(state, (name, value: unknown) => (name === 'id' || name === 'key' ? undefined : value))
const PARTS = [
  'users',
  'officer',
  'second',
  'third',
  'keys',
  'certificates',
  'policies',
  'quorum',
  'configuration',
  'certificate',
]
const flatten = (whole: string, name: string) => (PARTS.includes(name) ? `"${name}":1` : whole)

describe('pending', () => {
  it('lists a settle that only the number of slots keeps from taking place, §hsm.join.snapshot', () => {
    const model = cloudHsm()
    const start = smoke.find(({ name }) => name === 'smoke.newest')?.starts[0] ?? []
    const inputs = [...start, { rule: 'CreateHsm', cluster: 0 } as const]
    const run = (backup: number) =>
      inputs.reduce(
        (state, input) => {
          const taken = step(model, state, input)
          if (taken.kind !== 'taken') throw new Error('expected a step')
          return taken.after
        },
        initial(model, { cluster: 1, hsm: 2, backup, hardware: 0 }),
      )
    const due = [
      { rule: 'PeerBackedUp', hsm: 1 },
      { rule: 'ClusterBackedUp', cluster: 0 },
    ]
    expect(pending(model, run(0))).toEqual(due.map(input => ({ input, blocked: 'bound' })))
    expect(pending(model, run(1))).toEqual(due.map(input => ({ input, blocked: null })))
  })
})

describe('clauses', () => {
  const lines = readFileSync(new URL('../../SPEC.md', import.meta.url), 'utf8').split('\n')
  const clauses = lines.flatMap(line => {
    const id = /^\*\*(§[\w.]+)\*\*/.exec(line)?.[1]
    return id === undefined ? [] : [{ id, isWaived: line.includes('[waived model') }]
  })
  const linked = clausesOf(cloudHsm())

  it('are each modelled, or waived for the model', () => {
    expect(clauses.length).toBeGreaterThan(100)
    expect(clauses.filter(({ id, isWaived }) => !isWaived && !linked.has(id))).toEqual([])
  })
  it('that the model names exist', () => {
    const known = new Set(clauses.map(({ id }) => id))
    expect([...linked.keys()].filter(id => !known.has(id))).toEqual([])
  })
})
