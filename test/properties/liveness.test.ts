/** The checker tells what comes in the end from what may never come, under fairness and within the scopes that can say. */
import { describe, expect, it } from 'vitest'
import { scopeNamed, type RuleName, type Scope } from '../../model/index.ts'
import { check, leadsTo, step, type CheckOptions, type Property } from '../../properties/index.ts'

const newest = scopeNamed('smoke.newest')
if (newest === undefined) throw new Error('expected the scope smoke.newest')
/** A scope in which all takes place that is due: an ACTIVE cluster, two HSMs, two backups. */
const timed: Scope = { ...newest, name: 'timed', inputs: [...newest.inputs, { rule: 'Elapse' }] }

const isIn = (...states: readonly string[]) =>
  (({ hsm }, slot) => states.includes(hsm[slot]?.value ?? '')) satisfies Parameters<typeof leadsTo>[0]['from']
const hsm = (from: string, to: readonly string[], fair: readonly RuleName[] = []): Property =>
  leadsTo({ id: `toy.${from}`, says: 'Comes.', reads: ['hsm'], each: 'hsm', from: isIn(from), to: isIn(...to), fair })
const gone = hsm('DELETE_IN_PROGRESS', ['ACTIVE'])
const created = (...fair: readonly RuleName[]) => hsm('CREATE_IN_PROGRESS', ['ACTIVE', 'DEGRADED'], fair)
const failed = hsm('ACTIVE', ['DEGRADED'])

const never = step({ id: 'toy', says: 'No.', rules: ['Elapse'], reads: [], when: () => true, holds: () => false })

const judged = (properties: readonly Property[], options: Partial<CheckOptions> = {}) => {
  const result = check({ scopes: [timed], properties, ...options })
  const [first] = result.properties
  return { result, first, verdicts: result.properties.map(({ verdict }) => verdict) }
}

describe('what leads to something', () => {
  it('holds where it comes on every fair run, and says what that rests on', () => {
    const { result, first } = judged([gone])
    expect(first).toMatchObject({ verdict: 'holds', witnesses: first?.grounds?.triggers })
    expect(first?.grounds).toMatchObject({ scopes: ['timed'], skipped: [], states: result.states })
    expect(first?.grounds?.transitions).toBe(result.transitions)
    expect(first?.grounds?.triggers).toBeGreaterThan(100)
  })
  it('is broken by a fair run that goes round without it, told as a way there and the way round', () => {
    const { result, first } = judged([created()])
    expect([result.verdict, result.scopes[0]?.verdict, first?.verdict]).toEqual(['broken', 'broken', 'broken'])
    expect(first?.reason).toBe('it is owed to HSM 2 since step 9: what is due takes place, and not this')
    const { told = [], cycle = [] } = first?.counterexample ?? {}
    expect(told.length).toBeGreaterThanOrEqual(9)
    expect(cycle.map(({ what }) => what)).toContain('CreateHsm cluster A')
    expect(cycle.at(-1)?.after).toEqual(told.at(-1)?.after)
    expect(cycle.every(({ after }) => after.hsm[1]?.value === 'CREATE_IN_PROGRESS')).toBe(true)
  })
  it('is broken where the run may end before it comes', () => {
    const { told, cycle } = judged([failed]).first?.counterexample ?? {}
    expect([told?.length, cycle]).toEqual([newest.starts[0]?.length, []])
    const why = 'it is owed to HSM 1 since step 8: the run may end, for nothing is due any more'
    expect(judged([failed]).first?.reason).toBe(why)
  })
  it('holds under the strong fairness of a rule that it names', () => {
    expect(judged([created('HsmRestored')]).verdicts).toEqual(['holds'])
  })
  it('is vacuous, and broken, where nothing ever waits for it', () => {
    const { first } = judged([hsm('vacuum', ['ACTIVE'])])
    expect([first?.verdict, first?.reason?.split(':')[0], first?.counterexample]).toEqual([
      'broken',
      'vacuous',
      undefined,
    ])
  })
  it('that reads what it did not declare is an error of its own', () => {
    const { first, verdicts } = judged([{ ...gone, reads: ['backup'] }, gone])
    expect(verdicts).toEqual(['broken', 'holds'])
    expect(first?.reason).toBe('the property itself reads `hsm`, which it does not declare')
  })
  it('counts what only the bounds of the scope keep from coming', () => {
    const narrow = { ...timed, slots: { ...timed.slots, backup: 1 } }
    const inputs = narrow.inputs.filter(input => !('backup' in input) || input.backup === 0)
    const { grounds } = judged([created('HsmRestored')], { scopes: [{ ...narrow, inputs }] }).first ?? {}
    expect(grounds?.cut).toBeGreaterThan(0)
    expect(judged([gone]).first?.grounds?.cut).toBe(0)
  })
})

describe('a scope', () => {
  it('in which something that is due cannot take place is skipped, and without another it is undecided', () => {
    const { result, first } = judged([gone], { scopes: [newest] })
    const why = 'no input of Elapse, which a fair run needs'
    expect([result.verdict, first?.verdict, first?.reason]).toEqual([
      'undecided',
      'undecided',
      `asked in no scope; smoke.newest has ${why}`,
    ])
    const { grounds } = judged([gone], { scopes: [newest, timed] }).first ?? {}
    expect(grounds).toMatchObject({ scopes: ['timed'], skipped: [{ scope: 'smoke.newest', why }] })
    expect(judged([gone], { scopes: [newest], partial: true }).verdicts).toEqual([])
  })
  it('without the rule of which it names the strong fairness is skipped', () => {
    const named = judged([hsm('DELETE_IN_PROGRESS', ['ACTIVE'], ['Activate'])]).first
    expect(named?.reason).toBe('asked in no scope; timed has no input of Activate, which a fair run needs')
  })
  it('of too many states for a graph is skipped', () => {
    const { first } = judged([gone], { maxGraph: 100 })
    expect([first?.verdict, first?.reason]).toEqual(['undecided', 'asked in no scope; timed has more than 100 states'])
  })
})

describe('a check of what leads to something', () => {
  it('stops at the first violation when asked to', () => {
    expect(judged([gone, failed, created()], { first: true }).verdicts).toEqual(['undecided', 'broken', 'undecided'])
    expect(judged([gone, failed, created()]).verdicts).toEqual(['holds', 'broken', 'broken'])
    expect(judged([never, failed], { first: true }).verdicts).toEqual(['broken', 'undecided'])
  })
  it('that is stopped while the graph is made is undecided, with all states explored', () => {
    let isGraph = false
    const { result, first } = judged([gone], {
      progress: told => (isGraph ||= told.isGraph),
      stop: () => isGraph,
    })
    expect([result.scopes[0]?.isComplete, first?.verdict, first?.reason]).toEqual([
      true,
      'undecided',
      'not everything was explored',
    ])
  })
  it('with the plain explorer says the same', () => {
    const [fast, plain] = (['fast', 'plain'] as const).map(engine =>
      judged([gone, created()], { engine }).result.properties.map(({ counterexample, ...said }) => {
        const { told = [], cycle = [] } = counterexample ?? {}
        return { said, run: [...told, null, ...cycle].map(step => step?.what) }
      }),
    )
    expect(plain).toEqual(fast)
  })
})
