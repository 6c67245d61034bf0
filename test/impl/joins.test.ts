/** HSMs that join a cluster, and those that fail and are replaced. */
import { describe, expect, it } from 'vitest'
import {
  active,
  CO,
  codeOf,
  dueIn,
  emptied,
  filled,
  hsmsOf,
  inspect,
  joined,
  newestBackup,
  provisioned,
  settle,
  settleAll,
  stateOf,
  tell,
  valueOf,
} from './world.ts'

describe('an HSM that joins', () => {
  it('§hsm.join.snapshot §hsm.join.wait §hsm.join.sync has a peer backed up, waits for it, and gets what the peer has by then', () => {
    const place = filled()
    const { at, clusterId, hsmId } = place
    const joining = valueOf(at.service.createHsm(clusterId)).hsmId
    expect(dueIn(at)).toEqual(['ClusterBackedUp', 'PeerBackedUp'])
    settle(at, 'PeerBackedUp')
    expect(dueIn(at)).toEqual(['BackupSealed'])
    settle(at, 'BackupSealed')
    valueOf(tell(place, { op: 'SetPolicy', as: CO, value: 8 }))
    expect(settle(at, 'HsmRestored')).toBe('accepted')
    expect([stateOf(place, hsmId), stateOf(place, joining)]).toEqual(['ACTIVE', 'ACTIVE'])
    expect(inspect(place, joining)).toEqual(inspect(place, hsmId))
    expect(inspect(place, joining).policy).toBe(8)
    expect(at.digest(joining)).toBe(at.digest(hsmId))
  })

  it('§hsm.join.snapshot has the peer backed up again when that backup fails', () => {
    const { at, clusterId } = filled()
    valueOf(at.service.createHsm(clusterId))
    settle(at, 'PeerBackedUp')
    expect(codeOf(at.service.failSeal(newestBackup(at).backupId))).toBe('SEAL_FAILED')
    expect([at.service.describeBackups(), dueIn(at)]).toEqual([[], ['ClusterBackedUp', 'PeerBackedUp']])
  })

  it('§hsm.join.wait waits while another HSM is being deleted', () => {
    const place = filled()
    const second = joined(place)
    valueOf(place.at.service.createHsm(place.clusterId))
    settle(place.at, 'PeerBackedUp')
    settle(place.at, 'BackupSealed')
    expect(dueIn(place.at)).toEqual(['HsmRestored'])
    valueOf(place.at.service.deleteHsm(place.clusterId, second))
    expect(dueIn(place.at)).toEqual(['BackupSealed'])
    settle(place.at, 'BackupSealed')
    expect(dueIn(place.at)).toEqual(['HsmDeleted'])
    settle(place.at, 'HsmDeleted')
    expect(dueIn(place.at)).toEqual(['HsmRestored'])
  })

  it('§hsm.join.latest §invariant.lossless gets the newest backup of an empty cluster, whatever became of older ones', () => {
    const place = filled()
    const second = joined(place)
    valueOf(tell(place, { op: 'SetPolicy', as: CO, value: 9 }))
    const digest = place.at.digest(second)
    for (const hsmId of [place.hsmId, second]) valueOf(place.at.service.deleteHsm(place.clusterId, hsmId))
    settleAll(place.at)
    expect(place.at.service.describeBackups()).toHaveLength(3)
    const again = joined(place)
    expect(place.at.digest(again)).toBe(digest)
    expect(inspect(place, again).policy).toBe(9)
  })

  it('§hsm.join.latest takes an older backup while the newest is being deleted', () => {
    const place = filled()
    const second = joined(place)
    valueOf(place.at.service.deleteHsm(place.clusterId, second))
    settleAll(place.at)
    valueOf(tell(place, { op: 'SetPolicy', as: CO, value: 9 }))
    valueOf(place.at.service.deleteHsm(place.clusterId, place.hsmId))
    settleAll(place.at)
    valueOf(place.at.service.deleteBackup(newestBackup(place.at).backupId))
    expect(inspect(place, joined(place)).policy).toBe(7)
  })

  it('§hsm.join.none §loss.deleted fails with NO_BACKUP when the backup that it waited for is gone', () => {
    const place = emptied()
    const { at, clusterId, backupId } = place
    const { hsmId } = valueOf(at.service.createHsm(clusterId))
    valueOf(at.service.deleteBackup(backupId))
    expect(settle(at, 'HsmRestored')).toBe('NO_BACKUP')
    expect([stateOf(place, hsmId), dueIn(at)]).toEqual(['DEGRADED', []])
    valueOf(at.service.restoreBackup(backupId))
    expect(dueIn(at)).toEqual(['HsmReplaced'])
  })

  it('§hsm.join.refused §loss.altered becomes DEGRADED without contents, and the backup is not tried again', () => {
    const place = emptied()
    const { at, clusterId, backupId } = place
    const sealed = at.service.archive.read(backupId) ?? new Uint8Array()
    at.service.archive.write(backupId, sealed.subarray(0, -1))
    const { hsmId } = valueOf(at.service.createHsm(clusterId))
    expect(settle(at, 'HsmRestored')).toBe('FORMAT')
    expect([stateOf(place, hsmId), at.digest(hsmId), dueIn(at)]).toEqual(['DEGRADED', '', []])
    expect(codeOf(at.service.createHsm(clusterId))).toBe('InvalidRequest')
  })

  it('§hsm.join.latest §cluster.create.restored gets the source of its cluster until the cluster has a backup of its own', () => {
    const place = emptied()
    const { at, backupId, trust } = place
    const { clusterId } = valueOf(
      at.service.createCluster({ hsmType: 'hsm2m.medium', mode: 'FIPS', sourceBackupId: backupId }),
    )
    settle(at, 'ClusterCreated')
    const second = { at, clusterId, trust: { ...trust, clusterId } }
    const hsmId = joined(second)
    valueOf(tell(second, { op: 'SetPolicy', as: CO, value: 11 }))
    valueOf(at.service.deleteHsm(clusterId, hsmId))
    settleAll(at)
    expect(inspect(second, joined(second)).policy).toBe(11)
    expect(inspect(place, joined(place)).policy).toBe(7)
  })
})

describe('an HSM that fails', () => {
  it('§hsm.fail §client.available is DEGRADED, and serves nothing', () => {
    const place = active()
    expect(codeOf(place.at.service.failHsm(place.hsmId))).toBe('accepted')
    expect(stateOf(place, place.hsmId)).toBe('DEGRADED')
    expect(codeOf(tell(place, { op: 'LogIn', as: CO }))).toBe('UNAVAILABLE')
    expect(place.at.look(place.hsmId)({ op: 'Inspect', as: null })).toBeNull()
    expect(dueIn(place.at)).toEqual([])
  })

  it('§hsm.replace is replaced at the same address by a new HSM that joins', () => {
    const place = filled()
    const second = joined(place)
    const [first] = hsmsOf(place)
    place.at.service.failHsm(place.hsmId)
    settle(place.at, 'HsmReplaced')
    const [peer, replacement] = hsmsOf(place)
    expect(peer).toMatchObject({ hsmId: second, state: 'ACTIVE' })
    expect(replacement).toMatchObject({ state: 'CREATE_IN_PROGRESS', eniIp: first?.eniIp })
    expect(replacement?.hsmId).not.toBe(place.hsmId)
    settleAll(place.at)
    expect(inspect(place, replacement?.hsmId ?? '')).toEqual(inspect(place, second))
  })

  it('§hsm.replace §loss.failure is replaced from the newest backup when no peer is left', () => {
    const place = filled()
    const second = joined(place)
    valueOf(tell(place, { op: 'SetPolicy', as: CO, value: 99 }))
    for (const hsmId of [place.hsmId, second]) place.at.service.failHsm(hsmId)
    settleAll(place.at)
    expect(hsmsOf(place).map(({ hsmId }) => inspect(place, hsmId).policy)).toEqual([7, 7])
  })

  it('§hsm.replace stays DEGRADED before activation, and may be deleted', () => {
    const place = provisioned()
    place.at.service.failHsm(place.hsmId)
    expect(dueIn(place.at)).toEqual([])
    valueOf(place.at.service.deleteHsm(place.clusterId, place.hsmId))
    settle(place.at, 'HsmDeleted')
    expect(hsmsOf(place)).toEqual([])
  })
})
