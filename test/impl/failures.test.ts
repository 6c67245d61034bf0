/** HSMs that fail in other states than ACTIVE, and the CSR that is lost with the first. */
import { describe, expect, it } from 'vitest'
import {
  active,
  authority,
  backupState,
  certificateOf,
  clusterState,
  CO,
  codeOf,
  dueIn,
  filled,
  fresh,
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

describe('the first HSM', () => {
  it('§hsm.replace.first §cluster.csr.lost is replaced at its address, with a CSR of its own, and the old certificate is void', () => {
    const place = provisioned()
    const { at, clusterId } = place
    const ask = (signedCert: Uint8Array) =>
      codeOf(at.service.initializeCluster({ clusterId, signedCert, trustAnchor: authority.anchor }))
    const old = certificateOf(place)
    const [first] = hsmsOf(place)
    at.service.failHsm(place.hsmId)
    expect([ask(old), dueIn(at)]).toEqual(['InvalidRequest', ['HsmReplaced']])
    settleAll(at)
    const [second] = hsmsOf(place)
    expect(second).toMatchObject({ state: 'ACTIVE', eniIp: first?.eniIp })
    expect(second?.hsmId).not.toBe(first?.hsmId)
    expect([ask(old), clusterState(place)]).toEqual(['InvalidRequest', 'UNINITIALIZED'])
    expect(ask(certificateOf(place))).toBe('accepted')
  })
  it('§hsm.fail.creating is replaced when it fails before it was ready', () => {
    const place = fresh()
    const { hsmId } = valueOf(place.at.service.createHsm(place.clusterId))
    expect(codeOf(place.at.service.failHsm(hsmId))).toBe('accepted')
    expect([stateOf(place, hsmId), dueIn(place.at)]).toEqual(['DEGRADED', ['HsmReplaced']])
    expect(codeOf(place.at.service.failHsm(hsmId))).toBe('InvalidRequest')
    settleAll(place.at)
    expect(hsmsOf(place)).toMatchObject([{ state: 'ACTIVE' }])
  })
})

describe('an HSM that joins', () => {
  it('§hsm.fail.creating is replaced when it fails, and the one in its place needs a copy of its own', () => {
    const place = filled()
    const { at, clusterId } = place
    const { hsmId } = valueOf(at.service.createHsm(clusterId))
    settle(at, 'PeerBackedUp')
    at.service.failHsm(hsmId)
    settle(at, 'HsmReplaced')
    expect(dueIn(at).toSorted()).toEqual(['BackupSealed', 'PeerBackedUp'])
    settleAll(at)
    expect(hsmsOf(place).map(({ state }) => state)).toEqual(['ACTIVE', 'ACTIVE'])
  })
})

describe('an HSM that is being deleted', () => {
  it('§hsm.fail.deleting §loss.failure takes its final backup with it, and the next is restored from the one before', () => {
    const place = filled()
    const second = joined(place)
    valueOf(place.at.service.deleteHsm(place.clusterId, second))
    settleAll(place.at)
    valueOf(tell(place, { op: 'SetPolicy', as: CO, value: 12 }))
    valueOf(place.at.service.deleteHsm(place.clusterId, place.hsmId))
    const { backupId } = newestBackup(place.at)
    place.at.service.failHsm(place.hsmId)
    expect([backupState(place.at, backupId), dueIn(place.at)]).toEqual(['gone', ['HsmDeleted']])
    settleAll(place.at)
    expect(inspect(place, joined(place)).policy).toBe(7)
  })
  it('§hsm.fail.deleting just goes when its final backup is READY, and no write reaches it', () => {
    const place = active()
    const second = joined(place)
    const { at, clusterId } = place
    valueOf(at.service.deleteHsm(clusterId, second))
    settle(at, 'BackupSealed')
    at.service.failHsm(second)
    expect(codeOf(tell(place, { op: 'SetPolicy', as: CO, value: 3 }))).toBe('accepted')
    expect([dueIn(at), newestBackup(at).state, at.digest(second)]).toEqual([['HsmDeleted'], 'READY', ''])
    settleAll(at)
    expect(stateOf(place, second)).toBe('gone')
  })
})
