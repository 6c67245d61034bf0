/** The adversary of the reference target: what it does with two backups and with its unit, on real bytes. */
import { describe, expect, it } from 'vitest'
import { referenceTarget, type Answer, type Observation, type Pending, type Request } from '../conformance/index.ts'

const CO = { user: 'CO', password: '00112233445566778899aabbccddeeff' } as const
const NOBODY = 'backup-aaaaaaaaaaa'

/** The reference target answers at once, so nothing here has to wait. */
const begin = () => {
  const target = referenceTarget()({ seed: 1 })
  if (target instanceof Promise) throw new Error('expected a target at once')
  const code = (answer: Answer): string => (answer.kind === 'accepted' ? 'accepted' : `${answer.kind} ${answer.code}`)
  const settleAll = (): readonly string[] => {
    const settled: string[] = []
    // Nothing waits for the service's plan.
    const next = () => (target.pending() as Pending[]).find(({ effect }) => effect !== 'ClusterBackedUp')
    for (let due = next(); due !== undefined; due = next()) settled.push(code(target.settle(due) as Answer))
    return settled
  }
  const ask = (request: Request): string => code(target.apply(request) as Answer)
  return { ask, settleAll, observe: () => target.observe() as Observation, target }
}
type Told = ReturnType<typeof begin>

/** An empty cluster with two backups: in the older the policy is 1, in the newer 2. */
const emptiedTwice = ({ ask, settleAll, observe, target }: Told) => {
  const made = target.apply({ op: 'CreateCluster', hsmType: 'hsm2m.medium', mode: 'FIPS' }) as Answer
  const clusterId = made.kind === 'accepted' ? (made.result?.clusterId ?? '') : ''
  settleAll()
  for (const value of [1, 2]) {
    ask({ op: 'CreateHsm', clusterId })
    settleAll()
    if (value === 1) {
      ask({ op: 'InitializeCluster', clusterId, certificate: 'matching' })
      settleAll()
      ask({ op: 'Activate', clusterId, password: CO.password, label: 'label', publicKey: '' })
      settleAll()
    }
    ask({ op: 'SetPolicy', clusterId, as: CO, value })
    ask({ op: 'DeleteHsm', clusterId, hsmId: observe().clusters[0]?.hsms[0]?.hsmId ?? '' })
    settleAll()
  }
  const [older = '', newer = ''] = observe().backups.map(({ backupId }) => backupId)
  return { clusterId, older, newer }
}

const bench = ({ ask }: Told): void => {
  ask({ op: 'Manufacture', genuine: true, line: 'hsm2m' })
  ask({ op: 'Commission', officers: 'two' })
  ask({ op: 'Boot', firmware: 'fips' })
}

describe('two backups', () => {
  it.each(['header', 'wrapped', 'sealed'] as const)(
    '§restore.splice §restore.header §restore.seal with the %s of the other one is refused with SEAL by a unit and by an HSM',
    part => {
      const told = begin()
      const { clusterId, older, newer } = emptiedTwice(told)
      bench(told)
      expect(told.ask({ op: 'SpliceBackup', backupId: newer, part, sourceBackupId: older })).toBe('accepted')
      expect(told.ask({ op: 'RestoreOnto', backupId: newer })).toBe('refused SEAL')
      expect(told.ask({ op: 'RestoreOnto', backupId: older })).toBe('accepted')
      told.ask({ op: 'CreateHsm', clusterId })
      // It is replaced, and its replacement restored from the backup that is left.
      expect(told.settleAll()).toEqual(['failed SEAL', 'accepted', 'accepted'])
      expect(Object.values(told.observe().contents)).toMatchObject([{ policy: 1 }])
    },
  )

  it('§adversary.replay have the contents of the older one when it stands in the place of the newer', () => {
    const told = begin()
    const { clusterId, older, newer } = emptiedTwice(told)
    const listed = told.observe().backups
    expect(told.ask({ op: 'ReplayBackup', backupId: newer, sourceBackupId: older })).toBe('accepted')
    expect(told.observe().backups).toEqual(listed)
    told.ask({ op: 'CreateHsm', clusterId })
    expect(told.settleAll()).toEqual(['accepted'])
    expect(Object.values(told.observe().contents)).toMatchObject([{ policy: 1, label: 'label' }])
  })

  it('§port.frame of which one is unknown are neither spliced nor replaced', () => {
    const told = begin()
    const { older } = emptiedTwice(told)
    const before = told.observe()
    for (const [backupId, sourceBackupId] of [
      [older, NOBODY],
      [NOBODY, older],
    ] as const) {
      expect(told.ask({ op: 'ReplayBackup', backupId, sourceBackupId })).toBe('refused ResourceNotFound')
      expect(told.ask({ op: 'SpliceBackup', backupId, part: 'wrapped', sourceBackupId })).toBe(
        'refused ResourceNotFound',
      )
    }
    expect(told.observe()).toEqual(before)
  })
})

describe('a unit', () => {
  it('§hardware.tamper §hardware.tampered shows nothing once it was opened, and refuses what is left to ask', () => {
    const told = begin()
    const { older } = emptiedTwice(told)
    bench(told)
    told.ask({ op: 'RestoreOnto', backupId: older })
    expect(told.observe().bench).toMatchObject({ state: 'OPERATIONAL', digest: expect.stringMatching(/^[0-9a-f]+$/) })
    expect(told.ask({ op: 'Tamper' })).toBe('accepted')
    expect(told.observe().bench).toEqual({ state: 'TAMPERED', mode: '', digest: '' })
    const asked: readonly Request[] = [
      { op: 'Commission', officers: 'two' },
      { op: 'UpdateFirmware', firmware: 'fips' },
      { op: 'Boot', firmware: 'fips' },
      { op: 'Restart' },
      { op: 'RestoreOnto', backupId: older },
    ]
    expect(asked.map(told.ask)).toEqual(asked.map(() => 'refused TAMPERED'))
  })

  it('§hardware.update §hardware.rollback §hardware.selftest answers what became of its start', () => {
    const told = begin()
    bench(told)
    const restarted = (firmware: 'fips' | 'other' | 'forged' | 'outdated'): string => {
      expect(told.ask({ op: 'UpdateFirmware', firmware })).toBe('accepted')
      return `${told.ask({ op: 'Restart' })}, ${told.observe().bench.state} ${told.observe().bench.mode}`
    }
    expect([restarted('forged'), restarted('outdated'), restarted('other')]).toEqual([
      'failed FIRMWARE, HALTED ',
      'failed ROLLBACK, HALTED ',
      'accepted, OPERATIONAL NON_FIPS',
    ])
    expect(told.ask({ op: 'FailSelfTest' })).toBe('failed SELF_TEST')
    expect(told.observe().bench.state).toBe('ERROR')
  })

  it('§port.frame that is not there cannot be asked', () => {
    const told = begin()
    const asked: readonly Request[] = [
      { op: 'UpdateFirmware', firmware: 'fips' },
      { op: 'Restart' },
      { op: 'FailSelfTest' },
      { op: 'Tamper' },
    ]
    expect(asked.map(told.ask)).toEqual(asked.map(() => 'refused ResourceNotFound'))
  })
})
