/** `attack` on the command line: what it prints of one attacker, and what it refuses. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../cli/spec/index.ts'
import { cli } from './run.ts'

const README = readFileSync(`${ROOT}/README.md`, 'utf8')

interface Printed {
  readonly schemaVersion: number
  readonly verdict: string
  readonly profiles: readonly {
    readonly profile: string
    readonly goals: readonly {
      readonly goal: string
      readonly verdict: string
      readonly clauses?: readonly string[]
      readonly run?: readonly object[]
    }[]
  }[]
}

describe('attack', () => {
  it('prints the run of an attack, and holds where a clause allows it', async () => {
    const { code, out, err } = await cli(['attack', '--capabilities', 'carry', '--goal', 'control', '--json'])
    const { schemaVersion, verdict, profiles } = JSON.parse(out) as Printed
    expect([code, err, schemaVersion, verdict]).toEqual([0, '', 1, 'holds'])
    const [given] = profiles
    expect([given?.profile, given?.goals.map(one => `${one.goal} ${one.verdict}`)]).toEqual([
      'given',
      [
        'control.new.fips attack',
        'control.active.fips secret',
        'control.new.nonfips attack',
        'control.active.nonfips secret',
      ],
    ])
    expect(given?.goals[0]?.clauses).toEqual(['§adversary.preactivation'])
    expect(given?.goals[0]?.run).toHaveLength(8)
  })
  it('prints what the README shows', async () => {
    const [, words = '', shown] = /^\$ npm run -s cli -- (attack .*)\n([\s\S]*?)^```/m.exec(README) ?? []
    expect((await cli(words.split(' '))).out).toBe(shown)
  })
  it('is undecided, with the cause, where no run of the model shows it', async () => {
    const { code, out } = await cli(['attack', '--profile', 'listener', '--goal', 'learn.mkbk'])
    expect(code).toBe(2)
    expect(out).toContain('?a  not replayed: the model gives keys that last to nobody')
  })
  it.each([
    [['attack', '--capabilities', 'carry,wings'], 'Expected capabilities out of archive, rewrite'],
    [['attack', '--profile', 'thief', '--capabilities', 'carry'], 'expected a profile or capabilities, got both'],
    [['attack', '--lattice', '--profile', 'thief'], '--lattice takes --goal alone'],
  ])('refuses %j in one line', async (words, said) => {
    const { code, out, err } = await cli(words)
    expect([code, out, err.trim().split('\n').length]).toEqual([2, '', 1])
    expect(err).toContain(said)
  })
})
