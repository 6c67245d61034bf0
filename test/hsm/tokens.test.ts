/** Tokens inside one HSM: who approves, what a signature is good for, and what a backup carries of it. */
import { p256 } from '@noble/curves/nist.js'
import { describe, expect, it } from 'vitest'
import type { Hsm } from '../../impl/hsm/index.ts'
import { bytesTold, CO, codeOf, codeTold, CU, entropy, initialised, inspect, unit, valueOf } from './fleet.ts'

const CO2 = { user: 'CO2', password: 'second-password' }
const keys = { CO: entropy(2_000_001), CO2: entropy(2_000_002) }
const publicKeyOf = (name: keyof typeof keys) => p256.getPublicKey(keys[name])
const sign = (name: keyof typeof keys, token: Uint8Array) => p256.sign(token, keys[name])

/** A unit with two officers, both of whom have to approve, and a crypto user. */
const underTwo = (n: number): Hsm => {
  const hsm = initialised(n)
  const { password } = CO
  for (const command of [
    { op: 'Activate', password, label: 'label', publicKey: publicKeyOf('CO') },
    { op: 'CreateUser', as: CO, name: 'CO2', role: 'CO', password: CO2.password, publicKey: publicKeyOf('CO2') },
    { op: 'CreateUser', as: CO, name: 'CU', role: 'CU', password: CU.password },
    { op: 'SetQuorum', as: CO, value: 2 },
  ] as const)
    expect(codeTold(hsm, command)).toBe('accepted')
  return hsm
}

const tokenOf = (hsm: Hsm, as = CO, service: 'user' | 'quorum' = 'user') =>
  bytesTold(hsm, { op: 'QuorumToken', as, service })

const approve = (hsm: Hsm, as: typeof CO, token: Uint8Array, signature: Uint8Array) =>
  codeTold(hsm, { op: 'ApproveToken', as, token, signature })

const approvedByBoth = (hsm: Hsm, token: Uint8Array): void => {
  expect(approve(hsm, CO, token, sign('CO', token))).toBe('accepted')
  expect(approve(hsm, CO2, token, sign('CO2', token))).toBe('accepted')
}

const setOne = { op: 'SetQuorum', as: CO, value: 1 } as const
const change = { op: 'ChangePassword', as: CO, name: 'CU', password: 'another' } as const

describe('an officer under a quorum of two', () => {
  const hsm = underTwo(300)

  it('§quorum.required §quorum.service §quorum.few §quorum.once needs a token for the service with two approvals, each time', () => {
    const now = hsm.clone()
    expect(codeTold(now, change)).toBe('QUORUM_REQUIRED')
    const token = tokenOf(now)
    approvedByBoth(now, token)
    expect(codeTold(now, setOne)).toBe('QUORUM_REQUIRED')
    expect(codeTold(now, { ...change, as: CO2 })).toBe('QUORUM_REQUIRED')
    expect(codeTold(now, change)).toBe('accepted')
    expect(codeTold(now, change)).toBe('QUORUM_REQUIRED')
    expect(approve(now, CO, token, sign('CO', token))).toBe('TOKEN_MISSING')
  })
  it('§quorum.required keeps crypto users to their own passwords, without a token', () => {
    const now = hsm.clone()
    expect(codeTold(now, { op: 'ChangePassword', as: CU, name: 'CU', password: 'another' })).toBe('accepted')
  })
  it('§quorum.once keeps the token of what is refused', () => {
    const now = hsm.clone()
    approvedByBoth(now, tokenOf(now))
    expect(codeTold(now, { ...change, name: 'NOBODY' })).toBe('USER_MISSING')
    expect(codeTold(now, change)).toBe('accepted')
  })
  it.each([
    ['another token', (at: Hsm) => tokenOf(at, CO, 'quorum'), 'CO'],
    ['a token of another HSM', () => tokenOf(underTwo(301)), 'CO'],
    ['the token, by another officer', (_: Hsm, token: Uint8Array) => token, 'CO2'],
  ] as const)('§quorum.signature is refused with a signature of %s', (_, other, name) => {
    const now = hsm.clone()
    const token = tokenOf(now)
    expect(approve(now, CO, token, sign(name, other(now, token)))).toBe('SIGNATURE')
  })
  it('§quorum.token §quorum.token.missing §quorum.approve.once approves the newest token, once', () => {
    const now = hsm.clone()
    const older = tokenOf(now)
    const token = tokenOf(now)
    expect(approve(now, CO, older, sign('CO', older))).toBe('TOKEN_MISSING')
    expect(approve(now, CO, token, sign('CO', token))).toBe('accepted')
    expect(approve(now, CO, token, sign('CO', token))).toBe('ALREADY_APPROVED')
    expect(inspect(now).tokens).toEqual([{ of: 'CO', service: 'user', approvals: ['CO'] }])
  })
  it('§quorum.expire has ten minutes', () => {
    const now = hsm.clone()
    approvedByBoth(now, tokenOf(now))
    now.elapse(599)
    expect(inspect(now).tokens.length).toBe(1)
    expect(codeTold(now.clone(), change)).toBe('accepted')
    now.elapse(1)
    expect(inspect(now).tokens).toEqual([])
    expect(codeTold(now, change)).toBe('QUORUM_REQUIRED')
  })
  it.each([0, 3, 9])('§quorum.value is refused a quorum of %d', value => {
    const now = hsm.clone()
    approvedByBoth(now, tokenOf(now, CO, 'quorum'))
    expect(codeTold(now, { ...setOne, value })).toBe('QUORUM_VALUE')
    expect(codeTold(now, setOne)).toBe('accepted')
  })
  it('§quorum.deleted leaves nothing that he asked for or approved', () => {
    const now = hsm.clone()
    tokenOf(now, CO2, 'quorum')
    approvedByBoth(now, tokenOf(now))
    expect(codeTold(now, { op: 'DeleteUser', as: CO, name: 'CO2' })).toBe('accepted')
    expect(inspect(now).tokens).toEqual([])
  })
})

describe('a backup', () => {
  it('§contents.users §contents.quorum §quorum.own carries public keys and the quorum, and no token', () => {
    const source = underTwo(310)
    const token = tokenOf(source)
    approvedByBoth(source, token)
    const target = unit(311)
    expect(codeOf(target.restore(valueOf(source.backup())))).toBe('opens')
    expect(inspect(target).publicKeys).toEqual(inspect(source).publicKeys)
    expect(inspect(target).tokens).toEqual([])
    expect(codeTold(target, change)).toBe('QUORUM_REQUIRED')
    expect(approve(target, CO, token, sign('CO', token))).toBe('TOKEN_MISSING')
    approvedByBoth(target, tokenOf(target))
    expect(codeTold(target, change)).toBe('accepted')
  })
  it.each(['endSessions', 'restart', 'tamper'] as const)('§quorum.own no token is left after %s', what => {
    const hsm = underTwo(312)
    tokenOf(hsm)
    hsm[what]()
    if (what !== 'tamper') expect(inspect(hsm).tokens).toEqual([])
    else expect(hsm.remains()).toBe('')
  })
})
