/** The comparison of two views: what it has to accept, and what it has to reject. */
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { defaultParts, encodeBackup } from '../../impl/index.ts'
import { cloudHsm, scopeNamed } from '../../model/index.ts'
import { allModels, pairOf, referenceTarget, run, storyOf, type Emission } from '../conformance/index.ts'
import { differenceOf } from '../conformance/two-runs/compare.ts'
import { renamedRequest, renamedSecrets } from '../conformance/two-runs/renamed.ts'
import type { SeenStep } from '../conformance/two-runs/seen.ts'
import { readValue } from '../conformance/two-runs/values.ts'
import { createSecrets } from '../conformance/secrets.ts'

const bytes = (fill: number, length = 32): Uint8Array => new Uint8Array(length).fill(fill)
const message = (channel: Emission['channel'], content: Uint8Array, from = 'hsm-1'): Emission => ({
  channel,
  from,
  bytes: content,
})
const step = (emitted: readonly Emission[], more: Partial<SeenStep> = {}): SeenStep => ({
  answer: { kind: 'accepted' },
  emitted,
  pending: [],
  bench: null,
  ...more,
})
const record = (fill: number, length?: number) => message('record', bytes(fill, length))
/** Kinds of difference of two runs, each of one step. */
const kindOf = (one: readonly Emission[], other: readonly Emission[]) =>
  differenceOf([step(one)], [step(other)])?.kind ?? null

/** A CBOR array of one byte string or text. */
const arrayOf = (major: number, content: Uint8Array): Uint8Array =>
  Uint8Array.of(0x81, (major << 5) | 24, content.length, ...content)
const BYTES = 2
const TEXT = 3
const digest = (letter: string): Uint8Array => arrayOf(TEXT, utf8ToBytes(letter.repeat(64)))

describe('§leak.only two views are equal', () => {
  it('where opaque values are others, and others throughout', () => {
    expect(kindOf([record(1), record(2), record(1)], [record(7), record(8), record(7)])).toBeNull()
    expect(kindOf([message('audit', digest('a'))], [message('audit', digest('b'))])).toBeNull()
    const [one, other] = [1, 2].map(fill => arrayOf(BYTES, bytes(fill)))
    expect(kindOf([message('api', one as Uint8Array)], [message('api', other as Uint8Array)])).toBeNull()
  })
  it('where the parts of backups are, read one by one', () => {
    const sealed = (fill: number) =>
      encodeBackup({
        header: bytes(fill, 40),
        wrapped: bytes(fill, 40),
        nonce: bytes(fill, 12),
        sealed: bytes(fill, 99),
      })
    expect(kindOf([message('backup', sealed(1))], [message('backup', sealed(2))])).toBeNull()
  })
})

describe('§leak.only two views differ', () => {
  it('in what is equal in one run and not in the other', () => {
    expect(kindOf([record(1), record(1)], [record(7), record(8)])).toBe('content')
    expect(kindOf([record(1), record(2)], [record(7), record(7)])).toBe('content')
  })
  it('in length, §leak.size', () => {
    expect(kindOf([record(1, 40)], [record(1, 41)])).toBe('length')
    expect(kindOf([message('api', arrayOf(BYTES, bytes(1, 40)))], [message('api', arrayOf(BYTES, bytes(1, 41)))])).toBe(
      'length',
    )
  })
  it('in order, in number, and in whom they come from, §leak.time §leak.count', () => {
    const [here, there] = [message('record', bytes(1)), message('record', bytes(2), 'hsm-2')]
    expect(kindOf([here, there], [there, here])).toBe('order')
    expect(kindOf([here], [here, here])).toBe('count')
    expect(kindOf([here], [there])).toBe('content')
  })
  it('in what is written in the clear, and in what is too short to be opaque, §leak.audit §leak.certificates', () => {
    const said = (word: string) => message('audit', arrayOf(TEXT, utf8ToBytes(word.padEnd(24))))
    expect(kindOf([said('SUCCESS')], [said('LOGIN_FAILURE')])).toBe('content')
    expect(kindOf([record(1, 11)], [record(2, 11)])).toBe('content')
    expect(kindOf([message('certificate', digest('a'))], [message('certificate', arrayOf(BYTES, bytes(1)))])).toBe(
      'content',
    )
  })
  it('in what is answered, what is due, and what the bench shows, §leak.api §leak.time', () => {
    const bench = { state: 'OPERATIONAL', mode: 'FIPS', digest: 'a'.repeat(64) } as const
    const kind = (more: Partial<SeenStep>) => differenceOf([step([], { bench })], [step([], { bench, ...more })])?.kind
    expect(kind({})).toBeUndefined()
    expect(kind({ answer: { kind: 'refused', code: 'SEAL' } })).toBe('code')
    expect(kind({ pending: ['HsmDeleted hsm-1'] })).toBe('timing')
    expect(kind({ bench: { ...bench, mode: 'NON_FIPS' } })).toBe('content')
    expect(kind({ bench: { ...bench, digest: '' } })).toBe('length')
  })
  it('in how long they go on', () => {
    expect(differenceOf([step([])], [])).toMatchObject({ kind: 'count', at: 0 })
    expect(differenceOf([], [step([])])).toMatchObject({ kind: 'count', at: 0 })
  })
})

describe('the second run', () => {
  const [first, second] = [createSecrets(3), renamedSecrets(3)]
  it('has passwords of other lengths, and the same for users who have other ones in the first', () => {
    const [officer, user] =
      ([first, second] as const).map(secrets => [secrets.of('officer', 7), secrets.of('user', 9)]).at(1) ?? []
    expect(officer).toBe(user)
    expect(first.of('officer', 7)).not.toBe(first.of('user', 9))
    const lengths = [11, 12, 13].map(token => second.of('officer', token).length)
    expect(new Set([...lengths, first.of('officer', 11).length]).size).toBe(4)
    expect(second.of('officer', 7)).toBe(officer)
  })
  it('has labels of the same length, and none of the secrets of the first', () => {
    expect(second.of('label', 1)).toHaveLength(first.of('label', 1).length)
    expect(second.all().filter(secret => first.all().includes(secret))).toEqual([])
    expect(second.challenge(1)).toBe(first.challenge(1))
  })
  it('has other policies, as long as those of the first', () => {
    const asked = { op: 'SetPolicy', clusterId: 'cluster-1', as: { user: 'CO', password: '' } } as const
    const values = [1, 23, 24, 255].map(value => renamedRequest({ ...asked, value }))
    expect(values.map(request => 'value' in request && request.value)).toEqual([22, 0, 255, 24])
    expect(renamedRequest({ op: 'Tamper' })).toEqual({ op: 'Tamper' })
  })
})

describe('a run of the second account', () => {
  const start = scopeNamed('smoke.users')?.starts.at(-1) ?? []
  const story = storyOf(cloudHsm(), { slots: { cluster: 1, hsm: 2, backup: 2, hardware: 0 } }, start)
  it('is one that the model explains', async () => {
    const { divergence, events } = await run(pairOf().second, story, {
      seed: 1,
      models: allModels(),
      secrets: renamedSecrets(1),
    })
    expect(divergence).toBeNull()
    expect(events).toHaveLength(story.length)
  })
  it('is told to its end where nothing is judged, whatever the target does', async () => {
    const broken = referenceTarget({ parts: { hsm: { ...defaultParts, addUser: users => users } } })
    const options = { seed: 1, models: allModels() }
    const [judged, told] = [
      await run(broken, story, options),
      await run(broken, story, { ...options, isUnjudged: true }),
    ]
    expect([judged.divergence?.clause, judged.events.length < story.length]).toEqual(['§user.create', true])
    expect([told.divergence, told.events.length]).toEqual([null, story.length])
  })
})

describe('a value', () => {
  it('is read from what it is the encoding of, and from nothing else', () => {
    expect(readValue(Uint8Array.of(0x83, 0x01, 0xf5, 0xf6))).toEqual([1, true, null])
    expect(readValue(Uint8Array.of(0x82, 0x01))).toBeUndefined()
    expect(readValue(Uint8Array.of(0x01, 0x01))).toBeUndefined()
    expect(readValue(Uint8Array.of(0x42, 0x01))).toBeUndefined()
    expect(readValue(Uint8Array.of(0xfb, 0, 0))).toBeUndefined()
  })
})
