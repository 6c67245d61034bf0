/** HSMs: created, deleted, written to, and what is refused on the way. */
import { describe, expect, it } from 'vitest'
import {
  account,
  active,
  CO,
  codeOf,
  CU,
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
} from './world.ts'

describe('CreateHsm', () => {
  it('§hsm.create §hsm.provision answers an HSM with an id and an address that settles in ACTIVE with initial contents', () => {
    const place = fresh()
    const { hsmId, eniIp } = valueOf(place.at.service.createHsm(place.clusterId))
    expect(hsmId).toMatch(/^hsm-[2-7a-zA-Z]{11,16}$/)
    expect(eniIp).toMatch(/^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/)
    const listed = { hsmId, eniIp, availabilityZone: 'us-east-1a', hsmType: 'hsm2m.medium' }
    expect(hsmsOf(place)).toEqual([{ ...listed, state: 'CREATE_IN_PROGRESS' }])
    settle(place.at, 'HsmProvisioned')
    expect(hsmsOf(place)).toEqual([{ ...listed, state: 'ACTIVE' }])
    expect(inspect(place, hsmId)).toEqual({
      users: ['AU', 'PRECO'],
      locked: [],
      keys: [],
      certificate: '',
      policy: 0,
      quorum: 0,
      label: '',
      publicKeys: [],
      tokens: [],
    })
  })

  it('§cluster.unknown §hsm.create.state §hsm.create.first refuses what is unknown, changing, or has its one HSM', () => {
    const at = account()
    const ask = (id: string) => codeOf(at.service.createHsm(id))
    expect(ask('cluster-aaaaaaaaaaa')).toBe('ResourceNotFound')
    const { clusterId } = valueOf(at.service.createCluster({ hsmType: 'hsm2m.medium', mode: 'FIPS' }))
    expect(ask(clusterId)).toBe('InvalidRequest')
    settle(at, 'ClusterCreated')
    expect([ask(clusterId), ask(clusterId)]).toEqual(['accepted', 'InvalidRequest'])
    settle(at, 'HsmProvisioned')
    expect(ask(clusterId)).toBe('InvalidRequest')
  })

  it('§hsm.create.first §hsm.create.initialized refuses in an INITIALIZED cluster, with its HSM and without', () => {
    const { at, clusterId, hsmId } = initialised()
    expect(codeOf(at.service.createHsm(clusterId))).toBe('InvalidRequest')
    valueOf(at.service.deleteHsm(clusterId, hsmId))
    settle(at, 'HsmDeleted')
    expect(codeOf(at.service.createHsm(clusterId))).toBe('InvalidRequest')
  })

  it('§hsm.create.source refuses in an ACTIVE cluster with nothing to restore from, and accepts a backup in the making', () => {
    const { at, clusterId, hsmId } = active()
    const failed = at.fork()
    failed.service.failHsm(hsmId)
    expect(codeOf(failed.service.createHsm(clusterId))).toBe('InvalidRequest')
    valueOf(at.service.deleteHsm(clusterId, hsmId))
    expect(codeOf(at.service.createHsm(clusterId))).toBe('accepted')
  })
})

describe('DeleteHsm', () => {
  it('§hsm.delete.backup §hsm.delete takes a backup at once, and goes when it is READY', () => {
    const place = filled()
    const { at, clusterId, hsmId } = place
    valueOf(at.service.deleteHsm(clusterId, hsmId))
    expect(at.service.describeBackups()).toMatchObject([{ state: 'CREATE_IN_PROGRESS', clusterId }])
    expect([stateOf(place, hsmId), dueIn(at)]).toEqual(['DELETE_IN_PROGRESS', ['BackupSealed']])
    settle(at, 'BackupSealed')
    expect(dueIn(at)).toEqual(['HsmDeleted'])
    settle(at, 'HsmDeleted')
    expect([hsmsOf(place), at.service.describeBackups().map(({ state }) => state)]).toEqual([[], ['READY']])
  })

  it('§hsm.delete.failed §cluster.write keeps its HSM when the backup fails, with what was written meanwhile', () => {
    const place = filled()
    const second = joined(place)
    valueOf(place.at.service.deleteHsm(place.clusterId, second))
    valueOf(tell(place, { op: 'SetPolicy', as: CO, value: 12 }))
    expect(codeOf(place.at.service.failSeal(newestBackup(place.at).backupId))).toBe('SEAL_FAILED')
    expect(stateOf(place, second)).toBe('ACTIVE')
    expect(inspect(place, second)).toEqual(inspect(place, place.hsmId))
    expect(inspect(place, second).policy).toBe(12)
    expect(dueIn(place.at)).toEqual([])
  })

  it.each([
    ['whose cluster is not ACTIVE', () => initialised(), false],
    ['that is DEGRADED', () => active(), true],
  ] as const)('§hsm.delete.unsaved takes no backup of an HSM %s', (_, begin, fails) => {
    const { at, clusterId, hsmId } = begin()
    if (fails) at.service.failHsm(hsmId)
    valueOf(at.service.deleteHsm(clusterId, hsmId))
    expect([at.service.describeBackups(), dueIn(at)]).toEqual([[], ['HsmDeleted']])
  })

  it('§cluster.unknown §hsm.unknown §hsm.delete.state refuses what is unknown, of another cluster, or being deleted', () => {
    const place = active()
    const { at, clusterId, hsmId } = place
    const other = fresh(at)
    const ask = (id: string, hsm: string) => codeOf(at.service.deleteHsm(id, hsm))
    expect(ask('cluster-aaaaaaaaaaa', hsmId)).toBe('ResourceNotFound')
    expect(ask(clusterId, 'hsm-aaaaaaaaaaa')).toBe('ResourceNotFound')
    expect(ask(other.clusterId, hsmId)).toBe('ResourceNotFound')
    expect([ask(clusterId, hsmId), ask(clusterId, hsmId)]).toEqual(['accepted', 'InvalidRequest'])
    settleAll(at)
    expect(ask(clusterId, hsmId)).toBe('ResourceNotFound')
  })

  it.each([
    ['refused', 'InvalidRequest', 'CREATE_IN_PROGRESS'],
    ['accepted', 'accepted', 'DELETE_IN_PROGRESS'],
  ] as const)('§hsm.delete.state answers as chosen (%s) for an HSM that is being created', (chosen, code, state) => {
    const place = fresh(account({ choices: { 'choice.hsm.delete.creating': chosen } }))
    const { hsmId } = valueOf(place.at.service.createHsm(place.clusterId))
    expect(codeOf(place.at.service.deleteHsm(place.clusterId, hsmId))).toBe(code)
    expect([stateOf(place, hsmId), place.at.service.describeBackups()]).toEqual([state, []])
    settleAll(place.at)
    expect(stateOf(place, hsmId)).toBe(chosen === 'accepted' ? 'gone' : 'ACTIVE')
  })
})

describe('a write', () => {
  it('§cluster.write reaches every ACTIVE HSM of the cluster, and no HSM of another', () => {
    const place = filled()
    const second = joined(place)
    const other = filled(active(initialised(provisioned(fresh(place.at)))))
    valueOf(tell(place, { op: 'GenerateKey', as: CU, label: 'later', kind: 'AES' }))
    const labels = [place, { ...place, hsmId: second }, other].map(at =>
      inspect(at, at.hsmId).keys.map(({ label }) => label),
    )
    expect(labels).toEqual([['key', 'later'], ['key', 'later'], ['key']])
    expect(inspect(place, second).keys).toEqual(inspect(place, place.hsmId).keys)
  })
})
