/** The checker tells what holds from what is broken, vacuous, undecided, or no property at all. */
import { describe, expect, it } from 'vitest'
import { cloudHsm, dropEntries, explore, overrideGuard, scopeNamed, type Scope } from '../../model/index.ts'
import {
  always,
  check,
  sometimes,
  step,
  type CheckOptions,
  type Progress,
  type Property,
} from '../../properties/index.ts'

const named = (name: string): Scope => {
  const scope = scopeNamed(`smoke.${name}`)
  if (scope === undefined) throw new Error(`expected a scope, got ${name}`)
  return scope
}
const newest = named('newest')
const lifecycle = named('lifecycle')

/** Of the first HSM: some state is reached. */
const reaches = (state: string): Property =>
  sometimes({ id: 'toy.a', says: 'Reached.', reads: ['hsm'], reached: ({ hsm }) => hsm[0]?.value === state })
const never = (state: string): Property =>
  always({ id: 'toy.a', says: 'Never.', reads: ['hsm'], holds: ({ hsm }) => hsm[0]?.value !== state })
const afterFailure = (isGiven: boolean, holds: boolean): Property =>
  step({ id: 'toy.b', says: 'Fails.', rules: ['FailHsm'], reads: [], when: () => isGiven, holds: () => holds })

const judged = (properties: readonly Property[], options: Partial<CheckOptions> = {}) => {
  const result = check({ scopes: [newest], properties, ...options })
  return { result, verdicts: result.properties.map(({ verdict }) => verdict) }
}

describe('a property', () => {
  it('holds where nothing contradicts it and something witnesses it', () => {
    const { result, verdicts } = judged([never('DELETED'), reaches('ACTIVE'), afterFailure(true, true)])
    expect(verdicts).toEqual(['holds', 'holds', 'holds'])
    expect(result.verdict).toBe('holds')
    expect(result.properties[0]?.witnesses).toBe(result.properties[1]?.witnesses)
  })
  it('that is broken is told by a shortest run, in words', () => {
    const { result, verdicts } = judged([never('DEGRADED'), reaches('ACTIVE')])
    expect([result.verdict, ...verdicts]).toEqual(['broken', 'broken', 'holds'])
    const { scope, told } = result.properties[0]?.counterexample ?? { told: [] }
    expect([scope, told.length, told.at(-1)?.what]).toEqual(['smoke.newest', 9, 'FailHsm HSM 1'])
  })
  it('is asked about what is not due, and told so', () => {
    const isDue = step({
      id: 'toy.c',
      says: 'Due.',
      rules: ['BackupSealed'],
      reads: ['outcome'],
      when: () => true,
      holds: ({ outcome }) => outcome.kind !== 'disabled',
    })
    const told = judged([isDue]).result.properties[0]?.counterexample?.told ?? []
    expect(told.at(-1)).toMatchObject({ what: 'BackupSealed backup 1', outcome: 'not due' })
    const skipped = { ...isDue, skips: 'disabled' } as Property
    expect(judged([skipped]).verdicts).toEqual(['holds'])
  })
  it('that nothing concerns is vacuous, and broken', () => {
    const { result, verdicts } = judged([reaches('vacuum'), never('vacuum'), afterFailure(false, false)])
    expect(verdicts).toEqual(['broken', 'broken', 'broken'])
    expect(new Set(result.properties.map(({ reason }) => reason?.split(':')[0]))).toEqual(new Set(['vacuous']))
  })
  it('that nothing concerns is left out where the scopes are not all there are', () => {
    const { result } = judged([reaches('vacuum'), afterFailure(true, true)], { partial: true })
    expect([result.verdict, result.properties.map(({ id }) => id)]).toEqual(['holds', ['toy.b']])
  })
  it('of the kind `always` is vacuous without its `sometimes`', () => {
    const { result } = judged([never('DELETED')], { partial: true })
    expect(result.properties[0]).toMatchObject({ verdict: 'broken', reason: 'vacuous: its clause has no `sometimes`' })
  })
  it('that reads what it did not declare is an error of its own', () => {
    const sly = always({ id: 'toy.d', says: 'Sly.', reads: ['hsm'], holds: ({ backup }) => backup.length > 0 })
    const { result, verdicts } = judged([sly, afterFailure(true, true)])
    expect(verdicts).toEqual(['broken', 'holds'])
    expect(result.properties[0]?.reason).toBe('the property itself reads `backup`, which it does not declare')
    expect(result.properties[0]?.counterexample?.told.length).toBe(newest.starts[0]?.length)
  })
  it('reads no outcome, change, emission or choice of a step that it did not declare', () => {
    const reads = ['outcome', 'unchanged', 'emitted', 'created', 'moved', 'choices'] as const
    const sly = reads.map(read =>
      step({
        id: `toy.${read}`,
        says: 'Sly.',
        rules: ['FailHsm'],
        reads: [],
        when: () => true,
        holds: of => of[read] !== undefined,
      }),
    )
    const reasons = judged(sly).result.properties.map(({ reason }) => reason)
    expect(reasons).toEqual(reads.map(read => `the property itself reads \`${read}\`, which it does not declare`))
  })
})

describe('a check', () => {
  it('stops at the first violation when asked to, and leaves the rest undecided', () => {
    const properties = [never('DEGRADED'), reaches('ACTIVE'), afterFailure(true, true)]
    const { result, verdicts } = judged(properties, { scopes: [newest, lifecycle], first: true })
    expect(verdicts).toEqual(['broken', 'undecided', 'undecided'])
    expect(result.scopes.map(({ verdict, states }) => [verdict, states > 0])).toEqual([
      ['broken', true],
      ['undecided', false],
    ])
  })
  it('that gives up is undecided, with what it explored and what it found broken', () => {
    const sound = [never('DELETED'), reaches('ACTIVE')]
    const short = judged(sound, { maxStates: 50 })
    expect([short.result.verdict, short.result.scopes[0]?.verdict, ...short.verdicts]).toEqual([
      'undecided',
      'undecided',
      'undecided',
      'undecided',
    ])
    expect(short.result.states).toBeGreaterThan(50)
    expect(short.result.states).toBeLessThan(1_518)
    const found = judged([...sound, afterFailure(true, false)], { maxStates: 50 })
    expect([found.result.verdict, ...found.verdicts]).toEqual(['broken', 'undecided', 'undecided', 'broken'])
  })
  it('that needs more bytes for its states than it may is undecided', () => {
    const { result, verdicts } = judged([reaches('ACTIVE')], { maxBytes: 1 })
    expect([result.verdict, ...verdicts, result.scopes[0]?.isComplete]).toEqual(['undecided', 'undecided', false])
    const { bytes = 0 } = judged([reaches('ACTIVE')]).result.scopes[0]?.store ?? {}
    expect(judged([reaches('ACTIVE')], { maxBytes: bytes }).verdicts).toEqual(['holds'])
  })
  it('finds the same with the plain explorer, which has no store', () => {
    const properties = [never('DEGRADED'), reaches('ACTIVE'), afterFailure(true, true)]
    const [fast, plain] = (['fast', 'plain'] as const).map(engine => judged(properties, { engine }).result)
    expect(plain?.scopes).toEqual(fast?.scopes.map(scope => ({ ...scope, store: null })))
    const found = (result: typeof fast) =>
      result?.properties.map(({ counterexample, ...rest }) => [rest, counterexample?.told.length])
    expect(found(plain)).toEqual(found(fast))
  })
  it('ends when it is stopped, with what it had', () => {
    let asked = 0
    const { result } = judged([reaches('ACTIVE')], { stop: () => (asked += 1) > 10 })
    expect([result.verdict, result.states > 1]).toEqual(['undecided', true])
  })
  it('reports progress', () => {
    const reports: Progress[] = []
    const { result } = judged([reaches('ACTIVE')], { progress: report => reports.push(report) })
    expect(reports[0]).toMatchObject({ scope: 'smoke.newest', done: 0, total: 1 })
    expect(explore(cloudHsm(), newest).transitions).toBe(result.transitions)
  })
})

describe('a model', () => {
  const sound = afterFailure(true, true)

  it('with a hole is a problem that is told in words', () => {
    const edits = [dropEntries('backup', '§backup.unknown', 'DeleteBackup')]
    const { result, verdicts } = judged([sound, never('DEGRADED'), reaches('ACTIVE')], { edits })
    expect([result.verdict, result.scopes[0]?.verdict]).toEqual(['broken', 'broken'])
    expect(verdicts).toEqual(['undecided', 'undecided', 'undecided'])
    const [problem] = result.problems
    expect(problem?.what).toBe('hole: DeleteBackup selects nothing in backup 0')
    expect(problem?.told.at(-1)).toMatchObject({ what: 'DeleteBackup backup 1', effects: [] })
  })
  it('in which a scope does not start is a problem', () => {
    const edits = [overrideGuard('hsm', 'isUninitialized', () => false)]
    const { result } = judged([sound], { edits })
    expect([result.verdict, result.states]).toEqual(['broken', 0])
    expect(result.problems[0]).toMatchObject({ scope: 'smoke.newest', told: [] })
    expect(result.problems[0]?.what).toContain('expected a start to be accepted')
  })
  it('is checked under every choice of a scope', () => {
    const isRefused = step({
      id: 'toy.e',
      says: 'Refused.',
      rules: ['DeleteBackup'],
      reads: ['backup', 'outcome'],
      when: ({ before, input }) => before.backup[input.backup]?.value === 'PENDING_DELETION',
      holds: ({ outcome }) => outcome.kind === 'refused',
    })
    const [checked] = judged([isRefused], { scopes: [lifecycle] }).result.properties
    expect(checked?.counterexample?.choices['choice.backup.delete.again']).toBe('accepted')
  })
})
