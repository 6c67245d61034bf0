/** Every field of every context makes a difference, and one that makes none is caught. */
import { assign } from 'xstate'
import { describe, expect, it } from 'vitest'
import {
  archived,
  cloudHsm,
  editConfig,
  fieldsOf,
  heldByService,
  isDead,
  observe,
  readable,
  smoke,
  sweepScope,
  type Edit,
  type State,
} from '../../model/index.ts'

const named = (...names: readonly string[]) => smoke.filter(({ name }) => names.includes(name))
/** The small scopes first: a field is let go at the first difference, which is in the smallest scope that has one. */
const bySize = smoke
  .map(scope => ({ scope, states: sweepScope(cloudHsm(), scope).states }))
  .toSorted((a, b) => a.states - b.states)
  .map(({ scope }) => scope)

/** What is looked at beyond the machines' own answers: the bench, what the service can read, what the client warns of. */
const verdict = (state: State): string => {
  const held = heldByService(state)
  const { bench, clusters } = observe(state)
  const warned = clusters.map(({ warning }) => warning)
  return JSON.stringify([bench, warned, held, archived(state).map(item => readable(item, held))])
}

describe('context', () => {
  it.each(fieldsOf(cloudHsm()).map(field => [`${field.kind}.${field.field}`, field] as const))(
    '%s is depended on',
    (_, field) => {
      expect(isDead(field, bySize, {}, verdict)).toBe(false)
    },
  )
  it('that nothing depends on is caught', () => {
    const planted: Edit = editConfig('hsm', 'counts what nobody asks for', config => ({
      ...config,
      context: { ...(config as unknown as { readonly context: object }).context, wasActive: false },
      states: { ...config.states, DEGRADED: { ...config.states['DEGRADED'], entry: assign({ wasActive: true }) } },
    }))
    const scopes = named('smoke.newest')
    expect(isDead({ kind: 'hsm', field: 'wasActive' }, scopes, { edits: [planted] }, verdict)).toBe(true)
    expect(isDead({ kind: 'hsm', field: 'copied' }, scopes, { edits: [planted] }, verdict)).toBe(false)
  })
})
