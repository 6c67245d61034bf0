/** The fast explorer finds what the plain one finds: on a toy, on the benchmark network, and in every smoke scope. */
import { describe, expect, it } from 'vitest'
import { modelsOf, smoke, starts } from '../../model/index.ts'
import { sweep } from '../../model/explore/index.ts'
import { initialState, network } from '../../model/network/index.ts'
import { benchmark } from '../bench/network/index.ts'
import { expectAgreement } from './agreement.ts'
import { toy, type ToyInput } from './toy.ts'

const tickets: readonly ToyInput[] = [
  { rule: 'Pair' },
  ...[1, 2].map((number): ToyInput => ({ rule: 'Issue', number })),
  ...[0, 1].map((ticket): ToyInput => ({ rule: 'Tear', ticket })),
]
const lights = [0, 1].map((lamp): ToyInput => ({ rule: 'Light', lamp }))
const breaks = [0, 1].map((lamp): ToyInput => ({ rule: 'Break', lamp }))

describe('the fast explorer and the plain one agree, state by state and step by step', () => {
  it('on a toy with refusals, failures, free slots and a queue', () => {
    for (const inputs of [
      [...lights, ...tickets],
      [...breaks, ...tickets],
    ]) {
      const net = toy()
      const { swept, compared } = expectAgreement(net, { starts: [initialState(net, { lamp: 2, ticket: 2 })], inputs })
      expect(swept.states).toBeGreaterThan(20)
      expect(compared).toBe(swept.states * inputs.length)
    }
  })
  it('on the benchmark network', () => {
    const bench = benchmark({ hsms: 3, backups: 2, versions: 2 })
    const { swept } = expectAgreement(bench.net, bench)
    expect([swept.states, swept.transitions]).toEqual([54_096, 348_096])
  })
  for (const scope of smoke)
    it(`in ${scope.name}`, () => {
      for (const model of modelsOf(scope))
        expectAgreement(model, { starts: starts(model, scope), inputs: scope.inputs })
    })
})

describe('the fast explorer', () => {
  it('says where the model has no answer, with a shortest way there', () => {
    const net = toy()
    const { verdict, problem } = sweep(net, {
      starts: [initialState(net, { lamp: 2, ticket: 2 })],
      inputs: [...lights, ...breaks],
    })
    expect([verdict, problem?.inputs, problem?.input]).toEqual(['undecided', [breaks[0]], lights[0]])
    expect(problem?.error.message).toBe('hole: Light selects nothing in lamp 0')
  })
  it('gives up beyond a bound, with what it found', () => {
    const bench = benchmark({ hsms: 3, backups: 2, versions: 2 })
    const swept = sweep(bench.net, { ...bench, maxStates: 1000 })
    expect(swept.verdict).toBe('undecided')
    expect(swept.states).toBeGreaterThan(1000)
    expect(swept.states).toBeLessThan(54_096)
    expect(sweep(bench.net, { ...bench, maxBytes: 1 }).verdict).toBe('undecided')
  })
})

describe('a rule', () => {
  it('that does not do the same twice is refused by name', () => {
    let calls = 0
    const net = toy()
    const rules = net.rules.map(rule => ({
      ...rule,
      participants: (input: ToyInput, read: Parameters<typeof rule.participants>[1]) => {
        calls += 1
        return rule.name === 'Issue' && calls % 2 === 0 ? [] : rule.participants(input, read)
      },
    }))
    const odd = network({ kinds: net.kinds, view: net.view, rules })
    const { verdict, problem } = sweep(odd, {
      starts: [initialState(odd, { lamp: 1, ticket: 1 })],
      inputs: [{ rule: 'Issue', number: 1 }],
    })
    expect([verdict, problem?.error.message]).toEqual([
      'undecided',
      'rule Issue does not do the same twice: let it depend on what it reads only',
    ])
  })
})
