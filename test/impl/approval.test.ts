/** The client under a quorum: every HSM of a cluster has tokens of its own, all of which are needed and used at once. */
import { createECDH, createPrivateKey, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CO, CU, codeOf, entropy, filled, hsmsOf, inspect, joined, tell, valueOf, type Place } from './world.ts'

const CO2 = { user: 'CO2', password: 'second-password' }

/** Made and used outside, by another implementation of ECDSA than the HSM's. */
const ecdh = createECDH('prime256v1')
ecdh.setPrivateKey(entropy(3_000_000))
const publicKey = new Uint8Array(ecdh.getPublicKey(null, 'compressed'))
const [x = '', y = ''] = [1, 33].map(at =>
  ecdh
    .getPublicKey()
    .subarray(at, at + 32)
    .toString('base64url'),
)
const jwk = { kty: 'EC', crv: 'P-256', x, y, d: ecdh.getPrivateKey().toString('base64url') }
const key = createPrivateKey({ key: jwk, format: 'jwk' })
const signatureOf = (token: Uint8Array) => new Uint8Array(sign('sha256', token, { key, dsaEncoding: 'ieee-p1363' }))

/** Two officers who sign with one key here, both of whom have to approve, in a cluster of two HSMs. */
const underTwo = () => {
  const place = filled()
  const { at } = place
  // The officer of `filled` signs nothing: the second and a third one do.
  for (const name of ['CO2', 'CO3'])
    valueOf(tell(place, { op: 'CreateUser', as: CO, name, role: 'CO', password: CO2.password, publicKey }))
  const second = joined(place)
  valueOf(tell(place, { op: 'SetQuorum', as: CO, value: 2 }))
  return { ...place, at, ids: [place.hsmId, second] as const }
}

const CO3 = { user: 'CO3', password: CO2.password }

const ask = ({ at, trust }: Place) => at.client.askForTokens(trust, CO2, 'user')

const approve = ({ at, trust }: Place, as: typeof CO2, tokens: ReadonlyMap<string, Uint8Array>) => {
  const signed = [...tokens].map(([id, token]) => [id, { token, signature: signatureOf(token) }] as const)
  return at.client.approve(trust, { as, of: 'CO2', service: 'user', approvals: new Map(signed) })
}

const change = { op: 'ChangePassword', as: CO2, name: 'CU', password: CU.password } as const
const counts = (place: Place, ids: readonly string[]) =>
  ids.map(id => inspect(place, id).tokens.map(({ approvals }) => approvals.length))

describe('a client under a quorum of two', () => {
  it('§quorum.token §quorum.approve §quorum.once asks, approves and uses up on every HSM', () => {
    const place = underTwo()
    const tokens = valueOf(ask(place))
    expect([...tokens.keys()].toSorted()).toEqual(place.ids.toSorted())
    expect(new Set([...tokens.values()].map(String)).size).toBe(2)
    for (const as of [CO2, CO3]) expect(codeOf(approve(place, as, tokens))).toBe('accepted')
    expect(counts(place, place.ids)).toEqual([[2], [2]])
    expect(codeOf(tell(place, change))).toBe('accepted')
    expect(counts(place, place.ids)).toEqual([[], []])
    expect(codeOf(tell(place, change))).toBe('QUORUM_REQUIRED')
  })
  it('§quorum.once uses up the token of one who changes his own password', () => {
    const place = underTwo()
    const tokens = valueOf(ask(place))
    for (const as of [CO2, CO3]) valueOf(approve(place, as, tokens))
    valueOf(tell(place, { ...change, name: 'CO2', password: 'another' }))
    expect(counts(place, place.ids)).toEqual([[], []])
    expect(codeOf(tell(place, { op: 'LogIn', as: { ...CO2, password: 'another' } }))).toBe('accepted')
  })
  it('§quorum.own §quorum.token.missing passes no HSM over that joined later', () => {
    const place = underTwo()
    const tokens = valueOf(ask(place))
    valueOf(approve(place, CO2, tokens))
    const third = joined(place)
    expect(codeOf(approve(place, CO3, tokens))).toBe('TOKEN_MISSING')
    expect(counts(place, [...place.ids, third])).toEqual([[1], [1], []])
    expect(codeOf(tell(place, change))).toBe('QUORUM_REQUIRED')
    const anew = valueOf(ask(place))
    expect(anew.size).toBe(hsmsOf(place).length)
    for (const as of [CO2, CO3]) valueOf(approve(place, as, anew))
    expect(codeOf(tell(place, change))).toBe('accepted')
  })
  it('§quorum.signature counts no approval of an officer who has no key', () => {
    const place = underTwo()
    expect(codeOf(approve(place, { ...CO }, valueOf(ask(place))))).toBe('SIGNATURE')
    expect(counts(place, place.ids)).toEqual([[0], [0]])
  })
  it('§loss.quorum leaves no way to administer users once an officer too few is there', () => {
    const place = underTwo()
    for (const name of ['CO', 'CO3']) {
      const tokens = valueOf(ask(place))
      for (const as of [CO2, CO3]) valueOf(approve(place, as, tokens))
      valueOf(tell(place, { op: 'DeleteUser', as: CO2, name }))
    }
    const tokens = valueOf(ask(place))
    valueOf(approve(place, CO2, tokens))
    expect(codeOf(tell(place, change))).toBe('QUORUM_REQUIRED')
    expect(codeOf(tell(place, { op: 'SetQuorum', as: CO2, value: 1 }))).toBe('QUORUM_REQUIRED')
  })
})
