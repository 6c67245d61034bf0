/** Another type of HSM: migration one HSM after the other, limited-write mode, and the way back, to the second. */
import { describe, expect, it } from 'vitest'
import {
  account,
  active,
  CO,
  CU,
  clusterState,
  codeOf,
  dueIn,
  filled,
  fresh,
  hsmsOf,
  initialised,
  inspect,
  joined,
  newestBackup,
  provisioned,
  settle,
  settleAll,
  stateOf,
  tell,
  valueOf,
  type Place,
} from './world.ts'

const DAY = 86_400
const NEWER = 'hsm2m.medium'
const ORIGINAL = 'hsm1.medium'

const older = () => provisioned(fresh(account(), ORIGINAL))
const inUse = () => filled(active(initialised(older())))
const ask = ({ at, clusterId }: Place, hsmType: 'hsm1.medium' | 'hsm2m.medium') =>
  codeOf(at.service.modifyHsmType({ clusterId, hsmType }))
const shown = ({ at, clusterId }: Place) => at.service.describeClusters(clusterId)[0]
const typesOf = (place: Place) => hsmsOf(place).map(({ hsmType }) => hsmType)
const only = (place: Place) => hsmsOf(place)[0]?.hsmId ?? ''

/** Migrated, all of it. */
const migrated = <Where extends Place>(place: Where): Where => {
  expect(ask(place, NEWER)).toBe('accepted')
  settleAll(place.at)
  return place
}

describe('what names another type of HSM', () => {
  it('§migrate.state is refused before the cluster is ACTIVE, and while it changes', () => {
    const place = older()
    expect(ask(place, NEWER)).toBe('InvalidRequest')
    const used = inUse()
    expect([ask(used, NEWER), ask(used, NEWER), ask(used, ORIGINAL), ask(used, ORIGINAL)]).toEqual([
      'accepted',
      'InvalidRequest',
      'accepted',
      'InvalidRequest',
    ])
  })
  it('§migrate.same is refused for the type that the cluster has', () => {
    expect([ask(inUse(), ORIGINAL), ask(filled(), NEWER)]).toEqual(['InvalidRequest', 'InvalidRequest'])
  })
  it('§migrate.hsms is refused while an HSM is not ACTIVE, and where there is none', () => {
    const place = inUse()
    valueOf(place.at.service.createHsm(place.clusterId))
    expect(ask(place, NEWER)).toBe('InvalidRequest')
    settleAll(place.at)
    for (const { hsmId } of hsmsOf(place)) valueOf(place.at.service.deleteHsm(place.clusterId, hsmId))
    settleAll(place.at)
    expect([hsmsOf(place), ask(place, NEWER)]).toEqual([[], 'InvalidRequest'])
  })
  it('§migrate.limit is refused for the newer type where there is no room for one more', () => {
    const at = account()
    const { clusterId } = valueOf(at.service.createCluster({ hsmType: ORIGINAL, mode: 'FIPS', hsmLimit: 1 }))
    settle(at, 'ClusterCreated')
    const trust = { ...fresh().trust, clusterId }
    const full = active(initialised(provisioned({ at, clusterId, trust })))
    expect(ask(full, NEWER)).toBe('InvalidRequest')
  })
})

describe('a migration', () => {
  it('§migrate.start §migrate.backup §migrate.hsm §migrate.end backs up and replaces one HSM after the other', () => {
    const place = inUse()
    joined(place)
    const before = hsmsOf(place)
    expect([ask(place, NEWER), clusterState(place), dueIn(place.at)]).toEqual([
      'accepted',
      'MODIFY_IN_PROGRESS',
      ['HsmBackedUp', 'HsmBackedUp'],
    ])
    const [first] = place.at.service.pending()
    if (first === undefined) throw new Error('expected an HSM to back up, got none')
    place.at.service.settle(first)
    expect(dueIn(place.at)).toEqual(['BackupSealed'])
    settle(place.at, 'BackupSealed')
    expect([settle(place.at, 'HsmMigrated'), typesOf(place).toSorted()]).toEqual(['accepted', [ORIGINAL, NEWER]])
    settleAll(place.at)
    expect([clusterState(place), shown(place)?.hsmType, typesOf(place)]).toEqual(['ACTIVE', NEWER, [NEWER, NEWER]])
    const addresses = (hsms: typeof before) => hsms.map(({ eniIp }) => eniIp).toSorted()
    expect(addresses(hsmsOf(place))).toEqual(addresses(before))
    expect(hsmsOf(place).some(({ hsmId }) => before.some(old => old.hsmId === hsmId))).toBe(false)
    expect(hsmsOf(place).map(({ hsmId }) => inspect(place, hsmId).policy)).toEqual([7, 7])
  })
  it('§migrate.backup backs an HSM up again when its backup fails', () => {
    const place = inUse()
    expect(ask(place, NEWER)).toBe('accepted')
    settle(place.at, 'HsmBackedUp')
    expect(codeOf(place.at.service.failSeal(newestBackup(place.at).backupId))).toBe('SEAL_FAILED')
    expect(dueIn(place.at)).toEqual(['HsmBackedUp'])
  })
  it('§limited.write §hsm.delete.changing takes no writes and lets no HSM go, while keys are used as ever', () => {
    const place = inUse()
    expect(ask(place, NEWER)).toBe('accepted')
    const use = { op: 'UseKey', as: CU, label: 'key', challenge: new Uint8Array(16) } as const
    const write = { op: 'SetPolicy', as: CO, value: 8 } as const
    expect([codeOf(tell(place, use)), codeOf(tell(place, write))]).toEqual(['accepted', 'LIMITED_WRITE'])
    const { service } = place.at
    expect(codeOf(service.deleteHsm(place.clusterId, place.hsmId))).toBe('InvalidRequest')
    expect(codeOf(service.createHsm(place.clusterId))).toBe('InvalidRequest')
    settleAll(place.at)
    expect([codeOf(tell(place, use)), codeOf(tell(place, write))]).toEqual(['accepted', 'accepted'])
  })
  it('§limited.write is told before anything else of a key, by two HSMs as by one', () => {
    const place = inUse()
    joined(place)
    expect(ask(place, NEWER)).toBe('accepted')
    const remove = { op: 'DeleteKey', label: 'key' } as const
    const generate = { op: 'GenerateKey', label: 'other', kind: 'AES' } as const
    const told = [remove, generate].flatMap(write => [CO, CU].map(as => codeOf(tell(place, { ...write, as }))))
    expect(told).toEqual(Array(4).fill('LIMITED_WRITE'))
    expect(codeOf(tell(place, { ...remove, as: CU, label: 'none' }))).toBe('LIMITED_WRITE')
  })
  it('§migrate.validation goes back by itself when a new HSM refuses the backup, and loses nothing', () => {
    const place = inUse()
    expect(ask(place, NEWER)).toBe('accepted')
    settle(place.at, 'HsmBackedUp')
    settle(place.at, 'BackupSealed')
    const { archive, describeBackups } = place.at.service
    const backupId = describeBackups()[0]?.backupId ?? ''
    archive.write(backupId, archive.read(backupId)?.subarray(0, 40) ?? new Uint8Array(0))
    expect([settle(place.at, 'HsmMigrated'), clusterState(place)]).toEqual(['VALIDATION', 'ROLLBACK_IN_PROGRESS'])
    settleAll(place.at)
    expect([clusterState(place), typesOf(place), inspect(place, place.hsmId).policy]).toEqual(['ACTIVE', [ORIGINAL], 7])
  })
})

describe('a rollback', () => {
  it('§rollback.start §rollback.hsm §rollback.end §loss.rollback brings back what there was before the migration', () => {
    const place = migrated(inUse())
    valueOf(tell(place, { op: 'SetPolicy', as: CO, value: 8 }))
    const [was] = hsmsOf(place)
    expect([ask(place, ORIGINAL), clusterState(place)]).toEqual(['accepted', 'ROLLBACK_IN_PROGRESS'])
    expect(settle(place.at, 'ClusterRolledBack')).toBe('accepted')
    const [is] = hsmsOf(place)
    expect([clusterState(place), shown(place)?.hsmType, is?.hsmType]).toEqual(['ACTIVE', ORIGINAL, ORIGINAL])
    expect([is?.eniIp, is?.hsmId === was?.hsmId]).toEqual([was?.eniIp, false])
    expect([inspect(place, only(place)).policy, stateOf(place, was?.hsmId ?? '')]).toEqual([7, 'gone'])
  })
  it('§rollback.window is possible for 24 hours from the start of the migration, to the second', () => {
    const place = inUse()
    expect([ask(place, NEWER), shown(place)?.rollbackExpiration === null]).toEqual(['accepted', false])
    settleAll(place.at)
    place.at.service.elapse(DAY - 1)
    const late = { ...place, at: place.at.fork() }
    expect(ask(place, ORIGINAL)).toBe('accepted')
    late.at.service.elapse(1)
    expect([shown(late)?.rollbackExpiration, ask(late, ORIGINAL)]).toEqual([null, 'InvalidRequest'])
  })
  it('§rollback.refused §rollback.none marks what is refused, and gives up when nothing is left', () => {
    const place = migrated(inUse())
    const { archive, describeBackups } = place.at.service
    const backupId = describeBackups()[0]?.backupId ?? ''
    archive.write(backupId, archive.read(backupId)?.subarray(0, 40) ?? new Uint8Array(0))
    expect(ask(place, ORIGINAL)).toBe('accepted')
    expect([settle(place.at, 'ClusterRolledBack'), clusterState(place)]).toEqual(['VALIDATION', 'ROLLBACK_IN_PROGRESS'])
    expect([settle(place.at, 'ClusterRolledBack'), clusterState(place)]).toEqual(['NO_BACKUP', 'ACTIVE'])
    expect([shown(place)?.hsmType, inspect(place, only(place)).policy]).toEqual([NEWER, 7])
  })
  it('§rollback.backups is not followed by a restore from what was taken of the newer type', () => {
    const place = migrated(inUse())
    valueOf(tell(place, { op: 'SetPolicy', as: CO, value: 8 }))
    joined(place)
    expect([newestBackup(place.at).hsmType, ask(place, ORIGINAL)]).toEqual([NEWER, 'accepted'])
    settleAll(place.at)
    for (const { hsmId } of hsmsOf(place)) valueOf(place.at.service.failHsm(hsmId))
    settleAll(place.at)
    expect([typesOf(place), inspect(place, only(place)).policy]).toEqual([[ORIGINAL, ORIGINAL], 7])
  })
})
