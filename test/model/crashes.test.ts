/** Crashes in the model: before and after every step of every job, in the union of the scopes; and what a step is that only looks whether it could be. */
import { describe, expect, it } from 'vitest'
import { cloudHsm, explore, smoke, step, starts, type Input, type Scope } from '../../model/index.ts'

/** The steps of each job, as SPEC.md §12 lists them. */
const STEPS = [
  'HsmProvisioned unit',
  'HsmProvisioned record',
  'PeerBackedUp seal',
  'PeerBackedUp record',
  'ClusterBackedUp seal',
  'ClusterBackedUp record',
  'BackupSealed store',
  'BackupSealed record',
  'HsmRestored unit',
  'HsmRestored restore',
  'HsmRestored record',
  'HsmReplaced retire',
  'HsmReplaced record',
  'BackupCopied store',
  'BackupCopied record',
  'HsmDeleted retire',
  'HsmDeleted record',
  'ClusterDeleted record',
  'BackupPurged erase',
  'BackupPurged record',
  'HsmBackedUp seal',
  'HsmBackedUp record',
  'HsmMigrated unit',
  'HsmMigrated restore',
  'HsmMigrated record',
  'ClusterRolledBack unit',
  'ClusterRolledBack restore',
  'ClusterRolledBack record',
]
const POINTS = STEPS.flatMap(named => [`before ${named}`, `after ${named}`]).toSorted()

const wordsOf = (input: Input): string =>
  input.rule === 'Crash' ? `${input.moment} ${input.job} ${input.step}` : input.rule

/** Where the service crashes in these scopes: while it is at work, or while it recovers. */
const crashesIn = (scopes: readonly Scope[], isOut: boolean): readonly string[] => {
  const found = new Set<string>()
  for (const scope of scopes)
    explore(cloudHsm(), scope, {
      onStep: (before, input, taken) => {
        const wasOut = before.job.some(({ value }) => value !== 'vacant')
        if (input.rule === 'Crash' && taken.kind === 'taken' && wasOut === isOut) found.add(wordsOf(input))
      },
    })
  return [...found].toSorted()
}

const crashing = smoke.filter(({ inputs }) => inputs.some(({ rule }) => rule === 'Crash'))

describe('the scopes of every test run', () => {
  it('crash the service before and after every step of every job', () => {
    expect(crashesIn(crashing, false)).toEqual(POINTS)
  })
  it('crash its recovery wherever recovery comes, §job.again', () => {
    expect(crashesIn(crashing, true)).toEqual(POINTS)
  })
  it('would show it if one were missing', () => {
    const found = crashesIn(crashing.slice(0, 1), false)
    expect(POINTS.filter(point => !found.includes(point))).toEqual([
      'after BackupCopied record',
      'after BackupCopied store',
      'before BackupCopied record',
      'before BackupCopied store',
    ])
  })
})

describe('a scope without a place for a job', () => {
  it('has the states that it had, and cannot crash', () => {
    for (const { slots } of smoke.filter(scope => !crashing.includes(scope) && scope.name !== 'smoke.outage'))
      expect(slots.job).toBe(0)
  })
})

describe('a crash', () => {
  const [crash] = crashing
  if (crash === undefined) throw new Error('expected a scope that crashes')
  const model = cloudHsm()
  const [begun] = starts(model, crash)
  if (begun === undefined) throw new Error('expected a start')
  const stopped = { rule: 'Crash', job: 'HsmProvisioned', hsm: 0, step: 'unit', moment: 'after' } as const

  it('comes in the middle of what is due, and of nothing else', () => {
    expect(step(model, begun, stopped)).toMatchObject({ kind: 'taken', outcome: { kind: 'accepted' } })
    expect(step(model, begun, { ...stopped, job: 'HsmDeleted', step: 'retire' })).toEqual({
      kind: 'blocked',
      by: 'disabled',
    })
  })
  it('leaves what was due for recovery, which has the effect once, §job.provision §job.recover §job.journal', () => {
    const out = step(model, begun, stopped)
    if (out.kind !== 'taken') throw new Error('expected a crash')
    expect(out.after.hsm).toEqual(begun.hsm)
    expect(step(model, out.after, { rule: 'HsmProvisioned', hsm: 0 }).kind).toBe('blocked')
    const back = step(model, out.after, { rule: 'Recover' })
    if (back.kind !== 'taken') throw new Error('expected a recovery')
    expect(back.after.hsm[0]?.value).toBe('ACTIVE')
    expect(step(model, back.after, { rule: 'Recover' }).kind).toBe('blocked')
  })
})
