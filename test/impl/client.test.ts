/** The client and the carrier: whom it talks to, what it refuses, and what the service sees of it. */
import { describe, expect, it } from 'vitest'
import { createAuthority } from '../../impl/index.ts'
import {
  active,
  authority,
  CO,
  codeOf,
  CU,
  entropy,
  filled,
  fresh,
  inspect,
  joined,
  provisioned,
  settle,
  tell,
  valueOf,
} from './world.ts'

const challenge = entropy(3).subarray(0, 16)

describe('the client', () => {
  it('§client.available refuses with UNAVAILABLE while the cluster has no ACTIVE HSM, or is unknown', () => {
    const place = fresh()
    expect(codeOf(tell(place, { op: 'LogIn', as: CO }))).toBe('UNAVAILABLE')
    valueOf(place.at.service.createHsm(place.clusterId))
    expect(codeOf(tell(place, { op: 'LogIn', as: CO }))).toBe('UNAVAILABLE')
    settle(place.at, 'HsmProvisioned')
    expect(codeOf(tell(place, { op: 'LogIn', as: CO }))).not.toBe('UNAVAILABLE')
    const nowhere = { ...place, trust: { ...place.trust, clusterId: 'cluster-aaaaaaaaaaa' } }
    expect(codeOf(tell(nowhere, { op: 'LogIn', as: CO }))).toBe('UNAVAILABLE')
  })

  it.each([
    ['another authority', { anchor: createAuthority(entropy(5)).anchor }],
    ['another mode', { mode: 'NON_FIPS' as const }],
  ])('§client.certificate sends nothing to an HSM of %s', (_, changed) => {
    const place = active()
    const seen = place.at.service.view.length
    expect(codeOf(tell({ ...place, trust: { ...place.trust, ...changed } }, { op: 'LogIn', as: CO }))).toBe(
      'CERTIFICATE',
    )
    expect(place.at.service.view.slice(seen).map(({ channel }) => channel)).toEqual(['certificate'])
    expect(codeOf(tell(place, { op: 'LogIn', as: CO }))).toBe('accepted')
  })

  it('§client.certificate sends nothing before the cluster is initialised', () => {
    const place = provisioned()
    const seen = place.at.service.view.length
    expect(codeOf(tell(place, { op: 'Activate', password: 'p', label: '' }))).toBe('CERTIFICATE')
    expect(place.at.service.view.slice(seen).some(({ channel }) => channel === 'record')).toBe(false)
  })

  it('§user.login goes to every ACTIVE HSM, other operations to one, and §key.use to one of those that are found to have the key', () => {
    const place = filled()
    joined(place)
    const count = (act: () => unknown) => {
      const seen = place.at.service.view.length
      act()
      return place.at.service.view.slice(seen).filter(({ channel }) => channel === 'record').length
    }
    // Before either, each HSM is asked whom it has locked out: a record there and one back.
    expect(count(() => valueOf(tell(place, { op: 'LogIn', as: CU })))).toBe(4 + 4)
    expect(count(() => valueOf(tell(place, { op: 'SetPolicy', as: CO, value: 4 })))).toBe(4 + 2)
    expect(count(() => valueOf(tell(place, { op: 'UseKey', as: CU, label: 'key', challenge })))).toBe(4 + 4 + 2)
  })

  it('§user.lockout sends no password while one of the ACTIVE HSMs has locked the account, and §user.list says so', () => {
    const place = filled()
    const wrong = { ...CU, password: 'a-wrong-password' }
    for (let times = 0; times < 5; times++)
      expect(codeOf(tell(place, { op: 'LogIn', as: wrong }))).toBe('LOGIN_FAILURE')
    const second = joined(place)
    expect([inspect(place, place.hsmId).locked, inspect(place, second).locked]).toEqual([['CU'], []])
    expect(codeOf(tell(place, { op: 'LogIn', as: CU }))).toBe('USER_LOCKED')
    expect(codeOf(tell(place, { op: 'LogIn', as: wrong }))).toBe('USER_LOCKED')
    expect(codeOf(tell(place, { op: 'UseKey', as: CU, label: 'key', challenge }))).toBe('USER_LOCKED')
    const users = ['AU', 'CO', 'CU']
    expect(valueOf(tell(place, { op: 'ListUsers' }))).toEqual({ kind: 'users', users, locked: ['CU'], uneven: [] })
    valueOf(place.at.service.deleteHsm(place.clusterId, place.hsmId))
    expect(codeOf(tell(place, { op: 'LogIn', as: CU }))).toBe('accepted')
  })

  it('§user.unlock opens an account on every HSM by a change of its password, which an officer makes', () => {
    const place = filled()
    const second = joined(place)
    const wrong = { ...CU, password: 'a-wrong-password' }
    for (let times = 0; times < 5; times++) tell(place, { op: 'LogIn', as: wrong })
    expect([place.hsmId, second].map(id => inspect(place, id).locked)).toEqual([['CU'], ['CU']])
    valueOf(tell(place, { op: 'ChangePassword', as: CO, name: 'CU', password: 'another-password' }))
    expect([place.hsmId, second].map(id => inspect(place, id).locked)).toEqual([[], []])
    expect(codeOf(tell(place, { op: 'LogIn', as: { ...CU, password: 'another-password' } }))).toBe('accepted')
  })

  it('§key.use computes the same on every HSM of the cluster', () => {
    const place = filled()
    const first = valueOf(tell(place, { op: 'UseKey', as: CU, label: 'key', challenge }))
    joined(place)
    place.at.service.failHsm(place.hsmId)
    const second = valueOf(tell(place, { op: 'UseKey', as: CU, label: 'key', challenge }))
    expect({ ...second, by: place.hsmId }).toEqual(first)
  })
})

describe("the service's view", () => {
  it('§channel.sealed §invariant.plaintext shows no password, label or policy of the customer', () => {
    const place = filled()
    joined(place)
    valueOf(tell(place, { op: 'LogIn', as: CU }))
    expect(codeOf(tell(place, { op: 'LogIn', as: { ...CO, password: 'a-wrong-password' } }))).toBe('LOGIN_FAILURE')
    const text = Buffer.concat(place.at.service.view.map(({ bytes }) => bytes)).toString('latin1')
    for (const secret of [CO.password, CU.password, 'a label', 'a-wrong-password'])
      expect(text.includes(secret), secret).toBe(false)
    expect(text.includes(place.clusterId)).toBe(true)
  })

  it('§channel.sealed has something of every kind, in order, each from where it comes from', () => {
    const place = filled()
    const second = joined(place)
    valueOf(tell(place, { op: 'SetPolicy', as: CO, value: 1 }))
    place.at.service.createHsm('cluster-aaaaaaaaaaa')
    const { view } = place.at.service
    const kinds = ['api', 'audit', 'backup', 'certificate', 'error', 'record', 'status', 'synchronisation']
    expect([...new Set(view.map(({ channel }) => channel))].sort()).toEqual(kinds)
    expect(new Set(view.filter(({ channel }) => channel === 'audit').map(({ from }) => from))).toEqual(
      new Set([place.hsmId, second]),
    )
    const carried = view.map(({ channel }) => channel).filter(channel => channel !== 'status')
    expect(carried.slice(-5)).toEqual(['audit', 'synchronisation', 'audit', 'audit', 'error'])
  })

  it('§invariant.plaintext is not changed by looking, and looking draws nothing', () => {
    const [looked, blind] = [filled(), filled()]
    const seen = looked.at.service.view.length
    for (let i = 0; i < 3; i++) inspect(looked, looked.hsmId)
    expect(looked.at.service.view).toHaveLength(seen)
    for (const place of [looked, blind]) valueOf(tell(place, { op: 'SetPolicy', as: CO, value: 3 }))
    expect(looked.at.service.view).toEqual(blind.at.service.view)
    expect(authority.anchor).toHaveLength(33)
  })
})
