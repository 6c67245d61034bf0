/** The house's rules are kept, and a breach of each is caught. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ROOT, readFiles } from '../../cli/spec/index.ts'
import { ambient, dependencyFaults, focusedOrSilent, foreignPaths, tooLong, untitled, type Manifest } from './rules.ts'

const files = readFiles()
const written = [...readFiles(['.ts', '.md', '.json', '.yml', '.mmd', '.dot', '.svg', 'LICENSE', '.ci/run'])]
const manifest = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as Manifest

describe('the repository', () => {
  it('has no file over 250 lines without a reason', () => {
    expect(tooLong(files)).toEqual([])
  })
  it('opens each file with what it is', () => {
    expect(untitled(files.filter(({ path }) => path !== 'test/vitest.config.ts'))).toEqual([])
  })
  it('uses no ambient clock, randomness or schedule in model, properties and impl', () => {
    expect(ambient(files)).toEqual([])
  })
  it('has no test that runs alone or is skipped without a reason', () => {
    expect(focusedOrSilent(files)).toEqual([])
  })
  it('mentions no place outside itself', () => {
    expect(written.some(({ path }) => path === '.ci/run')).toBe(true)
    expect(foreignPaths(written)).toEqual([])
  })
  it('uses every package that it declares, and declares every package that it uses', () => {
    expect(dependencyFaults(files, manifest)).toEqual([])
  })
})

describe('the rule on length', () => {
  const long = { path: 'model/long.ts', text: 'x\n'.repeat(251) }
  it('catches a file of 251 lines, and allows 250', () => {
    expect(tooLong([long], {})).toEqual(['model/long.ts has 251 lines, more than 250'])
    expect(tooLong([{ ...long, text: 'x\n'.repeat(250) }], {})).toEqual([])
  })
  it('catches a reason that nothing needs any more', () => {
    expect(tooLong([long], { 'model/long.ts': 'so' })).toEqual([])
    expect(tooLong([{ ...long, text: '' }], { 'model/long.ts': 'so' })).toHaveLength(1)
  })
})

describe('the rule on what is ambient', () => {
  it.each([
    'Math.random()',
    'Date.now()',
    'new Date()',
    'performance.now()',
    'crypto.getRandomValues(x)',
    'randomBytes(32)',
    'p256.utils.randomSecretKey()',
    'setTimeout(f, 1)',
    '`${Date.now()}`.length',
  ])('catches %s', text => {
    expect(ambient([{ path: 'impl/service/x.ts', text }])).toHaveLength(1)
    expect(ambient([{ path: 'cli/x.ts', text }])).toEqual([])
  })
  it('allows what a file has a reason for, and nothing else there', () => {
    const file = { path: 'impl/x.ts', text: 'new Date(0), Math.random()' }
    expect(ambient([file], { 'impl/x.ts': { word: 'Date', why: 'so' } })).toEqual(['impl/x.ts:1 uses Math.random'])
    expect(ambient([file], {})).toHaveLength(2)
    const outgrown = ambient([{ path: 'impl/x.ts', text: '// Date' }], { 'impl/x.ts': { word: 'Date', why: 'so' } })
    expect(outgrown).toEqual(['impl/x.ts is allowed Date, and does not use it'])
  })
  it('allows to speak of it', () => {
    const text = `// Math.random\nconst a = 'Date.now()' + \`new Date()\` + createTimestampDate`
    expect(ambient([{ path: 'model/x.ts', text }])).toEqual([])
  })
})

describe('the rule on tests that do not run', () => {
  it.each([
    `it.only('does', () => {})`,
    `describe.only('x', () => {})`,
    `it.skip('does', () => {})`,
    `it.skipIf(true)('skipped: never', () => {})`,
    `it.todo('does')`,
    `it.only('skipped: no excuse', () => {})`,
  ])('catches %s', text => {
    expect(focusedOrSilent([{ path: 'test/x.test.ts', text }])).toHaveLength(1)
  })
  it('allows a reason in the title, and other words that are spelt so', () => {
    const text = `it.skip('skipped: needs a network; does', () => {})\n// it.only\nconst only = { skip: 'it.only' }`
    expect(focusedOrSilent([{ path: 'test/x.test.ts', text }])).toEqual([])
  })
})

describe('the rule on places', () => {
  it.each(['work', 'tmp', 'home', 'root', 'Users'])('catches a file in %s', folder => {
    expect(foreignPaths([{ path: 'x.md', text: `see ${'/'}${folder}/x` }])).toHaveLength(1)
  })
  it('catches the folder beside the repository, and allows paths within it', () => {
    expect(foreignPaths([{ path: 'x.md', text: `see ..${'/'}shared/x.md` }])).toHaveLength(1)
    expect(foreignPaths([{ path: 'x.md', text: 'see docs/root/x, test/tmp/y and https://example.org' }])).toEqual([])
  })
})

describe('the rule on packages', () => {
  const some: Manifest = { scripts: {}, dependencies: { a: '1', '@b/c': '1' }, devDependencies: { tool: '1' } }
  const using = {
    path: 'x.ts',
    text: `import 'a/part.js'; import type { C } from '@b/c'; import 'node:fs'; import './y.ts'`,
  }
  it('allows what is used or is a tool', () => {
    expect(dependencyFaults([using], some, { tool: 'so' })).toEqual([])
  })
  it('catches a package that nothing imports, one that is not declared, and a tool that is not there', () => {
    expect(
      dependencyFaults([using], { ...some, dependencies: { ...some.dependencies, d: '1' } }, { tool: 'so' }),
    ).toEqual(['nothing imports d'])
    expect(dependencyFaults([{ ...using, text: `${using.text}\nimport 'e'` }], some, { tool: 'so' })).toEqual([
      'x.ts imports e, which package.json does not list',
    ])
    expect(dependencyFaults([using], some, { tool: 'so', other: 'so' })).toHaveLength(1)
  })
})

describe('the rule on first lines', () => {
  it('catches a file that begins with code or with an empty comment', () => {
    expect(untitled([{ path: 'x.ts', text: `import './y.ts'` }])).toHaveLength(1)
    expect(untitled([{ path: 'x.ts', text: '/** */\ncode' }])).toHaveLength(1)
    expect(untitled([{ path: 'x.ts', text: '/** What it is. */' }])).toEqual([])
  })
})
