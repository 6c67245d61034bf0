/** The list of what the service sees, held against every message of a story: what each shows in the clear, field by field. */
import { describe, expect, it } from 'vitest'
import { cloudHsm, scopeNamed, type Input } from '../../model/index.ts'
import { allModels, referenceTarget, run, storyOf, type Emission } from '../conformance/index.ts'
import { watchedBy, type SeenStep } from '../conformance/two-runs/seen.ts'
import { readValue, type Value } from '../conformance/two-runs/values.ts'

const login = (as: 'CO' | 'CU', password: 'right' | 'wrong'): Input => ({ rule: 'LogIn', cluster: 0, as, password })
const inputs: readonly Input[] = [
  ...(scopeNamed('smoke.synchronisation')?.starts[0] ?? []),
  login('CO', 'right'),
  login('CU', 'wrong'),
  { rule: 'GenerateKey', cluster: 0, as: 'CU', value: 1, only: 0 },
  { rule: 'KeysSynchronised', hsm: 1 },
  { rule: 'UseKey', cluster: 0, as: 'CU' },
  { rule: 'ChangePassword', cluster: 0, as: 'CU', user: 'CO', value: 1 },
  { rule: 'DescribeClusters', cluster: null },
]
const SLOTS = { cluster: 2, hsm: 3, backup: 3, hardware: 0 }

const steps: SeenStep[] = []
const story = storyOf(cloudHsm(), { slots: SLOTS }, inputs)
const told = await run(watchedBy(referenceTarget(), steps), story, { seed: 1, models: allModels() })
const emitted = steps.flatMap(step => step.emitted)

const on = (channel: Emission['channel']) => emitted.filter(emission => emission.channel === channel)
const fieldsOf = ({ bytes }: Emission): readonly Value[] => {
  const value = readValue(bytes)
  if (!Array.isArray(value)) throw new Error('expected fields')
  return value as readonly Value[]
}
/** What a value is, or a text in the clear itself. */
const formOf = (value: Value): Value =>
  value instanceof Uint8Array
    ? `${value.length} bytes`
    : Array.isArray(value)
      ? (value as readonly Value[]).map(formOf)
      : typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
        ? 'digest'
        : value
const forms = (emissions: readonly Emission[]) => emissions.map(emission => fieldsOf(emission).map(formOf))
const isDigests = (emission: Emission): boolean => typeof fieldsOf(emission)[0] !== 'number'
const entries = on('audit').filter(emission => !isDigests(emission))

describe('what the service sees', () => {
  it('is told by a story that goes as the model says', () => {
    expect(told.divergence).toBeNull()
    expect(told.events).toHaveLength(inputs.length)
  })
  it('§leak.audit is a number, an operation, a user and a code in each entry of a log, §leak.login', () => {
    const seen = forms(entries).map(([number, ...others]) => [typeof number, ...others])
    expect(seen).toContainEqual(['number', 'CN_LOGIN', 'CO', 'SUCCESS'])
    expect(seen).toContainEqual(['number', 'CN_LOGIN', 'CU', 'LOGIN_FAILURE'])
    expect(seen).toContainEqual(['number', 'CN_CHANGE_PSWD', 'CU', 'NOT_PERMITTED'])
    expect(new Set(seen.map(fields => fields.length))).toEqual(new Set([4]))
    expect(new Set(seen.map(([, operation]) => operation))).toEqual(
      new Set([
        'CN_INIT_DONE',
        'CN_CERT_AUTH_STORE_CERT',
        'CN_CHANGE_PSWD',
        'CN_LOGIN',
        'CN_CREATE_USER',
        'CN_GENERATE_KEY',
        'CN_TOMBSTONE_OBJECT',
        'CN_SET_M_VALUE',
        'CN_BACKUP_BEGIN',
        'CN_BACKUP_END',
        'CN_RESTORE_BEGIN',
        'CN_RESTORE_END',
      ]),
    )
    expect(new Set(seen.map(([, , user]) => user))).toEqual(new Set(['', 'PRECO', 'CO', 'CU']))
  })
  it('§leak.preco is that PRECO makes the officer, and gives no password of his own', () => {
    const seen = forms(entries).map(([, ...others]) => others.join(' '))
    expect(seen).toContain('CN_CHANGE_PSWD PRECO SUCCESS')
    expect(story.find(({ rule }) => rule === 'Activate')).not.toHaveProperty('password')
  })
  it('§leak.digests is a pair of digests where a write is brought, and a pair of lists of them where keys are', () => {
    const seen = forms(on('audit').filter(isDigests)).map(form => JSON.stringify(form))
    expect(new Set(seen)).toEqual(new Set(['["digest","digest"]', '[["digest"],["digest"]]']))
  })
  it('§leak.certificates is, of an agreement, a session, a nonce, a certificate, a mode, an ephemeral value and a signature', () => {
    const agreements = forms(on('certificate')).filter(form => form.length === 6)
    const seen = new Set(agreements.map(([session, ...others]) => `${typeof session}, ${others.join(', ')}`))
    expect(seen).toEqual(new Set(['number, 16 bytes, 161 bytes, FIPS, 32 bytes, 64 bytes']))
    expect(on('certificate').length - agreements.length).toBe(2)
  })
  it('§channel.length §leak.size is, of a record, that it is one block with a tag', () => {
    expect(on('record').length).toBeGreaterThan(30)
    expect(new Set(on('record').map(({ bytes }) => bytes.length))).toEqual(new Set([256 + 16]))
  })
  it('§leak.api is what the API answers', () => {
    const operations = forms([...on('api'), ...on('error')]).map(([operation]) => operation)
    expect(new Set(operations)).toEqual(
      new Set(['CreateCluster', 'CreateHsm', 'InitializeCluster', 'DeleteBackup', 'DescribeClusters']),
    )
  })
})
