/** What an HSM takes from a peer that it does not share its contents with, and how long it keeps what a write replaced. */
import { describe, expect, it } from 'vitest'
import type { Command, Hsm } from '../../impl/hsm/index.ts'
import { CO, CU, entropy, filled, inspect, unit, valueOf, valueTold } from './fleet.ts'

/** Another HSM with the same contents. */
const twinOf = (hsm: Hsm, n: number): Hsm => {
  const twin = unit(n)
  valueOf(twin.restore(valueOf(hsm.synchronise())))
  return twin
}

/** A write on one HSM, done once more on another before its session ends. */
const writeOn = (hsm: Hsm, peer: Hsm, command: Command): void => {
  const before = valueOf(hsm.synchronise())
  valueTold(hsm, command)
  valueOf(peer.redo(before, valueOf(hsm.synchronise())))
}

const labelsOf = (hsm: Hsm): readonly string[] => inspect(hsm).keys.map(({ label }) => label)
const second = { op: 'CreateUser', as: CO, name: 'CO2', role: 'CO', password: 'second-password' } as const

describe("a peer's write done once more", () => {
  it.each<[string, Command]>([
    ['a new user', second],
    ['a new password', { op: 'ChangePassword', as: CO, name: 'CO', password: 'another' }],
    ['a key', { op: 'GenerateKey', as: CU, label: 'more', kind: 'EC' }],
    ['a deleted key', { op: 'DeleteKey', as: CU, label: 'key' }],
    ['a policy', { op: 'SetPolicy', as: CO, value: 40 }],
  ])('§cluster.write §sync.alike brings %s, and leaves HSMs alike that were', (_, command) => {
    const hsm = filled(320)
    const peer = twinOf(hsm, 321)
    writeOn(hsm, peer, command)
    expect(peer.digest()).toBe(hsm.digest())
  })
  it('§sync.alike leaves what differs besides', () => {
    const hsm = filled(322)
    const peer = twinOf(hsm, 323)
    valueTold(peer, { op: 'SetPolicy', as: CO, value: 50 })
    valueTold(peer, second)
    writeOn(hsm, peer, { op: 'GenerateKey', as: CU, label: 'more', kind: 'AES' })
    expect([inspect(hsm).policy, inspect(peer).policy]).toEqual([323, 50])
    expect([inspect(hsm).users, inspect(peer).users].map(users => users.includes('CO2'))).toEqual([false, true])
    expect(labelsOf(peer)).toEqual(['key', 'more'])
  })
})

describe('the keys of a peer', () => {
  it('§sync.keys §sync.users come, and nothing comes along', () => {
    const hsm = filled(324)
    const peer = twinOf(hsm, 325)
    valueTold(hsm, { op: 'GenerateKey', as: CU, label: 'more', kind: 'AES' })
    valueTold(hsm, second)
    valueOf(peer.takeKeys(valueOf(hsm.synchronise()), []))
    expect(inspect(peer).keys).toEqual(inspect(hsm).keys)
    expect(inspect(peer).users).not.toContain('CO2')
  })
  it('§sync.deleted go where a peer has deleted them, and do not come back; another of the same label stays', () => {
    const hsm = filled(326)
    const peer = twinOf(hsm, 327)
    valueTold(hsm, { op: 'DeleteKey', as: CU, label: 'key' })
    valueTold(hsm, { op: 'GenerateKey', as: CU, label: 'key', kind: 'AES' })
    const own = inspect(hsm).keys
    valueOf(hsm.takeKeys(valueOf(peer.synchronise()), []))
    expect(inspect(hsm).keys).toEqual(own)
    valueOf(peer.takeKeys(valueOf(hsm.synchronise()), hsm.keyDigests().deleted))
    expect(inspect(peer).keys).toEqual(own)
  })
})

describe('what a write replaced', () => {
  it('§hardware.tamper is not kept when its session has ended, and goes with everything else', () => {
    const hsm = filled(328)
    const during = hsm.agree(entropy(9).subarray(0, 16))
    expect(hsm.digestBefore()).toBe('')
    hsm.close(during?.session ?? 0)
    hsm.tamper()
    expect([hsm.remains(), hsm.digestBefore(), hsm.keyDigests()]).toEqual(['', '', { held: [], deleted: [] }])
  })
})
