/** What may be tried in a situation: inputs of the model, each with the capabilities and the knowledge that it takes, and what it reaches. */
import type { Input } from '../../input.ts'
import type { State } from '../../things.ts'
import { backupAt, originOf, unitAt, type Sighted, type World } from './sight.ts'
import { CHOSEN, passwordOf, tokensOf } from './tokens.ts'

export interface Try {
  readonly inputs: readonly Input[]
  /** Any of these sets of capabilities. */
  readonly needs: readonly (readonly string[])[]
  /** What has to be known or reached, besides what the situation shows. */
  readonly knows: readonly string[]
  /** What is reached if it is accepted, besides what the state afterwards shows. */
  readonly reaches: readonly string[]
  /** Whose firmware the unit runs afterwards. */
  readonly code?: Sighted['code']
  /** Nothing is looked at that comes after it. */
  readonly isLast?: true
}

const one = (
  input: Input,
  needs: Try['needs'] = [[]],
  knows: readonly string[] = [],
  reaches: readonly string[] = [],
): Try => ({
  inputs: [input],
  needs,
  knows,
  reaches,
})

const OTHER = '444455556666' as const
const slots = (locals: readonly unknown[]): readonly number[] => [...locals.keys()]
const known = (world: World, state: State, slot: number): readonly string[] => {
  const backup = backupAt(world, state, slot)
  return backup === null ? [] : [`know(${backup})`]
}

/** What customers and an honest service do. */
const honest = (
  { cluster: name, mode }: World,
  { state: { cluster, hsm, backup }, isChanged }: Sighted,
): readonly Try[] => {
  const { certificate, officerBefore, userBefore, key, officerNow, userNow } = tokensOf(name)
  const isNew = cluster[0]?.value === 'vacant'
  const own = { cluster: 0 } as const
  const contents = hsm.find(({ context }) => context.cluster === 0)?.context.contents
  if (isNew) return [one({ rule: 'CreateCluster', hsmType: 'hsm2m.medium', mode, source: null })]
  return [
    one({ rule: 'ClusterCreated', ...own }),
    one({ rule: 'CreateHsm', ...own }),
    one({ rule: 'InitializeCluster', ...own, certificate: 'matching', value: certificate }),
    one({ rule: 'ClusterInitialized', ...own }),
    one({ rule: 'Activate', ...own, value: officerBefore }),
    one({ rule: 'ClusterActivated', ...own }),
    ...(!isChanged && contents?.officer === officerBefore && contents.users === 0
      ? [one({ rule: 'CreateUser', ...own, as: 'CO', user: 'CU', value: userBefore })]
      : []),
    ...(!isChanged && contents?.users === userBefore && contents.keys === 0
      ? [one({ rule: 'GenerateKey', ...own, as: 'CU', value: key })]
      : []),
    ...(contents?.users === userBefore && contents.keys === key
      ? [one({ rule: 'ChangePassword', ...own, as: 'CU', user: 'CU', value: userNow })]
      : []),
    ...(contents?.users === userNow && contents.officer === officerBefore
      ? [one({ rule: 'ChangePassword', ...own, as: 'CO', user: 'CO', value: officerNow })]
      : []),
    one({ rule: 'Day' }),
    one({ rule: 'ClusterBackedUp', ...own }),
    ...slots(backup).map(slot => one({ rule: 'BackupSealed', backup: slot })),
    ...slots(hsm).flatMap(slot => [
      one({ rule: 'HsmProvisioned', hsm: slot }),
      one({ rule: 'PeerBackedUp', hsm: slot }),
      one({ rule: 'HsmReplaced', hsm: slot }),
      one({ rule: 'HsmRestored', hsm: slot }),
    ]),
  ]
}

/** What the service and another customer do with the archive and the fleet. */
const dishonest = (world: World, { state: { hsm, backup }, isChanged }: Sighted): readonly Try[] => {
  const { cluster, mode } = world
  const create = { rule: 'CreateCluster', hsmType: 'hsm2m.medium', mode } as const
  const newest = backup.findLast(({ value, context }) => value !== 'vacant' && context.cluster === 0)?.context
  const shared = (slot: number): readonly Input[] => [
    { rule: 'PutResourcePolicy', backup: slot },
    { ...create, source: slot, account: OTHER },
  ]
  const isUnsaved = isChanged && newest !== undefined && newest.contents.users === passwordOf(cluster, 'CU', 'before')
  return [
    one(
      { rule: 'Activate', cluster: 0, value: CHOSEN },
      [['carry']],
      [`reached(hsm(${cluster}))`],
      [`activates(${cluster})`],
    ),
    ...slots(hsm).map(slot => one({ rule: 'FailHsm', hsm: slot }, [isUnsaved ? ['fleet', 'delay'] : ['fleet']])),
    ...slots(backup).flatMap(slot => [
      one({ ...create, source: slot }, [['fleet']]),
      { ...one({ ...create, source: slot, account: OTHER }, [['account', 'shared']]), inputs: shared(slot) },
      ...slots(backup).map(source => one({ rule: 'ReplayBackup', backup: slot, source }, [['rewrite']])),
    ]),
  ]
}

/** What leaves a client that logs in, for whoever hears it: the record of its command. */
const records = (name: string, unit: string, { mode }: World, cluster: number): readonly Try[] => {
  const origin = `snap(${name}, now)`
  const record = `know(senc(command(${name}), session(${unit}, ${mode}, ${origin}, ${name}), nothing))`
  const input = { rule: 'LogIn', cluster, as: 'CU', password: 'right' } as const
  return [
    one(
      input,
      [
        ['client', 'listen'],
        ['client', 'carry'],
      ],
      [],
      [record],
    ),
  ]
}

/** What whoever knows a password, or tries some, does on the HSMs of one cluster; and the customer, who may be deceived. */
const logins = (world: World, { state, isChanged }: Sighted): readonly Try[] =>
  slots(state.hsm).flatMap(slot => {
    const { value, context } = state.hsm[slot] ?? {}
    const [unit, origin] = [unitAt(world, state, slot), context && originOf(world, context.contents)]
    const [, name, era] = /^snap\((\w+), (\w+)\)$/.exec(origin ?? '') ?? []
    if (value !== 'ACTIVE' || unit === null || name === undefined || era === undefined) return []
    const at = { cluster: context?.cluster ?? 0 } as const
    const isOwn = unit.startsWith('hsm')
    if (isOwn && !isChanged) return []
    const [reached, used] = [`reached(${unit})`, [`uses(key(${name}))`, `uses(imported(${name}))`, `lands(${name})`]]
    const [user, officer] = [`know(pw(CU, ${name}, ${era}))`, `know(pw(CO, ${name}, ${era}))`]
    const trying = [['weak', ...(unit.startsWith('tenant') ? ['account'] : ['fleet'])]]
    const last = (tried: Try): Try => ({ ...tried, isLast: true })
    const isNow = context?.contents.users === passwordOf(name, 'CU', 'now')
    return [
      one({ rule: 'UseKey', ...at, as: 'CU' }, [[]], [reached, user], used),
      last(one({ rule: 'ChangePassword', ...at, as: 'CO', user: 'CU', value: CHOSEN }, [[]], [reached, officer], used)),
      last(
        one(
          { rule: 'ChangePassword', ...at, as: 'CO', user: 'CO', value: CHOSEN },
          [[]],
          [reached, officer],
          isOwn ? [`commands(${name})`] : [],
        ),
      ),
      one({ rule: 'LogIn', ...at, as: 'CU', password: 'right' }, trying, [reached], [user]),
      one({ rule: 'LogIn', ...at, as: 'CO', password: 'right' }, trying, [reached], [officer]),
      ...(isNow ? records(name, unit, world, at.cluster) : []),
      ...(isNow
        ? [
            one(
              { rule: 'LogIn', ...at, as: 'CU', password: 'right' },
              [['client']],
              [],
              [`connected(${name}, ${unit})`],
            ),
          ]
        : []),
    ]
  })

/** What becomes of a cluster that was created from a backup; the customer's is left as it is meanwhile. */
const ofCopy = ({ hsm }: State): readonly Try[] => [
  one({ rule: 'ClusterCreated', cluster: 1 }),
  one({ rule: 'CreateHsm', cluster: 1 }, [['fleet'], ['account']]),
  ...slots(hsm)
    .filter(slot => hsm[slot]?.context.cluster === 1)
    .flatMap(slot => [
      one({ rule: 'HsmRestored', hsm: slot }),
      one({ rule: 'HsmReplaced', hsm: slot }),
      one({ rule: 'FailHsm', hsm: slot }, [['fleet']]),
    ]),
]

/** What may be tried on the customer's cluster, or on another that is created from its backups. */
export const inFleet = (world: World, sighted: Sighted): readonly Try[] => {
  const { state } = sighted
  if (state.cluster[0]?.value === 'vacant') return honest(world, sighted)
  const tries =
    state.cluster[1]?.value === 'vacant' ? [...honest(world, sighted), ...dishonest(world, sighted)] : ofCopy(state)
  return [...tries, ...logins(world, sighted)]
}

/** What may be tried on hardware in the attacker's hands. */
export const onBench = (world: World, { state, code }: Sighted): readonly Try[] => {
  const made = (isGenuine: boolean) => ({ rule: 'Manufacture', genuine: isGenuine, line: 'hsm2m' }) as const
  const commission = { rule: 'Commission', officers: 'two' } as const
  const boot = (firmware: 'fips' | 'other' | 'forged', as: Sighted['code'], needs: readonly string[]): Try => ({
    ...one({ rule: 'Boot', firmware }, [needs]),
    code: as,
  })
  const onBackup = (slot: number): readonly Try[] => {
    const knows = known(world, state, slot)
    const altered = (['header', 'wrapped', 'sealed'] as const).map(part =>
      one({ rule: 'AlterBackup', backup: slot, part }, [[]], knows),
    )
    return [
      one({ rule: 'RestoreOnto', backup: slot }, [[]], knows),
      one({ rule: 'RelabelBackup', backup: slot, field: 'mode' }, [[]], knows),
      ...altered,
    ]
  }
  return [
    { ...one(made(true), [['hardware']]), code: 'official' },
    { ...one(made(false), [['counterfeit']]), code: 'official' },
    { ...one(made(true), [['stolen']]), inputs: [made(true), commission], code: 'official' },
    one(commission, [['ceremony'], ['first-share', 'second-share']]),
    one({ rule: 'Commission', officers: 'one' }, [['first-share'], ['second-share']]),
    boot('fips', 'official', []),
    boot('other', 'official', []),
    boot('fips', 'evil', ['forge', 'production-key']),
    boot('other', 'evil', ['forge', 'other-key']),
    boot('forged', 'evil', ['forge']),
    { ...one({ rule: 'Restart' }), code },
    one({ rule: 'Tamper' }),
    ...slots(state.backup).flatMap(onBackup),
  ]
}
