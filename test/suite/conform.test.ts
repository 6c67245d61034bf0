/** The suite in a small scope: what it finds of targets that are right, that make other choices, and that answer nonsense. */
import { describe, expect, it } from 'vitest'
import { scopeNamed, smoke } from '../../model/index.ts'
import {
  conform,
  referenceTarget,
  survey,
  type ConformOptions,
  type Survey,
  type Target,
  type TargetFactory,
} from '../conformance/index.ts'

const surveys = new Map<string, Survey>()
const surveyOf: ConformOptions['surveyOf'] = (model, scopes) => {
  const key = JSON.stringify([model.choices, scopes])
  const known = surveys.get(key) ?? survey(model, scopes)
  surveys.set(key, known)
  return known
}
const put = (target: TargetFactory, options: Partial<ConformOptions> = {}) =>
  conform({ target, scopes: smoke, seed: 1, runs: 620, surveyOf, ...options })

describe('the reference', () => {
  it('conforms with either value of every choice, which is inferred', async () => {
    const choices = { 'choice.backup.delete.again': 'accepted', 'choice.hsm.delete.creating': 'accepted' } as const
    const scopes = smoke.filter(({ name }) => name === 'smoke.lifecycle')
    const report = await put(referenceTarget({ choices }), { scopes, runs: 150 })
    expect(report).toMatchObject({ verdict: 'holds', choices, coverage: { missed: [] } })
  })
  it('does what it did before when the seed is the same', async () => {
    const scopes = smoke.filter(({ name }) => name === 'smoke.newest')
    const [one, again] = [
      await put(referenceTarget(), { scopes, runs: 90 }),
      await put(referenceTarget(), { scopes, runs: 90 }),
    ]
    expect(again).toEqual(one)
    expect((await put(referenceTarget(), { scopes, runs: 90, seed: 2 })).refusals).not.toBe(one.refusals)
  })
  it('is not called conforming when the suite was interrupted', async () => {
    const report = await put(referenceTarget(), { signal: AbortSignal.abort() })
    expect(report).toMatchObject({ verdict: 'undecided', steps: 0 })
  })
  it('is left alone at once when the suite is interrupted among the walks', async () => {
    const interruption = new AbortController()
    const progress: ConformOptions['progress'] = ({ done }) => {
      if (done === 100) interruption.abort()
    }
    const scopes = smoke.filter(({ name }) => name === 'smoke.newest')
    const report = await put(referenceTarget(), { scopes, runs: 1_000_000, progress, signal: interruption.signal })
    expect(report).toMatchObject({ verdict: 'undecided', runs: 100 })
  })
})

const withChange =
  (change: (target: Target) => Partial<Target>): TargetFactory =>
  async options => {
    const target = await referenceTarget()(options)
    return { ...target, ...change(target) }
  }
const [scope] = [scopeNamed('smoke.newest')].filter(found => found !== undefined)

describe('§invariant.plaintext', () => {
  it('is charged to a target that throws an error with a password in it, which it does not repeat', async () => {
    const factory: TargetFactory = async options => {
      const target = await referenceTarget()(options)
      const apply: Target['apply'] = request => {
        if (request.op === 'Activate') throw new Error(`cannot activate with ${request.password}`)
        return target.apply(request)
      }
      return { ...target, apply }
    }
    const { failure } = await put(factory, { scopes: scope === undefined ? [] : [scope], runs: 100 })
    expect(failure?.clause).toBe('§invariant.plaintext')
    expect(failure?.actual).toMatch(/^a secret, whole, in error of /)
  })
})

describe('§boundary.nonce', () => {
  const sealed = (digest: string) => ({ text: 'record', digest, nonce: '00' }) as const
  const scopes = scope === undefined ? [] : [scope]
  it('is charged to a target that tells of one key and nonce twice', async () => {
    const target = withChange(() => ({ sealings: () => ['one', 'another', 'one'].map(sealed) }))
    expect((await put(target, { scopes, runs: 1 })).failure?.clause).toBe('§boundary.nonce')
  })
  it('is not asked of a target that cannot tell, which the report says', async () => {
    const profile = ['control', 'data', 'regions', 'accounts', 'migration', 'adversary', 'crashes'] as const
    const target = withChange(() => ({ profile, sealings: () => ['one', 'one'].map(sealed) }))
    expect(await put(target, { scopes, runs: 5 })).toMatchObject({ verdict: 'holds', skipped: ['sealings'] })
  })
})

describe('§port.answer is charged to a target', () => {
  it.each<[string, TargetFactory]>([
    ['that cannot be opened', () => Promise.reject(new Error('out of order'))],
    ['that is no target', () => ({ name: 'nothing' }) as unknown as Target],
    [
      'that throws',
      withChange(() => ({
        apply: () => {
          throw new Error('oops')
        },
      })),
    ],
    ['that answers nothing', withChange(() => ({ apply: () => undefined as never }))],
    ['with an outcome that is none', withChange(() => ({ apply: () => ({ kind: 'maybe' }) as never }))],
    ['that refuses without a code', withChange(() => ({ apply: () => ({ kind: 'refused' }) as never }))],
    ['that settles nonsense', withChange(() => ({ settle: () => 'done' as never }))],
    ['whose pending is no list', withChange(() => ({ pending: () => null as never }))],
    [
      'with an effect that there is not',
      withChange(() => ({ pending: () => [{ effect: 'Miracle', subject: 'x' }] as never })),
    ],
    ['that shows half an account', withChange(() => ({ observe: () => ({ clusters: [] }) as never }))],
    ['whose view is no list', withChange(() => ({ view: () => 'bytes' as never }))],
    ['that promises to tell what was sealed, and does not', withChange(() => ({ sealings: undefined as never }))],
    ['that tells numbers of what was sealed', withChange(() => ({ sealings: () => [1] as never }))],
    ['with a view of texts', withChange(() => ({ view: () => ['bytes'] as never }))],
  ])('%s', async (_, target) => {
    const { verdict, failure } = await put(target, { scopes: scope === undefined ? [] : [scope], runs: 100 })
    expect([verdict, failure?.clause]).toEqual(['broken', '§port.answer'])
    expect(failure?.actual).not.toMatch(/\n/)
  })
})
