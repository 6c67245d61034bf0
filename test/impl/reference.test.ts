/** The reference target: the port's requests as they reach the account, the customer and the adversary that it plays. */
import { describe, expect, it } from 'vitest'
import {
  referenceTarget,
  type Answer,
  type Effect,
  type Observation,
  type Request,
  type Target,
} from '../conformance/index.ts'

type ReferenceOptions = Parameters<typeof referenceTarget>[0]

const CO = { user: 'CO', password: '00112233445566778899aabbccddeeff' } as const
const CU = { user: 'CU', password: 'ffeeddccbbaa99887766554433221100' } as const
const ZEROS = '00'.repeat(16)

/** The reference target answers at once, so nothing here has to wait. */
interface Now {
  readonly target: Target
  apply(request: Request): Answer
  settle(effect: Effect): Answer
  settleAll(): void
  pending(): readonly Effect[]
  observe(): Observation
  id(request: Request, field: 'clusterId' | 'hsmId'): string
}

const drive = (target: Target): Now => {
  const now: Now = {
    target,
    apply: request => target.apply(request) as Answer,
    settle: effect => {
      const due = (target.pending() as readonly { readonly effect: Effect; readonly subject: string }[]).find(
        each => each.effect === effect,
      )
      if (due === undefined) throw new Error(`expected ${effect}, got none`)
      return target.settle(due) as Answer
    },
    settleAll: () => {
      const next = () => now.pending().find(effect => effect !== 'ClusterBackedUp')
      for (let effect = next(); effect !== undefined; effect = next()) now.settle(effect)
    },
    pending: () => (target.pending() as readonly { readonly effect: Effect }[]).map(({ effect }) => effect),
    observe: () => target.observe() as Observation,
    id: (request, field) => {
      const answer = now.apply(request)
      const id = answer.kind === 'accepted' ? answer.result?.[field] : undefined
      if (id === undefined) throw new Error(`expected ${field}, got ${JSON.stringify(answer)}`)
      return id
    },
  }
  return now
}

const begin = (options: ReferenceOptions = {}, seed = 1): Now => drive(referenceTarget(options)({ seed }) as Target)

const code = (answer: Answer): string => (answer.kind === 'accepted' ? 'accepted' : `${answer.kind} ${answer.code}`)

const activated = (now: Now, mode: 'FIPS' | 'NON_FIPS' = 'FIPS') => {
  const clusterId = now.id({ op: 'CreateCluster', hsmType: 'hsm2m.medium', mode }, 'clusterId')
  now.settleAll()
  const hsmId = now.id({ op: 'CreateHsm', clusterId }, 'hsmId')
  now.settleAll()
  now.apply({ op: 'InitializeCluster', clusterId, certificate: 'matching' })
  now.settleAll()
  now.apply({ op: 'Activate', clusterId, password: CO.password, label: 'label', publicKey: '' })
  now.settleAll()
  now.apply({ op: 'CreateUser', clusterId, as: CO, user: 'CU', password: CU.password })
  now.apply({ op: 'GenerateKey', clusterId, as: CU, label: 'key' })
  return { clusterId, hsmId }
}

const emptied = (now: Now, mode: 'FIPS' | 'NON_FIPS' = 'FIPS') => {
  const ids = activated(now, mode)
  now.apply({ op: 'DeleteHsm', ...ids })
  now.settleAll()
  return { ...ids, backupId: now.observe().backups.at(-1)?.backupId ?? '' }
}

/** A unit of the bench, booted. */
const bench = (now: Now, genuine = true, officers: 'two' | null = 'two', firmware: 'fips' | 'other' = 'fips') => {
  now.apply({ op: 'Manufacture', genuine, line: 'hsm2m' })
  if (officers !== null) now.apply({ op: 'Commission', officers })
  now.apply({ op: 'Boot', firmware })
}

describe('the reference target', () => {
  it('§cluster.initialize.certificate signs another key when asked to', () => {
    const now = begin()
    const clusterId = now.id({ op: 'CreateCluster', hsmType: 'hsm2m.medium', mode: 'FIPS' }, 'clusterId')
    now.settleAll()
    now.id({ op: 'CreateHsm', clusterId }, 'hsmId')
    now.settleAll()
    const ask = (certificate: 'matching' | 'mismatched') =>
      code(now.apply({ op: 'InitializeCluster', clusterId, certificate }))
    expect([ask('mismatched'), ask('matching')]).toEqual(['refused InvalidRequest', 'accepted'])
  })

  it('§key.use §key.generate shows keys by what they compute, once the crypto user is known', () => {
    const now = begin()
    const { clusterId, hsmId } = activated(now)
    const [key] = now.observe().contents[hsmId]?.keys ?? []
    const answer = now.apply({ op: 'UseKey', clusterId, as: CU, label: 'key', challenge: ZEROS })
    expect(key).toEqual({ label: 'key', check: answer.kind === 'accepted' ? answer.result?.check : '' })
    expect(key?.check).toMatch(/^[0-9a-f]{32}$/)
    expect(now.observe().contents[hsmId]?.users).toEqual(['AU', 'CO', 'CU'])
  })

  it('§key.use still shows them after another password was refused', () => {
    const now = begin()
    const { clusterId, hsmId } = activated(now)
    const again = { op: 'CreateUser', clusterId, as: CO, user: 'CU', password: 'another' } as const
    expect(code(now.apply(again))).toBe('refused USER_EXISTS')
    now.apply({ op: 'SetPolicy', clusterId, as: CO, value: 5 })
    expect(now.observe().contents[hsmId]).toMatchObject({ policy: 5, keys: [{ label: 'key' }] })
  })

  it('§port.frame observing changes nothing, is not in the view, and is the same twice', () => {
    const [watched, blind] = [begin(), begin()]
    activated(blind)
    const { clusterId } = activated(watched)
    for (let i = 0; i < 3; i++) expect(watched.observe()).toEqual(watched.observe())
    expect(watched.target.view()).toHaveLength((blind.target.view() as unknown[]).length)
    for (const now of [watched, blind]) now.apply({ op: 'SetQuorum', clusterId, as: CO, value: 1 })
    expect(watched.target.view()).toEqual(blind.target.view())
    expect(watched.observe()).toEqual(blind.observe())
  })

  it('§port.frame forks into a target that goes its own way', () => {
    const now = begin()
    const { clusterId, hsmId } = activated(now)
    bench(now)
    const fork = drive(now.target.fork?.() ?? now.target)
    const before = now.observe()
    fork.apply({ op: 'SetPolicy', clusterId, as: CO, value: 4 })
    fork.apply({ op: 'Boot', firmware: 'forged' })
    fork.apply({ op: 'FailHsm', hsmId })
    expect(now.observe()).toEqual(before)
    expect(fork.observe().bench.state).toBe('HALTED')
  })

  it('§port.frame answers the same for the same seed', () => {
    const [one, other] = [begin({}, 7), begin({}, 7)]
    for (const now of [one, other]) emptied(now)
    expect(other.observe()).toEqual(one.observe())
    expect(begin({ name: 'other name' }).target.name).toBe('other name')
  })

  it.each([
    [{ op: 'FailHsm', hsmId: 'hsm-aaaaaaaaaaa' }],
    [{ op: 'FailSeal', backupId: 'backup-aaaaaaaaaaa' }],
    [{ op: 'AlterBackup', backupId: 'backup-aaaaaaaaaaa', part: 'sealed' }],
    [{ op: 'TruncateBackup', backupId: 'backup-aaaaaaaaaaa' }],
    [{ op: 'RelabelBackup', backupId: 'backup-aaaaaaaaaaa', field: 'mode' }],
    [{ op: 'RestoreOnto', backupId: 'backup-aaaaaaaaaaa' }],
  ] as const)('§port.frame refuses %o, since there is no such thing', request => {
    const now = begin()
    bench(now)
    const before = now.observe()
    expect(code(now.apply(request))).toBe('refused ResourceNotFound')
    expect(now.observe()).toEqual(before)
  })

  it('§hsm.delete.failed §backup.seal.failed answers that the seal failed', () => {
    const now = begin()
    const ids = activated(now)
    now.apply({ op: 'DeleteHsm', ...ids })
    const [backup] = now.observe().backups
    expect(code(now.apply({ op: 'FailSeal', backupId: backup?.backupId ?? '' }))).toBe('failed SEAL_FAILED')
    expect(now.observe().clusters[0]?.hsms).toMatchObject([{ hsmId: ids.hsmId, state: 'ACTIVE' }])
  })

  it('§hsm.delete.state §backup.delete.state takes the choices that it is given', () => {
    const now = begin({ choices: { 'choice.backup.delete.again': 'accepted' } })
    const { backupId } = emptied(now)
    const ask = () => code(now.apply({ op: 'DeleteBackup', backupId }))
    expect([ask(), ask()]).toEqual(['accepted', 'accepted'])
    const other = begin()
    const { backupId: id } = emptied(other)
    const again = () => code(other.apply({ op: 'DeleteBackup', backupId: id }))
    expect([again(), again()]).toEqual(['accepted', 'refused InvalidRequest'])
  })
})

describe('the adversary of the reference target', () => {
  it.each([
    ['§restore.header', { op: 'AlterBackup', part: 'header' }, 'SEAL'],
    ['§restore.unwrap', { op: 'AlterBackup', part: 'wrapped' }, 'UNWRAP'],
    ['§restore.seal', { op: 'AlterBackup', part: 'sealed' }, 'SEAL'],
    ['§restore.format', { op: 'TruncateBackup' }, 'FORMAT'],
    ['§restore.mode', { op: 'RelabelBackup', field: 'mode' }, 'MODE'],
    ['§key.line', { op: 'RelabelBackup', field: 'hsmType' }, 'UNWRAP'],
  ] as const)('%s has %o refused by an HSM that joins and by a unit of its own, alike', (_, move, expected) => {
    const now = begin()
    const { clusterId, backupId } = emptied(now)
    bench(now)
    expect(code(now.apply({ ...move, backupId }))).toBe('accepted')
    expect(code(now.apply({ op: 'RestoreOnto', backupId }))).toBe(`refused ${expected}`)
    expect(now.observe().bench.digest).toBe('')
    now.id({ op: 'CreateHsm', clusterId }, 'hsmId')
    expect(code(now.settle('HsmRestored'))).toBe(`failed ${expected}`)
    expect(now.observe().clusters[0]?.hsms).toMatchObject([{ state: 'DEGRADED' }])
  })

  it('§key.mode has a backup relabelled to the other mode refused with UNWRAP there', () => {
    const now = begin()
    const { backupId } = emptied(now)
    now.apply({ op: 'RelabelBackup', backupId, field: 'mode' })
    expect(now.observe().backups).toMatchObject([{ mode: 'NON_FIPS', hsmType: 'hsm2m.medium' }])
    bench(now, true, 'two', 'other')
    expect(code(now.apply({ op: 'RestoreOnto', backupId }))).toBe('refused UNWRAP')
    now.apply({ op: 'Boot', firmware: 'fips' })
    expect(code(now.apply({ op: 'RestoreOnto', backupId }))).toBe('refused MODE')
  })

  it.each([
    [true, 'two', 'accepted'],
    [true, null, 'refused UNWRAP'],
    [false, 'two', 'refused UNWRAP'],
    [false, null, 'refused UNWRAP'],
  ] as const)(
    '§key.mkbk §key.akbk restores on hardware (genuine %s, officers %s): %s',
    (genuine, officers, expected) => {
      const now = begin()
      const { backupId } = emptied(now)
      bench(now, genuine, officers)
      expect(code(now.apply({ op: 'RestoreOnto', backupId }))).toBe(expected)
      expect(now.observe().bench.digest).toMatch(expected === 'accepted' ? /^[0-9a-f]{64}$/ : /^$/)
    },
  )

  it('§hardware.ceremony §hardware.boot §hardware.firmware §hardware.operational holds the ceremony and boots', () => {
    const now = begin()
    const { backupId } = emptied(now)
    expect(now.observe().bench).toEqual({ state: 'vacant', mode: '', digest: '' })
    now.apply({ op: 'Manufacture', genuine: true, line: 'hsm2m' })
    const officers = (which: 'one' | 'same' | 'two') => code(now.apply({ op: 'Commission', officers: which }))
    expect([officers('one'), officers('same'), officers('two')]).toEqual([
      'refused TWO_PERSON',
      'refused TWO_PERSON',
      'accepted',
    ])
    expect(code(now.apply({ op: 'RestoreOnto', backupId }))).toBe('refused NOT_OPERATIONAL')
    expect(code(now.apply({ op: 'Boot', firmware: 'forged' }))).toBe('failed FIRMWARE')
    expect(now.observe().bench).toEqual({ state: 'HALTED', mode: '', digest: '' })
    now.apply({ op: 'Boot', firmware: 'other' })
    expect(now.observe().bench).toEqual({ state: 'OPERATIONAL', mode: 'NON_FIPS', digest: '' })
  })
})
