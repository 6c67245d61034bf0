/** The derivation of attacks on toys: what it must find, what it must not, and what it must not claim. */
import { describe, expect, it } from 'vitest'
import {
  judge,
  lattice,
  lint,
  parse,
  reader,
  saturate,
  show,
  type Program,
  type Theatre,
  type Written,
} from '../../model/attack/index.ts'
import { ANYTHING, ENDLESS, FEEDBACK, FIXED, FORKED, HEIGHT, MODES, NAMED, ONCE, STAIRS, toy } from './attack-toys.ts'

const SECRET = [parse('know(secret)')]
const ask = <S>(rules: Program, theatre: Theatre<S>, isEnd: (state: S) => boolean, given = {}) =>
  judge(rules, { capabilities: [], ...given }, { patterns: SECRET, isEnd }, theatre)
const ids = (steps: readonly { readonly rule: { readonly id: string } }[]) => steps.map(({ rule }) => rule.id)

describe('an attack', () => {
  it('that needs feedback is found: build, have it opened, use the answer', () => {
    const verdict = ask(toy(FEEDBACK), ANYTHING, state => state.join() === 'ticket,serve')
    expect(verdict.kind === 'attack' && ids(verdict.run.steps)).toEqual(['ticket', 'serve'])
  })
  it('is none where an oracle is missing, or nothing can be built', () => {
    const without = (id: string) => toy(FEEDBACK.filter(rule => rule.id !== id))
    expect(ask(without('ticket'), ANYTHING, () => true)).toEqual({ kind: 'secret', terms: 2 })
    expect(ask(without('open'), ANYTHING, () => true).kind).toBe('secret')
    expect(ask(toy(FEEDBACK, { constructors: ['order', 'pair'] }), ANYTHING, () => true)).toEqual({
      kind: 'secret',
      terms: 2,
    })
  })
  it('takes two HSMs whose modes are each fixed once, although the cheapest derivation has one of them in both', () => {
    const isEnd = (state: Readonly<Record<string, string>>) => Object.values(state).toSorted().join() === 'fips,other'
    const verdict = ask(toy(MODES), FIXED, isEnd)
    expect(verdict.kind === 'attack' && ids(verdict.run.steps).toSorted()).toEqual(['fix', 'fix', 'get'])
    const alone = toy(MODES.filter(({ id }) => id !== 'get'))
    expect(ask(alone, FIXED, isEnd)).toEqual({ kind: 'undecided', cause: 'not replayed: its steps exclude each other' })
  })
})

describe('branches that exclude each other', () => {
  it('are undecided, and secret where the choice is part of the name', () => {
    const isBoth = (state: readonly string[]) => state.includes('left') && state.includes('right')
    expect(ask(toy(FORKED), ONCE, isBoth)).toEqual({
      kind: 'undecided',
      cause: 'not replayed: its steps exclude each other',
    })
    expect(ask(toy(NAMED), ONCE, isBoth)).toEqual({ kind: 'secret', terms: 2 })
  })
  it('are an attack in a world in which they do not', () => {
    expect(ask(toy(FORKED), ANYTHING, state => state.length === 2).kind).toBe('attack')
  })
})

describe('an attack one level beyond the bounds is never a plain secret', () => {
  it('where names beyond them are one: it is undecided', () => {
    const third = (state: number) => state === 3
    expect(ask(toy(STAIRS), HEIGHT, third)).toEqual({
      kind: 'undecided',
      cause: 'not replayed: names beyond the bound are one',
    })
    expect(ask(toy(STAIRS), HEIGHT, state => state === 2).kind).toBe('attack')
  })
  it('where terms are cut off: it is undecided, by depth and by number', () => {
    const limited = (limits: object) => ask(toy(ENDLESS), HEIGHT, state => state === 3, { limits })
    const cause = (what: string) => `truncated: there is more than the bound on ${what} lets be derived`
    expect(limited({ depth: 4, facts: 100 })).toEqual({ kind: 'undecided', cause: cause('depth') })
    expect(limited({ depth: 100, facts: 3 })).toEqual({ kind: 'undecided', cause: cause('facts') })
    expect(limited({ depth: 5, facts: 100 }).kind).toBe('attack')
  })
})

describe('a step that no run of the model shows', () => {
  const silent = FORKED.map((rule): Written =>
    rule.id === 'right' ? { ...rule, unmodelled: 'nobody goes right' } : rule,
  )
  it('leaves what takes it undecided, by name', () => {
    expect(ask(toy(silent), ANYTHING, () => true)).toEqual({
      kind: 'undecided',
      cause: 'not replayed: nobody goes right',
    })
  })
  it('does not hide an attack that does without it', () => {
    const dearer: Written = {
      id: 'around',
      says: 'goes around',
      when: ['know(half)'],
      then: ['know(other)'],
      isMove: true,
    }
    const verdict = ask(toy([...silent, dearer]), ANYTHING, state => state.join() === 'left,around')
    expect(verdict.kind).toBe('attack')
  })
  it('is told from a condition that was dropped', () => {
    const careless = FORKED.map(rule => ({
      ...rule,
      ...(rule.id === 'left' && { dropped: 'left is closed at night' }),
    }))
    const { cause } = ask(toy(careless), ONCE, state => state.length === 2) as { readonly cause: string }
    expect(cause).toBe('not replayed: a condition was dropped: left is closed at night')
  })
})

describe('the minimal sets of capabilities', () => {
  const rules: readonly Written[] = [
    { id: 'a', says: 'a', needs: ['a'], when: [], then: ['know(half)'] },
    { id: 'b', says: 'b', needs: ['b'], when: [], then: ['know(other)'] },
    { id: 'ab', says: 'a and b', when: ['know(half)', 'know(other)'], then: ['know(secret)'] },
    { id: 'ac', says: 'a and c', needs: ['a', 'c'], when: [], then: ['know(secret)'] },
    { id: 'abc', says: 'all', needs: ['a', 'b', 'c'], when: [], then: ['know(secret)'] },
  ]
  const given = { capabilities: ['a', 'b', 'c', 'd'] }
  it('are those that reach the goal while none of their proper subsets does', () => {
    const [found] = lattice(toy(rules), given, [{ id: 'secret', patterns: SECRET }])
    expect(found).toEqual({
      goal: 'secret',
      sets: [
        ['a', 'b'],
        ['a', 'c'],
      ],
      doubts: [],
    })
  })
  it('are none where nothing reaches it', () => {
    expect(lattice(toy(rules.slice(0, 2)), given, [{ id: 'secret', patterns: SECRET }])[0]?.sets).toEqual([])
  })
  it('are none where a saturation was cut off: that is refused', () => {
    const cut = { ...given, limits: { facts: 2, depth: 9 } }
    expect(() => lattice(toy(rules), cut, [{ id: 'secret', patterns: SECRET }])).toThrow('the bound on facts')
  })
})

describe('a rule', () => {
  const { language } = toy([])
  const bad = (rule: Partial<Written>) =>
    lint(language, [
      { id: 'x', says: 'x', ...rule, when: (rule.when ?? []).map(parse), then: (rule.then ?? []).map(parse) },
    ])
  it('is refused where a key or what is built may be anything, a letter has no sort, or it concludes out of the air', () => {
    expect(bad({ when: ['know(senc(X, X1))'], then: ['know(X)'] })).toEqual([
      'x takes X1 for a key, which may be anything',
    ])
    expect(bad({ when: ['know(Z)'], then: [] })).toEqual(['x has Z, a letter without a sort'])
    expect(bad({ when: [], then: ['know(P)'] })).toEqual(['x concludes about P, of which it knows nothing'])
    expect(bad({ when: ['know(order(X))'], then: ['know(X)'], isMove: true })).toEqual([
      'x takes for X whatever can be built',
    ])
    expect(bad({ when: ['know(order(X))', 'at(X)'], then: ['know(X)'], isMove: true })).toEqual([])
    expect(() => toy([{ id: 'x', says: 'x', when: ['know(Z)'], then: [] }])).toThrow('a letter without a sort')
  })
  it('is read with its abbreviations written out', () => {
    const read = reader({ ...language, abbreviations: [['box(X)', 'senc(pair(X, a), k)']] })
    expect(show(read('know(box(order(b)))'))).toBe('know(senc(pair(order(b), a), k))')
    expect(() => read('know(')).toThrow("expected a term, got 'know('")
  })
  it('takes a public name for a variable that may be a secret as well', () => {
    const sorts = { ...language.sorts, K: ['k', 'a'] }
    const boxed: Written = { id: 'x', says: 'x', when: ['know(senc(b, K))'], then: ['know(secret)'], isMove: true }
    const { derived } = saturate(toy([boxed], { sorts }), { capabilities: [] })
    expect([...(derived.get(SECRET[0] as never)?.[0]?.bindings ?? [])].map(([, value]) => value.head)).toEqual(['a'])
  })
  it('derives each fact once, and the cheapest way first', () => {
    const { derived } = saturate(
      toy([...FORKED, { id: 'found', says: 'finds it', when: [], then: ['know(secret)'] }]),
      { capabilities: [] },
    )
    expect(derived.get(SECRET[0] as never)?.map(({ rule }) => rule?.id)).toEqual(['found'])
  })
})
