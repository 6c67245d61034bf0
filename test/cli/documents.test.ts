/** What docs/json.md says that --json prints is what it prints. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../cli/spec/index.ts'
import { cli } from './run.ts'

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** The fields that docs/json.md lists for a command; without a command those of every one. */
const documented = (command?: string): readonly string[] => {
  const sections = read('docs/json.md').split(/^## /m)
  const section = command === undefined ? sections[0] : sections.find(text => text.startsWith(`${command}\n`))
  const rows = [...(section ?? '').matchAll(/^\| (`.*?`) \|/gm)].map(([, cell = '']) => cell)
  return rows.flatMap(cell => [...cell.matchAll(/`(.*?)`/g)].map(([, field = '']) => field))
}

describe('docs/json.md', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['check', ['--scope', 'smoke.newest'], []],
    ['conform', ['--scope', 'smoke.newest', '--runs', '5'], ['failure']],
    ['conform', ['--scope', 'smoke.newest', '--fault', '§port.answer'], []],
    ['faults', ['--scope', 'smoke.newest', '--fault', '§port.answer'], []],
    ['coverage', ['--scope', 'smoke.newest'], []],
    ['mutants', ['--scope', 'smoke.newest', '--count', '3'], []],
    ['attack', ['--profile', 'thief'], []],
    ['diagram', [], ['changed']],
    ['trace', [], []],
  ])('lists the fields of %s %j', async (command, options, absent) => {
    const printed = JSON.parse((await cli([command, '--json', ...options])).out) as object
    const fields = [...documented(), ...documented(command)].filter(field => !absent.includes(field))
    expect(Object.keys(printed).toSorted()).toEqual(fields.toSorted())
  })
})
