/** Toys for the derivation of attacks, each small enough to be checked by hand, with the worlds that their runs are replayed in. */
import { program, type Language, type Step, type Theatre, type Written } from '../../model/attack/index.ts'

const language: Language = {
  sorts: {
    K: ['k', 'm', 'short', 'long'],
    P: ['a', 'b'],
    U: ['u1', 'u2'],
    M: ['fips', 'other'],
    W: ['left', 'right'],
    L: ['n0', 'n1', 'many'],
    X: null,
  },
  constructors: ['senc', 'order', 'pair'],
  publics: ['a', 'b'],
  keyPlaces: { senc: [1] },
  abbreviations: [],
  collective: ['many'],
}
export const toy = (rules: readonly Written[], changes: Partial<Language> = {}) =>
  program({ ...language, ...changes }, rules)

const open: Written = {
  id: 'open',
  isOpening: true,
  says: 'opens',
  when: ['know(senc(X, K))', 'know(K)'],
  then: ['know(X)'],
}

/** A server that answers an order with a ticket, and an order with its ticket with a key: to be built, opened, and built anew. */
export const FEEDBACK: readonly Written[] = [
  open,
  { id: 'begin', says: 'begins', when: [], then: ['know(k)', 'know(senc(secret, m))'] },
  {
    id: 'ticket',
    says: 'answers an order',
    when: ['know(senc(order(P), k))'],
    then: ['know(ticket(P))'],
    isMove: true,
  },
  {
    id: 'serve',
    says: 'answers a ticket',
    when: ['know(senc(pair(P, ticket(P)), k))'],
    then: ['know(m)'],
    isMove: true,
  },
]

/** Two halves, of which a run gives one: it goes left or right. */
export const FORKED: readonly Written[] = [
  { id: 'left', says: 'goes left', when: [], then: ['know(half)'], isMove: true },
  { id: 'right', says: 'goes right', when: [], then: ['know(other)'], isMove: true },
  { id: 'join', says: 'joins the halves', when: ['know(half)', 'know(other)'], then: ['know(secret)'] },
]

/** The same, where the choice is part of the name: halves of different runs do not fit. */
export const NAMED: readonly Written[] = [
  { id: 'left', says: 'goes left', when: [], then: ['know(half(left))'], isMove: true },
  { id: 'right', says: 'goes right', when: [], then: ['know(other(right))'], isMove: true },
  { id: 'join', says: 'joins the halves', when: ['know(half(W))', 'know(other(W))'], then: ['know(secret)'] },
]

/** A unit is in one mode for good. One is there, another has to be got, and it takes one in each mode. */
export const MODES: readonly Written[] = [
  { id: 'begin', says: 'has one unit', when: [], then: ['unit(u1)'] },
  { id: 'get', says: 'gets another', when: [], then: ['unit(u2)'], isMove: true },
  { id: 'fix', says: 'fixes the mode', when: ['unit(U)', 'mode(M)'], then: ['runs(U, M)'], isMove: true },
  { id: 'modes', says: 'there are two modes', when: [], then: ['mode(fips)', 'mode(other)'] },
  { id: 'both', says: 'has both', when: ['runs(U, fips)', 'runs(U1, other)'], then: ['know(secret)'] },
]

/** Stairs of three steps, of which the names tell the first. */
export const STAIRS: readonly Written[] = [
  { id: 'ground', says: 'stands on the ground', when: [], then: ['at(n0)'] },
  { id: 'climb', says: 'climbs', when: ['at(L)', 'next(L, L1)'], then: ['at(L1)'], isMove: true },
  {
    id: 'stairs',
    says: 'what comes after what',
    when: [],
    then: ['next(n0, n1)', 'next(n1, many)', 'next(many, many)'],
  },
  { id: 'top', says: 'is on the third', when: ['at(many)'], then: ['know(secret)'] },
]

/** The same with names that go on for ever. */
export const ENDLESS: readonly Written[] = [
  { id: 'ground', says: 'stands on the ground', when: [], then: ['at(zero)'] },
  { id: 'climb', says: 'climbs', when: ['at(X)'], then: ['at(s(X))'], isMove: true },
  { id: 'top', says: 'is on the third', when: ['at(s(s(s(zero))))'], then: ['know(secret)'] },
]

/** A world in which everything can be done. */
export const ANYTHING: Theatre<readonly string[]> = { start: [], take: (state, { rule }) => [...state, rule.id] }

/** A world in which one goes left or right, once. */
export const ONCE: Theatre<readonly string[]> = {
  start: [],
  take: (state, { rule }) => (state.length === 0 ? [rule.id] : null),
}

const unitOf = ({ bindings }: Step) => bindings.get('U')?.head ?? ''

/** A world in which the mode of a unit is fixed once, and one that is to be got is not there before. */
export const FIXED: Theatre<Readonly<Record<string, string>>> = {
  start: { u1: '' },
  take: (state, step) => {
    if (step.rule.id === 'get') return { ...state, u2: '' }
    const unit = unitOf(step)
    return state[unit] === '' ? { ...state, [unit]: step.bindings.get('M')?.head ?? '' } : null
  },
}

/** A world in which one stands on a step of the stairs. */
export const HEIGHT: Theatre<number> = { start: 0, take: state => state + 1 }
