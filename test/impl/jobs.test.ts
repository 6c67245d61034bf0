/** Jobs of the service in steps, its journal, crashes and recovery. */
import { describe, expect, it } from 'vitest'
import type { Account, CrashPoint, Effect } from '../../impl/index.ts'
import { account, codeOf, dueIn, dueOf, fresh, settle, settleAll, valueOf } from './world.ts'

const HSM_TYPE = { hsmType: 'hsm2m.medium', mode: 'FIPS' } as const

/** Stops the one job of this effect. */
const crash = ({ service, ...at }: Account, effect: Effect, step: CrashPoint['step'], moment: CrashPoint['moment']) =>
  codeOf(service.crash(dueOf({ service, ...at }, effect), { step, moment }))

/** A cluster whose first HSM is to be provisioned. */
const begun = () => {
  const place = fresh()
  const { hsmId } = valueOf(place.at.service.createHsm(place.clusterId))
  return { ...place, hsmId }
}

const stateOf = (at: Account) => at.service.look().clusters[0]?.hsms[0]?.state

describe('a service that crashes', () => {
  it('is out: it refuses requests, lists nothing and offers nothing, §job.outage §job.idle', () => {
    const { at, clusterId, hsmId } = begun()
    expect(at.service.isOut()).toBe(false)
    expect(crash(at, 'HsmProvisioned', 'unit', 'before')).toBe('accepted')
    expect(at.service.isOut()).toBe(true)
    expect(codeOf(at.service.createCluster(HSM_TYPE))).toBe('InternalFailure')
    expect(codeOf(at.service.deleteHsm(clusterId, hsmId))).toBe('InternalFailure')
    expect(() => at.service.describeClusters()).toThrow('a service that is not out')
    expect(dueIn(at)).toEqual([])
  })
  it('shows nothing of a job before its last step, and all of it afterwards, §job.hidden §job.written', () => {
    for (const [step, moment, state] of [
      ['unit', 'before', 'CREATE_IN_PROGRESS'],
      ['unit', 'after', 'CREATE_IN_PROGRESS'],
      ['record', 'before', 'CREATE_IN_PROGRESS'],
      ['record', 'after', 'ACTIVE'],
    ] as const) {
      const { at } = begun()
      crash(at, 'HsmProvisioned', step, moment)
      expect(stateOf(at)).toBe(state)
      expect(codeOf(at.service.recover())).toBe('accepted')
      expect(stateOf(at)).toBe('ACTIVE')
      expect(at.service.isOut()).toBe(false)
    }
  })
  it('crashes again while it recovers, and recovers from that, §job.again', () => {
    const { at } = begun()
    const due = dueOf(at, 'HsmProvisioned')
    at.service.crash(due, { step: 'unit', moment: 'before' })
    at.service.crash(due, { step: 'record', moment: 'before' })
    expect([at.service.isOut(), stateOf(at)]).toEqual([true, 'CREATE_IN_PROGRESS'])
    at.service.recover()
    expect([at.service.isOut(), stateOf(at)]).toEqual([false, 'ACTIVE'])
  })
  it('gives up a job whose HSM has failed, §job.abandon', () => {
    const { at, hsmId } = begun()
    crash(at, 'HsmProvisioned', 'unit', 'after')
    at.service.failHsm(hsmId)
    at.service.recover()
    expect([stateOf(at), at.service.copyOf(hsmId)]).toEqual(['DEGRADED', null])
    expect(dueIn(at)).toEqual(['HsmReplaced'])
  })
  it('is out in a copy of the account as well, and the two recover apart, §job.journal', () => {
    const { at } = begun()
    crash(at, 'HsmProvisioned', 'unit', 'after')
    const copy = at.fork()
    at.service.recover()
    expect([at.service.isOut(), copy.service.isOut()]).toEqual([false, true])
    copy.service.recover()
    expect(stateOf(copy)).toBe('ACTIVE')
  })
  it('recovers nothing where there was no job', () => {
    const { at } = begun()
    expect(codeOf(at.service.recover())).toBe('accepted')
    settleAll(at)
    expect(stateOf(at)).toBe('ACTIVE')
  })
  it('finishes the deletion of a cluster, §job.dissolve', () => {
    const { at, clusterId } = fresh(account())
    valueOf(at.service.deleteCluster(clusterId))
    crash(at, 'ClusterDeleted', 'record', 'before')
    at.service.recover()
    expect(at.service.look().clusters).toEqual([])
    expect(dueIn(at)).toEqual([])
  })
})

describe('a job that nothing stops', () => {
  it('leaves nothing in the journal, §job.recover', () => {
    const { at } = begun()
    settle(at, 'HsmProvisioned')
    expect(at.service.isOut()).toBe(false)
  })
})
