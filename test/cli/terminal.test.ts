/** What the commands share: options as they are read, colours, the live line, tables, files that are whole or not there. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import {
  OPTIONS,
  colourFor,
  count,
  duration,
  exitCodeOf,
  progressLine,
  progressOn,
  scopesOf,
  showsColour,
  table,
  verdictWord,
  writeAtomically,
} from '../../cli/index.ts'

describe('options', () => {
  it.each([
    ['runs', '1', 1],
    ['runs', '1000000', 1_000_000],
    ['seed', '0', 0],
    ['seed', '2147483647', 2_147_483_647],
    ['timeout', '3600', 3600],
    ['scope', 'smoke', 'smoke'],
    ['scope', 'smoke.pair', 'smoke.pair'],
    ['fault', 'backup.bek', '§backup.bek'],
    ['fault', '§backup.bek', '§backup.bek'],
    ['format', 'svg', 'svg'],
    ['engine', 'plain', 'plain'],
    ['memory', '64', 64],
    ['time', '1', 1],
  ] as const)('--%s %s is read', (name, text, value) => {
    expect(OPTIONS[name].read?.(text)).toBe(value)
  })
  it.each([
    ['runs', '0'],
    ['runs', '1000001'],
    ['runs', '-1'],
    ['runs', '1.5'],
    ['runs', '1e3'],
    ['runs', ''],
    ['runs', 'many'],
    ['seed', '2147483648'],
    ['seed', '0x10'],
    ['seed', ' 1'],
    ['timeout', '0'],
    ['scope', 'smoke.'],
    ['scope', 'smok'],
    ['format', 'png'],
    ['engine', 'slow'],
    ['memory', '63'],
    ['memory', 'abc'],
    ['time', '0'],
    ['machine', 'user'],
  ] as const)('--%s %j is refused with what is expected', (name, text) => {
    expect(() => OPTIONS[name].read?.(text)).toThrow(/^Expected (a whole number from|one of) /)
  })
  it('a scope without a dot stands for all that begin so', () => {
    expect(scopesOf('smoke').length).toBeGreaterThan(1)
    expect(scopesOf('smoke').every(({ name }) => name.startsWith('smoke.'))).toBe(true)
    expect(scopesOf('smoke.pair').map(({ name }) => name)).toEqual(['smoke.pair'])
  })
})

describe('a verdict', () => {
  it('is an exit code', () => {
    expect((['holds', 'broken', 'undecided'] as const).map(exitCodeOf)).toEqual([0, 1, 2])
  })
  it('is coloured on a terminal only, and not with NO_COLOR', () => {
    const terminal = { isTTY: true }
    expect(verdictWord('broken', colourFor(terminal, {}))).toBe('\u001b[31mbroken\u001b[0m')
    expect(verdictWord('broken', colourFor({}, {}))).toBe('broken')
    expect(showsColour(terminal, { NO_COLOR: '' })).toBe(true)
    expect(showsColour(terminal, { NO_COLOR: '0' })).toBe(false)
    expect(showsColour(terminal, { TERM: 'dumb' })).toBe(false)
  })
})

describe('the live line', () => {
  const screenOf = (isTTY: boolean, columns = 40) => {
    const written: string[] = []
    return { isTTY, columns, written, write: (text: string) => written.push(text) }
  }
  it('says what, how much, how far, and how long it may still take', () => {
    const tick = { what: 'smoke.pair', counts: '1,000 states', done: 1, total: 4 }
    expect(progressLine(tick, 10)).toBe('smoke.pair  1,000 states  25 %  about 30 s left')
    expect(progressLine({ ...tick, done: 4 }, 10)).toBe('smoke.pair  1,000 states  100 %')
    expect(progressLine({ ...tick, done: 0 }, 10)).toBe('smoke.pair  1,000 states')
    expect(progressLine({ what: 'runs' }, 10)).toBe('runs')
  })
  it('says minutes from one minute on', () => {
    expect([0.2, 59.4, 60, 125].map(duration)).toEqual(['1 s', '59 s', '1 min 0 s', '2 min 5 s'])
  })
  it('is written ten times a second at most, fits the screen, and goes away', () => {
    const screen = screenOf(true, 10)
    let now = 0
    const progress = progressOn(screen, () => now)
    for (now = 0; now < 250; now += 10) progress.tick({ what: 'a long name of something' })
    progress.clear()
    const line = '\r\u001b[Ka long na'
    expect(screen.written).toEqual([line, line, line, '\r\u001b[K'])
  })
  it('is silent where there is no terminal', () => {
    const screen = screenOf(false)
    const progress = progressOn(screen, () => 0)
    progress.tick({ what: 'x' })
    progress.clear()
    expect(screen.written).toEqual([])
  })
})

describe('a table', () => {
  it('aligns columns, numbers to the right, colours without width', () => {
    const rows = [
      ['name', 'n'],
      ['\u001b[31mx\u001b[0m', count(12345)],
    ]
    expect(table(rows, [1])).toEqual(['name       n', '\u001b[31mx\u001b[0m     12,345'])
  })
})

describe('writing a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cli-'))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('makes its folder, replaces what was there, and leaves nothing beside it', () => {
    const path = join(folder, 'a/b.json')
    writeAtomically(path, 'one')
    writeAtomically(path, 'two')
    expect(readFileSync(path, 'utf8')).toBe('two')
    expect(readdirSync(join(folder, 'a'))).toEqual(['b.json'])
  })
  it('leaves what was there, and nothing beside it, when it fails', () => {
    mkdirSync(join(folder, 'taken'), { recursive: true })
    writeFileSync(join(folder, 'taken/x'), '')
    expect(() => writeAtomically(join(folder, 'taken'), 'text')).toThrow()
    expect(readdirSync(folder)).toEqual(['taken'])
  })
})
