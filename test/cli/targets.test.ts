/** Targets of all kinds on the command line: conforming, broken, hanging, unusable; and their failures told again. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../../cli/spec/index.ts'
import { cli, type Ran } from './run.ts'

const EXAMPLE = join(ROOT, 'test/example/control-plane.ts')
const FEW = ['--scope', 'smoke.newest']
let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'targets-'))
})
afterAll(() => rm(cwd, { recursive: true }))

const run = (...words: readonly string[]): Promise<Ran> => cli(words, { cwd })
const write = async (name: string, text: string): Promise<string> => {
  await writeFile(join(cwd, name), text)
  return `./${name}`
}
/** A module whose target is the example's with something changed. */
const changed = (name: string, change: string): Promise<string> =>
  write(
    name,
    `import example from ${JSON.stringify(EXAMPLE)}
export default options => { const target = example(options); return { ...target, ${change} } }\n`,
  )
const parsed = ({ out }: Ran) => JSON.parse(out) as Readonly<Record<string, any>>

describe('conform --target', () => {
  it('judges the example, and says what it could not ask', async () => {
    const { code, out } = await run('conform', '--target', EXAMPLE, '--scope', 'smoke.contents', '--runs', '100')
    expect([code, out]).toEqual([0, expect.stringMatching(/not asked +data/)])
  })
  it('prints the shortest story of a module that is wrong, saves it, and says how to tell it again', async () => {
    const module = await changed(
      'wrong.ts',
      `pending: () => target.pending().filter(({ effect }) => effect !== 'HsmProvisioned')`,
    )
    const { code, out } = await run('conform', '--target', module, '--scope', 'smoke.contents')
    expect(code).toBe(1)
    expect(out).toMatch(/^broken §hsm.provision\n {2}1\. CreateCluster/)
    expect(out).toMatch(/expected HsmProvisioned hsm-1\n +actual +not offered/)
    const file = /replay (failures\/[0-9a-f]{16}\.json)/.exec(out)?.[1] ?? ''
    const again = await run('replay', file)
    expect([again.code, again.out]).toEqual([1, expect.stringContaining('broken §hsm.provision')])
    const healthy = await run('replay', file, '--target', EXAMPLE)
    expect([healthy.code, healthy.out]).toEqual([0, 'holds: §hsm.provision no longer fails in this story\n'])
  })
  it.each([
    ['throws', `apply: () => { throw new Error('out of order') }`, 'apply threw: out of order'],
    ['answers nonsense', `apply: () => 42`, 'apply answered what the port does not describe: 42'],
    ['answers what cannot be sent', `apply: () => () => 0`, 'apply threw:'],
    ['never answers', `apply: () => new Promise(() => {})`, 'no answer within 1 s'],
    ['is busy for ever', `apply: () => { for (;;); }`, 'no answer within 1 s'],
    ['ends the process', `apply: () => process.exit(0)`, 'the module ended its thread'],
    ['lacks a method', `settle: undefined`, 'open answered what the port does not describe'],
  ])('gives a verdict on a module that %s, §port.answer', async (name, change, told) => {
    const module = await changed(`${name.replaceAll(' ', '-')}.ts`, change)
    const { code, out, err } = await run('conform', '--target', module, '--timeout', '1', ...FEW)
    expect([code, err]).toEqual([1, ''])
    expect(out).toMatch(/^broken §port.answer/)
    expect(out).toContain(told)
  })
  it.each([
    ['has no default export', 'export const target = 1\n', 'its default export is no function'],
    ['throws when it is loaded', `throw new Error('not today')\n`, 'cannot be loaded: not today'],
    ['is no module', 'this is not code\n', 'cannot be loaded'],
    ['ends the process when it is loaded', 'process.exit(0)\n', 'ended its thread while it was loaded'],
    ['is never loaded', 'await new Promise(() => {})\n', 'no answer within 1 s'],
  ])('says in one line what is wrong with a module that %s, exit code 2', async (name, text, told) => {
    const module = await write(`${name.replaceAll(' ', '-')}.ts`, text)
    const { code, out, err } = await run('conform', '--target', module, '--timeout', '1', ...FEW)
    expect([code, out]).toEqual([2, ''])
    expect(err.trimEnd().split('\n')).toEqual([expect.stringContaining(told)])
  })
  it('keeps what a module prints apart from what the suite prints', async () => {
    const module = await changed('talking.ts', `pending: () => { console.log('hello'); return target.pending() }`)
    expect(parsed(await run('conform', '--json', '--runs', '5', '--target', module, ...FEW)).verdict).toBe('holds')
  })
})

/** The failures of broken implementations that were saved so far. */
const savedFiles = async (): Promise<readonly string[]> => {
  const names = await readdir(join(cwd, 'failures'))
  const texts = await Promise.all(names.map(name => readFile(join(cwd, 'failures', name), 'utf8')))
  return names.filter((_, at) => texts[at]?.includes('"kind": "fault"'))
}

describe('a saved failure', () => {
  it('is found, saved and told again of a broken implementation, and is gone on the reference, §hsm.fail', async () => {
    const found = await run('conform', '--json', '--fault', '§hsm.fail', ...FEW)
    const { verdict, failure, ...facts } = parsed(found)
    expect([found.code, verdict]).toEqual([1, 'broken'])
    expect(facts).toMatchObject({ schemaVersion: 1, command: 'conform', seed: 1 })
    expect(failure).toMatchObject({ clause: '§hsm.fail', minimality: '1-minimal', expected: 'DEGRADED' })
    expect(failure.events.length).toBeLessThanOrEqual(9)
    expect((await run('replay', failure.file)).code).toBe(1)
    expect((await run('replay', failure.file, '--target', 'reference')).code).toBe(0)
    expect((await run('replay', failure.file, '--fault', '§hsm.replace')).code).toBe(0)
  })
  it('is one file, however often it is found', async () => {
    const before = await savedFiles()
    await run('conform', '--fault', '§hsm.fail', ...FEW)
    expect(await savedFiles()).toEqual(before)
  })
  it.each<[string, (saved: string) => string, string]>([
    ['was cut short', saved => saved.slice(0, 200), 'is no JSON, or was cut short'],
    [
      'is of another version',
      saved => saved.replace('"schemaVersion": 1', '"schemaVersion": 2'),
      'has schemaVersion 2, expected 1',
    ],
    ['is something else', () => '[]', 'has schemaVersion undefined'],
    [
      'is of a clause that is no more',
      saved => saved.replaceAll('§hsm.fail', '§hsm.faints'),
      'which is no clause of SPEC.md any more',
    ],
    ['has an event that nobody knows', saved => saved.replace('"FailHsm"', '"FaintHsm"'), 'does not know: FaintHsm'],
    [
      'has an event with fields missing',
      saved => saved.replace('"mode": "FIPS",', ''),
      'has an event with fields missing',
    ],
    [
      'tells what cannot happen',
      saved => saved.replace('"ClusterCreated"', '"ClusterDeleted"'),
      'cannot happen any more',
    ],
  ])('that %s is unusable, exit code 2', async (name, edit, told) => {
    const saved = await readFile(join(cwd, 'failures', (await savedFiles())[0] ?? ''), 'utf8')
    const file = await write(
      `${name.replaceAll(' ', '-')}.json`,
      edit(saved).replace('"kind": "fault"', '"kind": "reference"'),
    )
    const { code, out, err } = await run('replay', file)
    expect([code, out]).toEqual([2, ''])
    expect(err.trimEnd().split('\n')).toEqual([expect.stringContaining(told)])
  })
})
