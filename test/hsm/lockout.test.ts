/** Lockout inside one HSM: what is counted, what is not, and what nobody gets around. */
import { describe, expect, it } from 'vitest'
import { CO, CU, codeTold, entropy, factory, filled, inspect, tell, unit, valueOf } from './fleet.ts'

const WRONG = { ...CU, password: 'wrong' }
const challenge = entropy(3).subarray(0, 16)

/** An HSM at which the crypto user has failed so many times. */
const failed = (times: number, n: number) => {
  const hsm = filled(n)
  for (let time = 0; time < times; time++) expect(codeTold(hsm, { op: 'LogIn', as: WRONG })).toBe('LOGIN_FAILURE')
  return hsm
}

describe('an account', () => {
  it('§user.lockout is locked by the fifth failure in a row, whatever the password then', () => {
    expect(codeTold(failed(4, 200), { op: 'LogIn', as: CU })).toBe('accepted')
    const hsm = failed(5, 201)
    for (const as of [CU, WRONG]) expect(codeTold(hsm, { op: 'LogIn', as })).toBe('USER_LOCKED')
    expect(codeTold(hsm, { op: 'UseKey', as: CU, label: 'key', challenge })).toBe('USER_LOCKED')
    expect(inspect(hsm).keys).toEqual([])
    expect(valueOf(tell(hsm, { op: 'ListUsers' }))).toEqual({
      kind: 'users',
      users: ['AU', 'CO', 'CU'],
      locked: ['CU'],
    })
    expect(codeTold(hsm, { op: 'LogIn', as: CO })).toBe('accepted')
  })

  it('§user.login.anew §user.lockout.stays is counted anew after its own login, and after nobody else', () => {
    const hsm = failed(4, 202)
    expect(codeTold(hsm, { op: 'LogIn', as: CO })).toBe('accepted')
    expect(codeTold(hsm.clone(), { op: 'LogIn', as: WRONG })).toBe('LOGIN_FAILURE')
    expect(codeTold(hsm, { op: 'LogIn', as: CU })).toBe('accepted')
    for (let time = 0; time < 5; time++) expect(codeTold(hsm, { op: 'LogIn', as: WRONG })).toBe('LOGIN_FAILURE')
    expect(codeTold(hsm, { op: 'LogIn', as: CU })).toBe('USER_LOCKED')
  })

  it.each([
    ['UseKey', { op: 'UseKey', as: WRONG, label: 'key', challenge }],
    ['Inspect', { op: 'Inspect', as: WRONG }],
  ] as const)('§user.login.failure is counted when %s is given a wrong password', (_, command) => {
    const hsm = failed(4, 203)
    tell(hsm, command)
    expect(codeTold(hsm, { op: 'LogIn', as: CU })).toBe('USER_LOCKED')
  })

  it('§user.lockout is locked still after the HSM has booted again', () => {
    const hsm = failed(5, 204)
    valueOf(hsm.boot(factory.image('fips')))
    expect(codeTold(hsm, { op: 'LogIn', as: CU })).toBe('USER_LOCKED')
  })

  it('§user.lockout.own §adversary.lockout is open on an HSM that is restored from the backup', () => {
    const [hsm, fresh] = [failed(5, 205), unit(206)]
    valueOf(fresh.restore(valueOf(hsm.backup())))
    expect(fresh.digest()).toBe(hsm.digest())
    expect(codeTold(fresh, { op: 'LogIn', as: CU })).toBe('accepted')
  })

  it('§user.unlock §loss.credentials is opened by an officer with another password, and by nobody when he is locked as well', () => {
    const hsm = failed(5, 207)
    const change = (as: typeof CO) => ({ op: 'ChangePassword', as, name: 'CU', password: 'another' }) as const
    expect(codeTold(hsm, change(CU))).toBe('USER_LOCKED')
    const copy = hsm.clone()
    valueOf(tell(copy, change(CO)))
    expect(codeTold(copy, { op: 'LogIn', as: { ...CU, password: 'another' } })).toBe('accepted')
    for (let time = 0; time < 5; time++) tell(hsm, { op: 'LogIn', as: { ...CO, password: 'wrong' } })
    expect(codeTold(hsm, change(CO))).toBe('USER_LOCKED')
  })
})
