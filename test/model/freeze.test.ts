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
  type Edit,
  type State,
} from '../../model/index.ts'

const named = (...names: readonly string[]) => smoke.filter(({ name }) => names.includes(name))
/** The small scopes first: a field is let go at the first difference. */
const ORDER = ['newest', 'hardware', 'splice', 'firmware', 'tamper', 'lifecycle', 'contents', 'pair']
const quick = ORDER.flatMap(name => named(`smoke.${name}`))

/** What the invariants look at beyond the machines' own answers: the bench, and what the service can read. */
const verdict = (state: State): string => {
  const held = heldByService(state)
  return JSON.stringify([observe(state).bench, held, archived(state).map(item => readable(item, held))])
}

describe('context', () => {
  it.each(fieldsOf(cloudHsm()).map(field => [`${field.kind}.${field.field}`, field] as const))(
    '%s is depended on',
    (_, field) => {
      expect(isDead(field, quick, {}, verdict)).toBe(false)
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
