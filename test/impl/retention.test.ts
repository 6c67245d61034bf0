/** How long the service keeps backups, and when it makes them by itself, to the second and to the day. */
import { describe, expect, it } from 'vitest'
import {
  account,
  active,
  backupState,
  codeOf,
  dueIn,
  dueOf,
  emptied,
  filled,
  fresh,
  initialised,
  joined,
  newestBackup,
  provisioned,
  settle,
  settleAll,
  valueOf,
  type Place,
} from './world.ts'

const DAY = 86_400
const unknown = 'backup-aaaaaaaaaaa'

const policyOf = ({ at, clusterId }: Place) => at.service.describeClusters(clusterId)[0]?.retentionDays

/** An empty ACTIVE cluster with two backups a day apart, the older first. */
const emptiedTwice = () => {
  const place = emptied()
  const older = place.backupId
  place.at.service.elapse(DAY)
  valueOf(place.at.service.deleteHsm(place.clusterId, joined(place)))
  settleAll(place.at)
  return { ...place, older, newer: newestBackup(place.at).backupId }
}

describe('a policy', () => {
  it('§cluster.retention is 90 days where none is asked for, and shown', () => {
    const at = account()
    valueOf(at.service.createCluster({ hsmType: 'hsm2m.medium', mode: 'FIPS' }))
    valueOf(at.service.createCluster({ hsmType: 'hsm2m.medium', mode: 'FIPS', retentionDays: 30 }))
    expect(at.service.describeClusters().map(({ retentionDays }) => retentionDays)).toEqual([90, 30])
  })
  it.each([
    [6, 'InvalidRequest'],
    [7, 'accepted'],
    [379, 'accepted'],
    [380, 'InvalidRequest'],
    [7.5, 'InvalidRequest'],
    [Number.NaN, 'InvalidRequest'],
  ])('§cluster.retention.value of %d days is %s', (retentionDays, code) => {
    const { at, clusterId } = fresh()
    expect(codeOf(at.service.createCluster({ hsmType: 'hsm2m.medium', mode: 'FIPS', retentionDays }))).toBe(code)
    expect(codeOf(at.service.modifyCluster({ clusterId, retentionDays }))).toBe(code)
  })
  it('§cluster.modify §cluster.modify.state can be changed in every state but those between two', () => {
    for (const place of [fresh(), initialised(provisioned()), emptied()]) {
      const { at, clusterId } = place
      expect(codeOf(at.service.modifyCluster({ clusterId, retentionDays: 8 }))).toBe('accepted')
      expect(policyOf(place)).toBe(8)
    }
    const { at, clusterId } = fresh()
    valueOf(at.service.deleteCluster(clusterId))
    expect(codeOf(at.service.modifyCluster({ clusterId, retentionDays: 8 }))).toBe('InvalidRequest')
    settle(at, 'ClusterDeleted')
    expect(codeOf(at.service.modifyCluster({ clusterId, retentionDays: 8 }))).toBe('ResourceNotFound')
  })
})

describe('retention', () => {
  it('§backup.expire deletes a backup when its days are over and not a second before, with seven days of grace', () => {
    const { at, older, newer } = emptiedTwice()
    at.service.elapse(89 * DAY - 1)
    expect(dueIn(at)).toEqual([])
    at.service.elapse(1)
    expect(at.service.pending()).toEqual([{ effect: 'BackupExpired', subject: older }])
    const { createTimestamp } = newestBackup(at)
    settle(at, 'BackupExpired')
    expect(at.service.describeBackups(older)).toMatchObject([
      { state: 'PENDING_DELETION', deleteTimestamp: createTimestamp + (89 + 7) * DAY },
    ])
    expect(backupState(at, newer)).toBe('READY')
  })
  it('§backup.expire takes a backup again that was given back, unless its policy was changed first', () => {
    const { at, clusterId, older } = emptiedTwice()
    at.service.elapse(90 * DAY)
    settle(at, 'BackupExpired')
    valueOf(at.service.restoreBackup(older))
    expect(dueIn(at)).toEqual(['BackupExpired'])
    valueOf(at.service.modifyCluster({ clusterId, retentionDays: 120 }))
    expect(dueIn(at)).toEqual([])
  })
  it('§backup.expire.last §invariant.lossless never leaves a cluster without a READY backup', () => {
    const { at, clusterId, older, newer } = emptiedTwice()
    valueOf(at.service.modifyCluster({ clusterId, retentionDays: 7 }))
    at.service.elapse(400 * DAY)
    settleAll(at)
    expect([backupState(at, older), backupState(at, newer)]).toEqual(['PENDING_DELETION', 'READY'])
    valueOf(at.service.deleteBackup(newer))
    valueOf(at.service.restoreBackup(older))
    expect(dueIn(at)).toEqual([])
  })
  it('§backup.expire.never §backup.attributes leaves what is exempted, until it no longer is', () => {
    const { at, older } = emptiedTwice()
    valueOf(at.service.modifyBackupAttributes({ backupId: older, neverExpires: true }))
    at.service.elapse(400 * DAY)
    expect(dueIn(at)).toEqual([])
    valueOf(at.service.modifyBackupAttributes({ backupId: older, neverExpires: false }))
    expect(dueIn(at)).toEqual(['BackupExpired'])
  })
  it('§backup.expire.orphan leaves the backups of a cluster that is DELETED', () => {
    const { at, clusterId } = emptiedTwice()
    at.service.elapse(90 * DAY)
    valueOf(at.service.deleteCluster(clusterId))
    expect(dueIn(at)).toEqual(['ClusterDeleted', 'BackupExpired'])
    settle(at, 'ClusterDeleted')
    expect(dueIn(at)).toEqual([])
  })
})

describe('ModifyBackupAttributes', () => {
  it('§backup.unknown §backup.attributes.state refuses what is unknown, being made or being deleted', () => {
    const { at, clusterId, hsmId } = filled()
    valueOf(at.service.deleteHsm(clusterId, hsmId))
    const { backupId } = newestBackup(at)
    const ask = (id = backupId) => codeOf(at.service.modifyBackupAttributes({ backupId: id, neverExpires: true }))
    expect([ask(unknown), ask()]).toEqual(['ResourceNotFound', 'InvalidRequest'])
    settle(at, 'BackupSealed')
    expect(ask()).toBe('accepted')
    valueOf(at.service.deleteBackup(backupId))
    expect([ask(), newestBackup(at).neverExpires]).toEqual(['InvalidRequest', true])
  })
})

describe('the plan of the service', () => {
  it('§backup.first backs up a cluster on its activation, and again when no backup is left', () => {
    const place = active()
    const { at } = place
    expect(dueIn(at)).toEqual(['ClusterBackedUp'])
    settle(at, 'ClusterBackedUp')
    expect(dueIn(at)).toEqual(['BackupSealed'])
    at.service.failSeal(newestBackup(at).backupId)
    settle(at, 'ClusterBackedUp')
    settle(at, 'BackupSealed')
    expect(dueIn(at)).toEqual([])
    valueOf(at.service.deleteBackup(newestBackup(at).backupId))
    expect(dueIn(at)).toEqual(['ClusterBackedUp'])
  })
  it('§backup.daily backs up a cluster in service when a day is over, once', () => {
    const { at } = active()
    settle(at, 'ClusterBackedUp')
    settle(at, 'BackupSealed')
    at.service.endDay()
    at.service.endDay()
    const due = dueOf(at, 'ClusterBackedUp')
    at.service.settle(due)
    settle(at, 'BackupSealed')
    expect([at.service.describeBackups().length, dueIn(at)]).toEqual([2, []])
    expect(() => at.service.settle(due)).toThrow('expected an effect that is due')
  })
  it('§backup.daily passes over a cluster that is not ACTIVE, or is empty', () => {
    const { at } = emptied()
    initialised(provisioned(fresh(at)))
    at.service.endDay()
    expect(dueIn(at)).toEqual([])
  })
  it('§backup.occasions makes no backup on any request but DeleteHsm', () => {
    const { at, clusterId, hsmId } = active()
    valueOf(at.service.modifyCluster({ clusterId, retentionDays: 7 }))
    valueOf(at.service.createHsm(clusterId))
    at.service.endDay()
    expect(at.service.describeBackups()).toEqual([])
    valueOf(at.service.deleteHsm(clusterId, hsmId))
    expect(at.service.describeBackups()).toHaveLength(1)
  })
})
