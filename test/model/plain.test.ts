/** What is not plain data is refused wherever it comes in, by the machine, the state and the path. */
import { assign, emit } from 'xstate'
import { describe, expect, it } from 'vitest'
import type { EventLike } from '../../model/network/index.ts'
import { light, lit, made, LIGHT, OFF } from './lamp.ts'

class Filament {
  readonly heat = 1
}
const cyclic: Record<string, unknown> = {}
cyclic['self'] = cyclic

const FOREIGN: readonly (readonly [string, unknown, string])[] = [
  ['a Map', new Map(), 'a Map: write an object'],
  ['a Set', new Set(), 'a Set: write an array'],
  ['a Date', new Date(0), 'a Date: write a number or a string'],
  ['a function', () => 0, 'a function: write a name'],
  ['an instance of a class', new Filament(), 'an instance of Filament: write a plain object'],
  ['an object without a prototype', Object.create(null), 'an object without a prototype'],
  ['undefined', undefined, 'undefined: write null or leave the field out'],
  ['NaN', NaN, 'NaN: write null'],
  ['Infinity', -Infinity, '-Infinity: write null'],
  ['-0, which is not taken for 0', -0, '-0, which JSON writes as 0'],
  ['a bigint', 1n, 'a bigint: write a number or a string'],
  ['a symbol', Symbol('x'), 'a symbol: write a string'],
  ['an array with holes', Array(2), 'an array with holes'],
  ['a field of an array', Object.assign([1], { x: 1 }), 'a field of an array'],
  [
    'a getter',
    {
      get x() {
        return 1
      },
    },
    'a getter or setter: write its value',
  ],
  ['a hidden field', Object.defineProperty({}, 'x', { value: 1 }), 'a hidden field'],
  ['a field named by a symbol', { [Symbol('x')]: 1 }, 'a field named by a symbol'],
]

describe('what is not plain data', () => {
  it.each(FOREIGN)('is refused with its path in the initial context: %s', (_, value, reason) => {
    const start = () => made(lit({}, { 'a b': [{ c: value }] }))
    expect(start).toThrow(`${OFF}context["a b"][0].c`)
    expect(start).toThrow(`is ${reason}`)
  })
  it.each(FOREIGN)('is refused with its path in a context that is reached: %s', (_, value, reason) => {
    const step = () => light(lit({ actions: assign({ seen: () => ({ by: value }) }) }))
    expect(step).toThrow(`${LIGHT}context.seen.by`)
    expect(step).toThrow(`is ${reason}`)
  })
  it.each(FOREIGN)('is refused with its path in an event that a rule hands in: %s', (_, value, reason) => {
    const step = () => light(lit({}), {}, { type: 'Light', power: { of: value } })
    expect(step).toThrow(`${LIGHT}event.power.of`)
    expect(step).toThrow(`is ${reason}`)
  })
  it.each(FOREIGN)('is refused with its path in an event that is emitted: %s', (_, value, reason) => {
    const step = () => light(lit({ actions: emit({ type: 'Glow', by: value } as never) }))
    expect(step).toThrow(`${LIGHT}emitted.by`)
    expect(step).toThrow(`is ${reason}`)
  })
  it('is refused where it contains itself', () => {
    expect(() => made(lit({}, { wire: cyclic }))).toThrow(`${OFF}context.wire.self is a part that contains itself`)
    expect(() => light(lit({}), {}, { type: 'Light', wire: cyclic })).toThrow(`${LIGHT}event.wire.self`)
  })
  it('is refused where an event that JSON takes for the same was seen before', () => {
    const { vacant, react } = made(lit({}))
    expect(react(vacant, { type: 'Light', power: null } as EventLike)).not.toBeNull()
    expect(() => react(vacant, { type: 'Light', power: NaN } as EventLike)).toThrow(`${LIGHT}event.power is NaN`)
  })
})
