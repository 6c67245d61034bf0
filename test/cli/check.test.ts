/** The options of `check`, and what it prints of what is broken, of what goes round for ever, and of what it gave up on. */
import { describe, expect, it } from 'vitest'
import { NO_COLOURS, checkReport, concluded, exploreWithin, ticks } from '../../cli/index.ts'
import { dropEntries, scopeNamed, scopes, type Edit } from '../../model/index.ts'
import { check, leadsTo, properties, type Property } from '../../properties/index.ts'
import { cli } from './run.ts'

interface Printed {
  readonly verdict: string
  readonly bound: string | null
  readonly states: number
  readonly transitions: number
  readonly scopes: readonly { readonly isComplete: boolean; readonly store: unknown }[]
  readonly properties: readonly { readonly verdict: string; readonly counterexample?: object }[]
}
const printed = async (words: readonly string[]) => {
  const { code, out, err } = await cli(['check', '--json', ...words])
  return { code, err, ...(JSON.parse(out) as Printed) }
}
const NEWEST = ['--scope', 'smoke.newest'] as const

const REQUEST = { scope: 'smoke.newest', first: false, engine: 'fast', memory: 4096, time: 3600 } as const
const checkWithin = (asked: Omit<Parameters<typeof exploreWithin>[0], 'next'>, edits: readonly Edit[]) => {
  const request = { ...asked, next: new Int32Array(1) }
  return concluded(request, [exploreWithin(request, SERVING, edits)], edits)
}
const SERVING = { stop: () => false, progress: () => undefined }

describe('--engine', () => {
  it('plain explores and judges to the same effect', async () => {
    const [fast, plain] = await Promise.all([printed(NEWEST), printed([...NEWEST, '--engine', 'plain'])])
    const { code, verdict, states, transitions } = fast
    expect(plain).toMatchObject({ code, verdict, states, transitions, properties: fast.properties })
    expect([fast.scopes[0]?.store === null, plain.scopes[0]?.store]).toEqual([false, null])
  })
})

describe('--list', () => {
  it('gives each scope with its bounds and the reason for them, and explores nothing', async () => {
    const { code, out } = await cli(['check', '--list'])
    expect(code).toBe(0)
    for (const { name, why } of scopes) {
      const at = out.split('\n').findIndex(line => line.startsWith(`${name}  `))
      expect(out.split('\n')[at + 1]).toBe(`  ${why}`)
    }
  })
  it('gives a machine the same', async () => {
    const { scopes: listed } = await printed(['--list'])
    expect(listed).toHaveLength(scopes.length)
    expect(listed[0]).toMatchObject({
      name: scopes[0]?.name,
      slots: scopes[0]?.slots,
      inputs: scopes[0]?.inputs.length,
    })
  })
})

describe('--json', () => {
  it('states bounds, symmetry and fairness', async () => {
    expect(await printed(NEWEST)).toMatchObject({
      symmetry: 'none',
      fairness: { weak: ['settle', 'time', 'recovery'], finite: ['fault', 'crash'] },
      scopes: [{ bounds: { slots: scopeNamed('smoke.newest')?.slots, starts: 1 } }],
    })
  })
})

describe('--first', () => {
  it('changes nothing where all holds', async () => {
    expect(await printed([...NEWEST, '--first'])).toMatchObject({ code: 0, verdict: 'holds', states: 1518 })
  })
  it('stops at the first violation', () => {
    const edits = [dropEntries('hsm', '§hsm.join.none')]
    const [all, first] = [false, true].map(one => checkWithin({ ...REQUEST, first: one }, edits))
    expect([all?.verdict, first?.verdict, first?.bound]).toEqual(['broken', 'broken', null])
    expect(all?.states).toBeGreaterThan(first?.states ?? 0)
    expect(first?.scopes.map(({ isComplete }) => isComplete)).toEqual([false])
  })
})

describe('a bound', () => {
  it.each([
    ['--memory', '64', 'memory', 'it took more memory than --memory allows'],
    ['--time', '1', 'time', 'it took longer than --time allows'],
  ])('%s %s ends a check, undecided, with what was explored by then and why', async (option, value, bound, why) => {
    const { code, out } = await cli(['check', option, value])
    expect(code).toBe(2)
    const [reason, blank, verdict] = out.trimEnd().split('\n').slice(-3)
    expect([reason, blank]).toEqual([expect.stringContaining(`gave up: ${why}`), ''])
    expect(verdict).toMatch(/^undecided: \d+ properties, 0 broken, \d+ undecided; [\d,]+ states, [\d,]+ transitions, /)
    const { scopes, ...facts } = await printed([option, value])
    expect(facts).toMatchObject({ code: 2, verdict: 'undecided', bound })
    expect(scopes.map(({ isComplete }) => isComplete)).toContain(false)
  })
  it.each([
    ['--memory', 'abc', 'a whole number from 64 to'],
    ['--memory', '63', 'a whole number from 64 to'],
    ['--time', '0', 'a whole number from 1 to'],
    ['--time', '1.5', 'a whole number from 1 to'],
    ['--engine', 'slow', 'one of fast, plain'],
  ])('%s %s is refused in one line, exit code 2', async (option, value, expected) => {
    const { code, out, err } = await cli(['check', option, value])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^error: [^\n]+\n$/)
    expect(err).toContain(`argument '${value}' is invalid. Expected ${expected}`)
  })
})

describe('the live line of a check', () => {
  it('says how many states, how fast, how deep, and how many wait; anew for each exploration', () => {
    let now = 0
    const tickOf = ticks(() => now)
    const told = { scope: 'smoke.pair', states: 0, depth: 0, frontier: 1, isGraph: false, done: 0, total: 2 }
    expect(tickOf(told)).toEqual({ what: 'smoke.pair', counts: '0 states, 0/s, depth 0, 1 waiting', done: 0, total: 2 })
    now = 2000
    const far = { ...told, states: 30_000, depth: 9, frontier: 1234 }
    expect(tickOf(far).counts).toBe('30,000 states, 15,000/s, depth 9, 1,234 waiting')
    expect(tickOf({ ...told, isGraph: true })).toMatchObject({ what: 'the graph of smoke.pair' })
    now = 3000
    expect(tickOf({ ...far, isGraph: true }).counts).toContain('30,000/s')
  })
  it('keeps two explorations apart that are under way at a time, and never goes back', () => {
    let now = 0
    const tickOf = ticks(() => now)
    const told = { states: 0, depth: 0, frontier: 1, isGraph: false, total: 9 }
    const [slow, quick] = [
      { ...told, scope: 'smoke.pair', done: 0 },
      { ...told, scope: 'smoke.newest', done: 1 },
    ]
    expect([tickOf(slow).done, tickOf(quick).done]).toEqual([0, 1])
    now = 1000
    expect(tickOf({ ...quick, states: 500 }).counts).toContain(' 500/s')
    expect(tickOf({ ...slow, states: 700 })).toMatchObject({
      done: 1,
      counts: expect.stringContaining(' 700/s') as string,
    })
  })
})

describe('a report', () => {
  const reported = (asked: readonly Property[], edits: readonly Edit[] = []) => {
    const scope = scopeNamed('smoke.lifecycle')
    const result = check({ scopes: scope === undefined ? [] : [scope], properties: asked, edits, partial: true })
    return checkReport('smoke.lifecycle', 1, { ...result, bound: null }, NO_COLOURS)
  }
  const named = properties.filter(({ kind, id }) => kind === 'leadsTo' && id === '§cluster.delete')
  const created = leadsTo({
    id: '§hsm.join.sync',
    says: 'Comes.',
    reads: ['hsm'],
    each: 'hsm',
    from: ({ hsm }, slot) => hsm[slot]?.value === 'CREATE_IN_PROGRESS',
    to: ({ hsm }, slot) => hsm[slot]?.value !== 'CREATE_IN_PROGRESS',
  })

  it('says where a leadsTo was asked, and where only the bounds of the scope let it hold', () => {
    const { lines } = reported([...named, { ...created, fair: ['HsmRestored'] }])
    expect(lines).toContainEqual(expect.stringMatching(/^§cluster\.delete +leadsTo +276  holds$/))
    expect(lines).toContainEqual(expect.stringMatching(/^§hsm\.join\.sync +leadsTo +3,624  holds within the scope$/))
    expect(lines).toContain('leadsTo is asked in smoke.lifecycle, on all fair runs')
    expect(lines).toContain('  within the scope: what only its bounds block is not looked at further')
  })
  it('tells a run that goes round for ever as the way there and the way round', () => {
    const { lines, facts } = reported([created])
    const round = lines.indexOf('  and then again and again:')
    expect(lines[round + 1]).toMatch(/^ {2}10\. DeleteHsm HSM 1: accepted$/)
    const [told] = (facts as unknown as Printed).properties
    expect(told?.counterexample).toMatchObject({ scope: 'smoke.lifecycle', cycle: { length: 8 } })
  })
  it('tells a run that ends as one that ends', () => {
    const { lines, facts } = reported(named, [dropEntries('cluster', '§cluster.delete', 'ClusterDeleted')])
    expect(lines).toContain('  and there it ends: nothing that is due takes place')
    const [told] = (facts as unknown as Printed).properties
    expect(told?.counterexample).toMatchObject({ events: { length: 3 }, cycle: [] })
  })
})
