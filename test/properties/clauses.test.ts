/** Clauses and properties belong together: every clause that is not waived has one, and no property speaks of another. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { properties } from '../../properties/index.ts'

const SPEC = readFileSync(new URL('../../SPEC.md', import.meta.url), 'utf8')

/** Ids of the clauses, and of those that need no property. */
const clausesOf = (spec: string) => {
  const lines = spec.split('\n').filter(line => line.startsWith('**§'))
  const ids = lines.map(line => line.slice(2, line.indexOf('**', 2)))
  return { ids, waived: ids.filter((_, at) => lines[at]?.includes('[waived properties')) }
}

const missing = (spec: string) => {
  const { ids, waived } = clausesOf(spec)
  return ids.filter(id => !waived.includes(id) && !properties.some(property => property.id === id))
}

const dangling = (spec: string) => properties.map(({ id }) => id).filter(id => !clausesOf(spec).ids.includes(id))

describe('properties', () => {
  it('exist for every clause that is not waived', () => {
    expect(clausesOf(SPEC).ids.length).toBeGreaterThanOrEqual(60)
    expect(missing(SPEC)).toEqual([])
    expect(missing(`${SPEC}\n**§no.such** A clause.`)).toEqual(['§no.such'])
  })
  it('speak of no clause that does not exist, and of none that is waived', () => {
    const { waived } = clausesOf(SPEC)
    expect(dangling(SPEC)).toEqual([])
    expect(dangling(SPEC.replace('**§policy.set**', '**§no.such**'))).toEqual(['§policy.set'])
    expect(properties.filter(({ id }) => waived.includes(id))).toEqual([])
  })
  it('are one of a kind for each clause, and say it in a sentence', () => {
    const names = properties.map(({ kind, id }) => `${kind} ${id}`)
    expect(new Set(names).size).toBe(names.length)
    expect(properties.filter(({ says }) => !/^[A-Z].*[^.]\.$/.test(says))).toEqual([])
  })
  it('come with a `sometimes` for each `always`', () => {
    const shown = properties.flatMap(({ kind, id }) => (kind === 'sometimes' ? [id] : []))
    expect(properties.filter(({ kind, id }) => kind === 'always' && !shown.includes(id))).toEqual([])
  })
  it('state the five invariants by name', () => {
    const stated = new Set(properties.map(({ id }) => id))
    const five = ['plaintext', 'mode', 'exact', 'lossless', 'hardware'].map(name => `§invariant.${name}`)
    expect(five.filter(id => !stated.has(id))).toEqual([])
  })
})
