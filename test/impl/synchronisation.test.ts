/** HSMs of a cluster that differ: whom a client reaches, what the service brings, who computes, and who is listed. */
import { describe, expect, it } from 'vitest'
import type { Command, Terms } from '../../impl/index.ts'
import { CO, codeOf, CU, entropy, filled, inspect, joined, settle, settleAll, valueOf, type Place } from './world.ts'

const challenge = entropy(3).subarray(0, 16)
const use = { op: 'UseKey', as: CU, label: 'more', challenge } as const
const generate = { op: 'GenerateKey', as: CU, label: 'more', kind: 'AES' } as const
const second = { op: 'CreateUser', as: CO, name: 'CO2', role: 'CO', password: 'second-password' } as const

const tellWith = ({ at, trust }: Place, command: Command, terms: Terms) => at.client.perform(trust, command, terms)

/** A cluster in use with two HSMs. */
const pair = () => {
  const place = filled()
  const other = joined(place)
  return { ...place, other, ids: [place.hsmId, other] }
}
const labelsOn = (place: Place, hsmId: string) => inspect(place, hsmId).keys.map(({ label }) => label)

describe('a client that reaches one HSM', () => {
  it('§sync.write §sync.users writes there and nowhere else, and nothing mends that but a client', () => {
    const place = pair()
    valueOf(tellWith(place, second, { only: place.other }))
    valueOf(tellWith(place, { op: 'SetPolicy', as: CO, value: 9 }, { only: place.hsmId }))
    settleAll(place.at)
    expect(place.ids.map(id => inspect(place, id).policy)).toEqual([9, 7])
    expect(place.ids.map(id => inspect(place, id).users.includes('CO2'))).toEqual([false, true])
    const listed = valueOf(tellWith(place, { op: 'ListUsers' }, {}))
    expect(listed).toMatchObject({ users: ['AU', 'CO', 'CO2', 'CU'], uneven: ['CO2'] })
    expect(codeOf(tellWith(place, second, {}))).toBe('USER_EXISTS')
    expect(place.ids.map(id => inspect(place, id).users.includes('CO2'))).toEqual([false, true])
    valueOf(tellWith(place, second, { only: place.hsmId }))
    valueOf(tellWith(place, { op: 'SetPolicy', as: CO, value: 10 }, {}))
    expect(place.ids.map(id => inspect(place, id).policy)).toEqual([10, 10])
    expect(valueOf(tellWith(place, { op: 'ListUsers' }, {}))).toMatchObject({ uneven: [] })
  })
  it('§client.available is refused where that is not ACTIVE', () => {
    const place = pair()
    place.at.service.failHsm(place.other)
    expect(codeOf(tellWith(place, generate, { only: place.other }))).toBe('UNAVAILABLE')
  })
  it('§loss.divergence loses what it wrote with the HSM', () => {
    const place = pair()
    valueOf(tellWith(place, generate, { only: place.other }))
    place.at.service.failHsm(place.other)
    settleAll(place.at)
    expect(codeOf(tellWith(place, use, {}))).toBe('KEY_MISSING')
  })
})

describe('the service', () => {
  it('§sync.keys brings a key from one HSM to the other', () => {
    const place = pair()
    valueOf(tellWith(place, generate, { only: place.hsmId }))
    expect(place.ids.map(id => labelsOn(place, id))).toEqual([['key', 'more'], ['key']])
    expect(place.at.service.pending()).toEqual([{ effect: 'KeysSynchronised', subject: place.other }])
    settle(place.at, 'KeysSynchronised')
    expect(inspect(place, place.other).keys).toEqual(inspect(place, place.hsmId).keys)
    expect(place.at.service.pending()).toEqual([])
  })
  it('§sync.deleted has a key deleted where it still is', () => {
    const place = pair()
    valueOf(tellWith(place, { op: 'DeleteKey', as: CU, label: 'key' }, { only: place.other }))
    expect(place.at.service.pending()).toEqual([{ effect: 'KeysSynchronised', subject: place.hsmId }])
    settle(place.at, 'KeysSynchronised')
    expect(place.ids.map(id => labelsOn(place, id))).toEqual([[], []])
    expect(place.at.service.pending()).toEqual([])
  })
})

describe('a client with the availability check', () => {
  it('§key.availability §key.availability.create wants every key on two HSMs', () => {
    const place = pair()
    expect(codeOf(tellWith(place, generate, { only: place.hsmId, checked: true }))).toBe('KEY_UNAVAILABLE')
    expect(labelsOn(place, place.hsmId)).toEqual(['key'])
    valueOf(tellWith(place, generate, { only: place.hsmId }))
    expect(codeOf(tellWith(place, use, { checked: true }))).toBe('KEY_UNAVAILABLE')
    expect(codeOf(tellWith(place, use, {}))).toBe('accepted')
    settle(place.at, 'KeysSynchronised')
    expect(codeOf(tellWith(place, use, { checked: true }))).toBe('accepted')
    expect(codeOf(tellWith(place, { ...generate, label: 'yet another' }, { checked: true }))).toBe('accepted')
  })
  it('§key.permission says first that an officer may not', () => {
    const place = filled()
    expect(codeOf(tellWith(place, { ...generate, as: CO }, { checked: true }))).toBe('NOT_PERMITTED')
  })
})

it('§client.distribute has the HSM compute that has the most capacity left, of those that have the key', () => {
  const place = pair()
  const connections = place.at.service.connectionsTo(place.clusterId)
  const serves = () => valueOf(tellWith(place, { ...use, label: 'key' }, {}))
  for (const connection of connections) {
    const busy = connection.agree(challenge)
    const idle = connections.find(({ hsmId }) => hsmId !== connection.hsmId)
    expect(serves()).toMatchObject({ by: idle?.hsmId })
    connection.close(busy?.session ?? 0)
  }
})
