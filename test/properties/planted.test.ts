/** Every property that can be broken is broken by the fault that is planted for it. */
import { describe, expect, it } from 'vitest'
import { scopeNamed } from '../../model/index.ts'
import { check, properties } from '../../properties/index.ts'
import { planted, type PlantedIn } from './planted/index.ts'

const breakable = properties.filter(({ kind }) => kind !== 'sometimes')
const nameOf = ({ kind, id }: { readonly kind: string; readonly id: string }) => `${kind} ${id}` as PlantedIn

describe('a planted fault', () => {
  it('is there for every property that can be broken, and for no other', () => {
    expect(Object.keys(planted).toSorted()).toEqual(breakable.map(nameOf).toSorted())
  })
  it.each(breakable.map(property => [nameOf(property), property] as const))('breaks %s', (name, property) => {
    const [scopeName, edit] = planted[name] ?? []
    const scope = scopeNamed(`smoke.${scopeName}`)
    if (scope === undefined || edit === undefined) throw new Error(`expected a planted fault and its scope, got none`)
    const result = check({ scopes: [scope], properties: [property], edits: [edit], first: true })
    const [checked] = result.properties
    const isOwed = checked?.kind === 'leadsTo' && checked.reason?.startsWith('it is owed to') === true
    expect([checked?.verdict, isOwed ? null : (checked?.reason ?? null), result.problems]).toEqual(['broken', null, []])
    expect(checked?.counterexample?.told.length).toBeGreaterThan(0)
  })
})
