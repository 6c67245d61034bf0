/** The command line's shell: help, mistakes, exit codes, JSON, colours, closed pipes, interruption. */
import { describe, expect, it } from 'vitest'
import { scopeNamed } from '../../model/index.ts'
import { cli } from './run.ts'

const NEWEST = ['check', '--scope', 'smoke.newest'] as const
const { out: help } = await cli(['--help'])
const commands = [...help.matchAll(/^ {2}([a-z]+) +\[options\]/gm)].map(([, name = '']) => name)

interface Printed {
  readonly schemaVersion: number
  readonly command: string
  readonly verdict: string
  readonly [fact: string]: unknown
}
const any = (): unknown => expect.any(Number)
const parsed = (text: string): Printed => JSON.parse(text) as Printed

describe('--help', () => {
  it('lists the commands and the exit codes', () => {
    expect(commands).toEqual([
      'run',
      'check',
      'coverage',
      'conform',
      'replay',
      'faults',
      'mutants',
      'long',
      'attack',
      'diagram',
      'trace',
    ])
    expect(help).toContain('Exit codes: 0 holds, 1 broken, 2 undecided or bad usage.')
  })
  it.each(commands)('of %s says what it does and takes', async name => {
    const { code, out, err } = await cli([name, '--help'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(new RegExp(`^Usage: cloudhsm-conformance ${name} `))
    expect(out).toContain('--json')
  })
})

describe('a mistake', () => {
  it.each<[string, readonly string[], string]>([
    ['no command', [], 'expected a command: run, check,'],
    ['an unknown command', ['chek'], `unknown command 'chek' (Did you mean check?)`],
    ['an unknown option', ['check', '--scop', 'smoke'], `unknown option '--scop' (Did you mean --scope?)`],
    ['an unknown option before the command', ['--fast', 'check'], `unknown option '--fast'`],
    [
      'an unknown scope',
      ['check', '--scope', 'smok'],
      `argument 'smok' is invalid. Expected one of smoke, reviewer, deep, smoke.lifecycle`,
    ],
    ['an option without its value', ['check', '--scope'], 'argument missing'],
    ['one argument too many', ['check', 'now'], 'too many arguments'],
    ['a form without a picture', ['diagram', '--format', 'svg'], 'expected --machine with --format'],
    ['a form that is none', ['diagram', '--format', 'png'], 'Expected one of mermaid, dot, svg'],
    ['a picture to write', ['diagram', '--machine', 'hsm', '--write'], 'expected --write without --machine'],
    ['a name that every object has', ['constructor'], `unknown command 'constructor'`],
    ['no run at all', ['conform', '--runs', '0'], `argument '0' is invalid. Expected a whole number from 1 to`],
    [
      'a seed that is no number',
      ['conform', '--seed', 'x'],
      `argument 'x' is invalid. Expected a whole number from 0 to`,
    ],
    ['a seed beyond 31 bits', ['run', '--seed', '2147483648'], 'Expected a whole number from 0 to 2147483647'],
    ['no time to answer', ['conform', '--timeout', '0'], 'Expected a whole number from 1 to 3600'],
    ['a fault of no clause', ['conform', '--fault', '§no.such'], '§no.such'],
    ['a module that is not there', ['conform', '--target', './no-such.ts'], './no-such.ts'],
    ['a file that is not there', ['replay', 'failures/no-such.json'], 'failures/no-such.json'],
    ['no file', ['replay'], 'missing required argument'],
    ['an unknown clause', ['trace', '§no.such'], '§no.such is no clause of SPEC.md'],
  ])('is told in one line, without a stack trace, exit code 2: %s', async (_, words, told) => {
    const { code, out, err } = await cli(words)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(told)
    expect(err).toMatch(/^error: [^\n]+; see npm run -s cli -- (\w+ )?--help\n$/)
  })
})

describe('check', () => {
  it('prints the scopes, the properties and the verdict, which is its exit code', async () => {
    const { code, out, err } = await cli(NEWEST)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^scope +states +transitions +depth +bytes\/state +page fill +explored$/m)
    expect(out).toMatch(/^smoke\.newest +1,518 +8,415 +15 +[\d.]+ +[\d.]+ % +completely$/m)
    expect(out).toMatch(/^holds: \d+ properties, 0 broken, 0 undecided; 1,518 states, 8,415 transitions, depth 15, /m)
  })
  it('prints one JSON object with --json', async () => {
    const { code, out, err } = await cli([...NEWEST, '--json'])
    const { seconds, properties, ...facts } = parsed(out)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const sizes = { states: 1518, transitions: 8415, depth: 15 }
    const store = { states: 1518, pages: any(), bytes: any(), fill: any() }
    const bounds = {
      slots: { cluster: 1, hsm: 2, backup: 2, hardware: 0, job: 0 },
      inputs: scopeNamed('smoke.newest')?.inputs.length,
      rules: expect.arrayContaining(['CreateHsm']) as unknown,
      choices: [{ 'choice.backup.delete.again': 'refused', 'choice.hsm.delete.creating': 'refused' }],
      starts: 1,
    }
    expect(facts).toEqual({
      schemaVersion: 1,
      command: 'check',
      verdict: 'holds',
      scope: 'smoke.newest',
      ...sizes,
      bound: null,
      symmetry: 'none',
      fairness: { weak: ['settle', 'time', 'recovery'], finite: ['fault', 'crash'] },
      scopes: [{ name: 'smoke.newest', ...sizes, verdict: 'holds', isComplete: true, store, bounds }],
      problems: [],
    })
    expect(seconds).toBeGreaterThan(0)
    expect(properties).toContainEqual(
      expect.objectContaining({ id: '§port.frame', kind: 'step', verdict: 'holds', witnesses: expect.any(Number) }),
    )
  })
  it('colours nothing that goes to a pipe, with NO_COLOR or without', async () => {
    for (const env of [{ NO_COLOR: '1' }, { NO_COLOR: '' }] as const) {
      const { out, err } = await cli(NEWEST, { env })
      expect(out.length).toBeGreaterThan(100)
      expect(out + err).not.toContain('\u001b')
    }
  })
  it('ends quietly when its reader has gone, and keeps its exit code', async () => {
    expect(await cli(NEWEST, { isClosed: true })).toEqual({ code: 0, out: '', err: '' })
  })
  it('says what it found so far when it is interrupted, exit code 2', async () => {
    const { code, out, err } = await cli(['check', '--json'], { interruptAfter: 2500 })
    expect(err).toBe('stopping; what was found so far follows (once more to end at once)\n')
    expect(parsed(out)).toMatchObject({ command: 'check', verdict: 'undecided' })
    expect(parsed(out)['states']).toBeGreaterThan(0)
    expect(code).toBe(2)
  })
  it('ends what would go on for hours when it is interrupted, exit code 2', async () => {
    const endless = ['conform', '--json', '--scope', 'smoke.newest', '--runs', '1000000']
    const { code, out } = await cli(endless, { interruptAfter: 4000 })
    expect([code, parsed(out).verdict]).toEqual([2, 'undecided'])
  })
})

describe('diagram', () => {
  it('prints a picture, in Mermaid unless told otherwise', async () => {
    const { code, out, err } = await cli(['diagram', '--machine', 'cluster'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('stateDiagram-v2')
    expect((await cli(['diagram', '--machine', 'cluster', '--format', 'dot'])).out).toMatch(/^digraph /m)
  })
  it('says whether docs/ is up to date, and its verdict is its exit code', async () => {
    const { code, out } = await cli(['diagram', '--json'])
    const { verdict, files, stale } = parsed(out)
    expect(files).toContain('docs/cluster.svg')
    expect(verdict).toBe((stale as readonly unknown[]).length === 0 ? 'holds' : 'broken')
    expect(code).toBe(verdict === 'holds' ? 0 : 1)
  })
})

describe('trace', () => {
  it('prints the matrix as JSON, and its verdict is its exit code', async () => {
    const { code, out } = await cli(['trace', '--json'])
    const { schemaVersion, command, verdict, findings, summary } = parsed(out)
    expect({ schemaVersion, command }).toEqual({ schemaVersion: 1, command: 'trace' })
    expect(summary).toMatchObject({ clauses: expect.any(Number), linked: expect.any(Number) })
    expect(code).toBe((findings as readonly string[]).length === 0 ? 0 : 1)
    expect(verdict).toBe(code === 0 ? 'holds' : 'broken')
  })
  it('prints where a clause is linked, file and line, the sign left out or not', async () => {
    const { out } = await cli(['trace', 'cluster.delete.empty'])
    expect(out).toMatch(/^§cluster\.delete\.empty \(SPEC\.md:\d+\) DeleteCluster MUST be refused/)
    expect(out).toMatch(/^ {2}cluster\/ACTIVE\/DeleteCluster\/\d$/m)
    for (const room of ['model/machines', 'properties', 'impl/service', 'test/model'])
      expect(out).toMatch(new RegExp(`^  ${room}/[\\w.-]+:\\d+$`, 'm'))
    expect((await cli(['trace', '§cluster.delete.empty'])).out).toBe(out)
  })
})
