/** An account is a function of its seed and of what is asked of it, and can be forked. */
import { describe, expect, it } from 'vitest'
import type { Account } from '../../impl/index.ts'
import {
  account,
  CO,
  emptied,
  entropy,
  filled,
  fresh,
  initialised,
  inspect,
  joined,
  provisioned,
  active,
  tell,
  valueOf,
} from './world.ts'

const viewOf = ({ service }: Account): string =>
  service.view.map(({ channel, from, bytes }) => `${channel} ${from} ${Buffer.from(bytes).toString('hex')}`).join('\n')

const story = (at: Account): Account => {
  const place = emptied(filled(active(initialised(provisioned(fresh(at))))))
  joined(place)
  return at
}

describe('an account', () => {
  it('§port.frame gives the same bytes for the same seed and the same requests, and others for another seed', () => {
    const [one, other, third] = [account(), account(), account({ seed: entropy(2) })].map(story)
    if (one === undefined || other === undefined || third === undefined) throw new Error('expected three')
    expect(viewOf(other)).toBe(viewOf(one))
    expect(viewOf(third)).not.toBe(viewOf(one))
    expect(other.service.look()).toEqual(one.service.look())
  })

  it('§port.frame is not disturbed by a fork that goes another way', () => {
    const [place, control] = [filled(), filled()]
    const fork = { ...place, at: place.at.fork() }
    valueOf(tell(fork, { op: 'SetPolicy', as: CO, value: 99 }))
    fork.at.service.failHsm(fork.hsmId)
    fork.at.service.elapse(1000)
    fork.at.service.createCluster({ hsmType: 'hsm2m.medium', mode: 'FIPS' })
    expect(inspect(place, place.hsmId).policy).toBe(7)
    expect(place.at.service.look()).toEqual(control.at.service.look())
    for (const original of [place, control]) emptied(original)
    expect(viewOf(place.at)).toBe(viewOf(control.at))
  })

  it('§port.frame goes on in a fork as in its original', () => {
    const place = filled()
    const fork = { ...place, at: place.at.fork() }
    for (const at of [place, fork]) emptied(at)
    for (const at of [place, fork]) joined(at)
    expect(viewOf(fork.at)).toBe(viewOf(place.at))
    expect(fork.at.service.look()).toEqual(place.at.service.look())
  })

  it('§port.frame refuses to settle what is not due', () => {
    const { at, clusterId } = fresh()
    expect(() => at.service.settle({ effect: 'ClusterDeleted', subject: clusterId })).toThrow(RangeError)
    expect(() => at.service.settle({ effect: 'ClusterDeleted', subject: 'cluster-aaaaaaaaaaa' })).toThrow(RangeError)
  })
})
