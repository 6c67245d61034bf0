/** The attackers of CloudHSM: what each reaches, by which runs, and what the design keeps from all of them. */
import { describe, expect, it } from 'vitest'
import {
  ALL,
  GOALS,
  PROFILES,
  REPLAYED,
  WRITTEN,
  clausesIn,
  judgeAll,
  type Capability,
  type Judged,
} from '../../model/attack/index.ts'
import { verdictPage } from '../../cli/render/index.ts'
import { blockIn, readSpec } from '../../cli/spec/index.ts'
import { cloudHsm, initial, step, type State } from '../../model/index.ts'

const surveys = new Map(PROFILES.map(({ id, capabilities }) => [id, judgeAll(capabilities)]))
const of = (profile: string): readonly Judged[] => surveys.get(profile) ?? []
const reached = (profile: string, kind: Judged['verdict']['kind']) =>
  of(profile).flatMap(({ goal, verdict }) => (verdict.kind === kind ? [goal.id] : []))
const judged = (capabilities: readonly Capability[], goal: string) => {
  const [found] = judgeAll(capabilities, { goals: GOALS.filter(({ id }) => id === goal) })
  if (found === undefined) throw new Error(`expected a goal, got ${goal}`)
  return found
}
const keysOf = (state: State) => Object.values(state).flatMap(locals => locals.map(local => local.key))
const movesOf = ({ verdict }: Judged) => (verdict.kind === 'attack' ? verdict.run.steps.map(({ rule }) => rule.id) : [])
const both = (...goals: readonly string[]) => ['fips', 'nonfips'].flatMap(mode => goals.map(goal => `${goal}.${mode}`))

describe('the table', () => {
  it('has a verdict for every profile and goal, each attack with a run, each doubt with a cause', () => {
    expect([PROFILES.length, GOALS.length]).toEqual([21, 33])
    for (const { id } of PROFILES)
      for (const { goal, verdict } of of(id)) {
        if (verdict.kind === 'attack') expect(verdict.run.state.told.length, `${id} ${goal.id}`).toBeGreaterThan(0)
        if (verdict.kind === 'undecided') expect(verdict.cause).toMatch(/^not replayed: the model /)
        if (verdict.kind === 'secret') expect(verdict.terms).toBeGreaterThan(0)
      }
  })
  it('has no attack that no clause allows', () => {
    const runs = PROFILES.flatMap(({ id }) => of(id)).flatMap(({ verdict }) =>
      verdict.kind === 'attack' ? [clausesIn(verdict.run.steps)] : [],
    )
    expect(runs.length).toBe(66)
    expect(runs.filter(clauses => clauses.length === 0)).toEqual([])
  })
  it('has runs that the model takes, input for input, with the outcomes that they tell', () => {
    const model = cloudHsm()
    for (const { goal, verdict } of PROFILES.flatMap(({ id }) => of(id))) {
      if (verdict.kind !== 'attack') continue
      const start = initial(model, { cluster: 5, hsm: 6, backup: 6, hardware: 1 })
      const end = verdict.run.state.told.reduce((state, { input, outcome }) => {
        const taken = step(model, state, input)
        expect(taken, goal.id).toMatchObject({ kind: 'taken', outcome })
        return taken.kind === 'taken' ? taken.after : state
      }, start)
      expect(keysOf(end)).toEqual(keysOf(verdict.run.state.account))
    }
  })
  it('leaves every attacker that is alone, but for the service, with nothing', () => {
    const alone = PROFILES.filter(({ id }) => !id.includes('+') && !['service', 'help', 'listener'].includes(id))
    expect(alone.map(({ id }) => [id, reached(id, 'secret').length])).toEqual(alone.map(({ id }) => [id, 33]))
  })
  it('§invariant.plaintext leaves the service without any secret, key and contents', () => {
    const goals = GOALS.filter(({ kind }) => ['learn', 'use', 'land'].includes(kind)).map(({ id }) => id)
    expect(reached('service', 'secret').filter(id => goals.includes(id))).toEqual(goals)
    expect(reached('help', 'secret').filter(id => goals.includes(id))).toEqual(goals)
  })
  it('keeps what was said in sessions from a listener who is given every lasting key later', () => {
    const said = both('learn.officer', 'learn.user', 'learn.imported', 'learn.channel', 'learn.key')
    expect(reached('listener', 'secret').toSorted()).toEqual(expect.arrayContaining(said.toSorted()))
    expect(reached('listener', 'undecided')).toEqual(
      [...both('learn.certificate', 'learn.pbk'), 'learn.mkbk', 'learn.akbk'].toSorted(
        (a, b) => GOALS.findIndex(({ id }) => id === a) - GOALS.findIndex(({ id }) => id === b),
      ),
    )
  })
})

describe('SPEC.md', () => {
  it('has the table as it would be generated now', () => {
    const rows = PROFILES.map(profile => ({ profile, judged: of(profile.id) }))
    expect(blockIn(readSpec(), 'attackers').join('\n')).toBe(verdictPage(rows).join('\n'))
  })
})

describe('a weakness by design has a run', () => {
  it.each<[string, readonly Capability[], string, readonly string[]]>([
    ['§adversary.preactivation', ['carry'], 'control.new.fips', ['customer.initialise', 'attacker.activate']],
    [
      '§client.clone',
      ['fleet', 'client'],
      'pose.cluster.fips',
      ['customer.initialise', 'customer.activate', 'customer.change', 'hsm.backup', 'fleet.restore', 'client.connect'],
    ],
    [
      '§adversary.former §adversary.rollback',
      ['fleet', 'old-user'],
      'use.key.fips',
      [
        'customer.initialise',
        'customer.activate',
        'hsm.backup.before',
        'fleet.restore',
        'customer.change',
        'login.use',
      ],
    ],
    [
      '§adversary.replay',
      ['rewrite', 'fleet', 'carry', 'old-officer'],
      'control.active.fips',
      ['customer.initialise', 'customer.activate', 'hsm.backup.before', 'customer.change', 'hsm.backup', 'hsm.rewind'],
    ],
    [
      '§adversary.rollback',
      ['fleet', 'delay', 'carry', 'old-officer'],
      'control.active.fips',
      ['customer.initialise', 'customer.activate', 'hsm.backup.before', 'customer.change', 'hsm.revert'],
    ],
    [
      '§adversary.consumer §adversary.former',
      ['account', 'shared', 'old-user'],
      'use.key.fips',
      [
        'customer.initialise',
        'customer.activate',
        'hsm.backup.before',
        'tenant.restore',
        'customer.change',
        'login.use',
      ],
    ],
    [
      '§adversary.signer',
      ['archive', 'stolen', 'forge', 'other-key'],
      'learn.key.nonfips',
      ['customer.initialise', 'customer.activate', 'hsm.backup.before', 'unit.steal', 'unit.boot', 'evil.unwrap'],
    ],
    ['§adversary.ceremony', ['counterfeit', 'ceremony'], 'learn.akbk', ['unit.plant']],
    [
      '§limit.guessing',
      ['fleet', 'weak'],
      'learn.officer.fips',
      ['customer.initialise', 'customer.activate', 'customer.change', 'hsm.backup', 'fleet.restore', 'guess.online'],
    ],
  ])('%s', (clauses, capabilities, goal, moves) => {
    const found = judged(capabilities, goal)
    expect(movesOf(found)).toEqual(moves)
    expect(found.verdict.kind === 'attack' && clausesIn(found.verdict.run.steps).toSorted()).toEqual(
      clauses.split(' ').toSorted(),
    )
    for (const left of capabilities)
      expect(
        judged(
          capabilities.filter(capability => capability !== left),
          goal,
        ).verdict.kind,
      ).not.toBe('attack')
  })
  it('§adversary.signer never against a cluster in FIPS mode, whatever else but its own keys and lapses the attacker has', () => {
    const lapses = ['production-key', 'opened', 'later', 'unpinned', 'unattested', 'unchecked', 'help', 'weak']
    const most = ALL.filter(capability => !lapses.includes(capability) && !/^old/.test(capability))
    for (const goal of [
      'learn.key.fips',
      'learn.certificate.fips',
      'learn.officer.fips',
      'use.key.fips',
      'learn.pbk.fips',
    ])
      expect(judged(most, goal).verdict.kind, goal).toBe('secret')
    expect(judged(most, 'learn.key.nonfips').verdict.kind).toBe('attack')
  })
})

describe('the rules', () => {
  it('replay every move, or say why no run of the model shows it', () => {
    const moves = WRITTEN.filter(({ isMove, unmodelled }) => isMove === true && unmodelled === undefined)
    expect(moves.map(({ id }) => id).toSorted()).toEqual(REPLAYED.toSorted())
  })
})
