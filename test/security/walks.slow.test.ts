/** Stories of the suite, tours and walks, with a spy inside the HSMs: none of what is secret there is ever seen outside, in any form. */
import { describe, expect, it } from 'vitest'
import { cloudHsm, scopeNamed } from '../../model/index.ts'
import {
  conform,
  createWatch,
  leakInTheEnd,
  leakOf,
  referenceTarget,
  survey,
  type Target,
  type TargetFactory,
} from '../conformance/index.ts'
import { spied } from './spy.ts'

const SCOPES = ['smoke.newest', 'smoke.contents'].flatMap(name => scopeNamed(name) ?? [])

const planned = survey(cloudHsm(), SCOPES)

/** Tells stories to the reference, and after each looks for what the spy has told of it; answers what was found, and how much was looked for. */
const told = async (runs: number, plant: (secret: Uint8Array, target: Target) => Target) => {
  const spy = spied()
  const make = referenceTarget({ parts: spy.parts })
  const found: string[] = []
  let looked = 0
  let last: Target | null = null
  const judge = async (): Promise<void> => {
    if (last === null) return
    const watch = createWatch()
    const leak = leakOf(watch, spy.secrets, await last.view()) ?? leakInTheEnd(watch)
    if (leak !== null) found.push(`${leak.clause}: ${leak.what}`)
    looked += spy.secrets.length
    spy.forget()
  }
  const target: TargetFactory = async options => {
    await judge()
    const opened = await make(options)
    last = opened
    const planted: Target = { ...opened, view: () => plant(spy.secrets.at(-1) ?? new Uint8Array(32), opened).view() }
    last = planted
    return planted
  }
  const report = await conform({ target, scopes: SCOPES, seed: 1, runs, surveyOf: () => planned, search: 'first' })
  await judge()
  return { verdict: report.verdict, runs: report.runs, found, looked }
}

describe('what is secret inside an HSM', () => {
  it('is never outside, in a hundred and fifty stories, §invariant.plaintext §boundary.candidates', async () => {
    const { verdict, runs, found, looked } = await told(150, (_, target) => target)
    expect([verdict, runs, found]).toEqual(['holds', 150, []])
    expect(looked).toBeGreaterThan(1_000)
  })
  it('is seen where the view has the latest secret in its log', async () => {
    const { found } = await told(60, (secret, target) => ({
      ...target,
      view: async () => [...(await target.view()), { channel: 'audit', from: 'hsm', bytes: secret }],
    }))
    expect(found.length).toBeGreaterThan(0)
  })
})
