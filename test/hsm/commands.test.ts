/** The command set, through the channel, and what a restore carries over. */
import { p256 } from '@noble/curves/nist.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { openClientChannel } from '../../impl/hsm/client.ts'
import { certifies, verifyAgreement } from '../../impl/hsm/index.ts'
import {
  authority,
  bytesTold,
  CO,
  codeOf,
  codeTold,
  CU,
  entropy,
  filled,
  initialised,
  inspect,
  tell,
  unit,
  valueOf,
} from './fleet.ts'

const challenge = entropy(3).subarray(0, 16)
const nobody = { user: 'NOBODY', password: 'x' }
const use = { op: 'UseKey', as: CU, label: 'key', challenge } as const

describe('a command', () => {
  const hsm = filled(100)
  it.each([
    ['§user.activate.once', { op: 'Activate', password: 'again', label: '' }, 'ALREADY_ACTIVATED'],
    ['§user.login.missing', { op: 'LogIn', as: nobody }, 'USER_MISSING'],
    ['§user.login.failure', { op: 'LogIn', as: { ...CO, password: 'wrong' } }, 'LOGIN_FAILURE'],
    ['§user.login.failure', { op: 'LogIn', as: { user: 'AU', password: '' } }, 'LOGIN_FAILURE'],
    ['§user.login', { op: 'LogIn', as: CO }, 'accepted'],
    ['§user.permission', { op: 'CreateUser', as: CU, name: 'n', role: 'CU', password: 'p' }, 'NOT_PERMITTED'],
    ['§user.password.permission', { op: 'ChangePassword', as: CU, name: 'CO', password: 'p' }, 'NOT_PERMITTED'],
    ['§user.target', { op: 'ChangePassword', as: CO, name: 'NOBODY', password: 'p' }, 'USER_MISSING'],
    ['§user.target', { op: 'ChangePassword', as: CO, name: 'AU', password: 'p' }, 'USER_MISSING'],
    ['§user.permission', { op: 'DeleteUser', as: CU, name: 'CU' }, 'NOT_PERMITTED'],
    ['§user.delete.self', { op: 'DeleteUser', as: CO, name: 'CO' }, 'NOT_PERMITTED'],
    ['§user.target', { op: 'DeleteUser', as: CO, name: 'AU' }, 'USER_MISSING'],
    ['§user.delete.keys', { op: 'DeleteUser', as: CO, name: 'CU' }, 'USER_OWNS_KEYS'],
    ['§key.permission', { op: 'DeleteKey', as: CO, label: 'key' }, 'NOT_PERMITTED'],
    ['§key.missing', { op: 'DeleteKey', as: CU, label: 'absent' }, 'KEY_MISSING'],
    ['§user.create.exists', { op: 'CreateUser', as: CO, name: 'CU', role: 'CU', password: 'p' }, 'USER_EXISTS'],
    ['§key.permission', { op: 'GenerateKey', as: CO, label: 'l', kind: 'AES' }, 'NOT_PERMITTED'],
    ['§key.permission', { ...use, as: CO, label: 'absent' }, 'NOT_PERMITTED'],
    ['§key.missing', { ...use, label: 'absent' }, 'KEY_MISSING'],
    ['§policy.permission', { op: 'SetPolicy', as: CU, value: 1 }, 'NOT_PERMITTED'],
    ['§quorum.permission', { op: 'SetQuorum', as: CU, value: 1 }, 'NOT_PERMITTED'],
  ] as const)('%s is answered %o with %s', (_, command, code) => {
    const before = hsm.digest()
    expect(codeTold(hsm, command)).toBe(code)
    expect(hsm.digest()).toBe(before)
  })

  it('§user.activate §user.create §policy.set §quorum.set §hsm.provision changes what it says', () => {
    const fresh = initialised(101)
    const { certificate, ...initial } = inspect(fresh, null)
    expect(initial).toEqual({
      users: ['AU', 'PRECO'],
      locked: [],
      keys: [],
      policy: 0,
      quorum: 0,
      label: '',
      publicKeys: [],
      tokens: [],
    })
    expect(certificate).toMatch(/^[0-9a-f]{64}$/)
    const { keys, ...rest } = inspect(hsm)
    expect(rest).toMatchObject({ users: ['AU', 'CO', 'CU'], policy: 101, quorum: 1, label: 'label 100' })
    expect(keys.map(key => key.label)).toEqual(['key'])
    expect(inspect(hsm, null).keys).toEqual([])
  })

  it('§user.password §user.delete §key.delete changes a password, deletes a key, then its user', () => {
    const copy = hsm.clone()
    expect(codeTold(copy, { op: 'ChangePassword', as: CU, name: 'CU', password: 'another' })).toBe('accepted')
    expect(codeTold(copy, { op: 'LogIn', as: CU })).toBe('LOGIN_FAILURE')
    const changed = { ...CU, password: 'another' }
    expect(codeTold(copy, { op: 'DeleteKey', as: changed, label: 'key' })).toBe('accepted')
    expect(codeTold(copy, { ...use, as: changed })).toBe('KEY_MISSING')
    expect(codeTold(copy, { op: 'DeleteUser', as: CO, name: 'CU' })).toBe('accepted')
    expect(codeTold(copy, { op: 'LogIn', as: changed })).toBe('USER_MISSING')
  })

  it('§key.generate answers a label, and two keys compute differently', () => {
    const answer = tell(hsm.clone(), { op: 'GenerateKey', as: CU, label: 'second', kind: 'AES' })
    expect(answer).toEqual({ ok: true, value: { kind: 'key', label: 'second' } })
    expect(bytesTold(filled(102), use)).not.toEqual(bytesTold(hsm, use))
  })

  it('§key.use a key encrypts for its own decryption, and signs for everybody to verify', () => {
    const plaintext = entropy(8)
    const copy = hsm.clone()
    const ciphertext = bytesTold(copy, { op: 'Encrypt', as: CU, label: 'key', plaintext })
    expect(Buffer.from(ciphertext).includes(Buffer.from(plaintext))).toBe(false)
    expect(bytesTold(copy, { op: 'Decrypt', as: CU, label: 'key', ciphertext })).toEqual(plaintext)
    ciphertext[20] = (ciphertext[20] ?? 0) ^ 1
    expect(codeTold(copy, { op: 'Decrypt', as: CU, label: 'key', ciphertext })).toBe('KEY_MISSING')
    valueOf(tell(copy, { op: 'GenerateKey', as: CU, label: 'signer', kind: 'EC' }))
    const signed = [challenge, plaintext].map(message => ({
      message,
      signature: bytesTold(copy, { op: 'UseKey', as: CU, label: 'signer', challenge: message }),
    }))
    // Each signature leaves two candidates for the public key; one key made both signatures.
    const [first, second] = signed.map(({ message, signature }) =>
      [0, 1].map(bit =>
        p256.Signature.fromBytes(signature).addRecoveryBit(bit).recoverPublicKey(sha256(message)).toBytes(),
      ),
    )
    const publicKey = first?.find(one => second?.some(other => bytesToHex(other) === bytesToHex(one)))
    if (publicKey === undefined) throw new Error('two keys signed')
    for (const { message, signature } of signed)
      expect(p256.verify(signature, message, publicKey, { lowS: false })).toBe(true)
  })
})

describe('a restore', () => {
  it('§contents.users §contents.keys §contents.certificates §contents.policies §contents.quorum §contents.configuration carries all six parts', () => {
    const source = filled(110)
    const target = filled(111)
    expect(inspect(target)).not.toEqual(inspect(source))
    expect(codeOf(target.restore(valueOf(source.backup())))).toBe('opens')
    expect(target.digest()).toBe(source.digest())
    expect(inspect(target)).toEqual(inspect(source))
    expect(bytesTold(target, use)).toEqual(bytesTold(source, use))
    expect(codeTold(target, { op: 'LogIn', as: CO })).toBe('accepted')
    const agreement = target.agree(entropy(1))
    expect(agreement !== null && verifyAgreement(agreement, authority.anchor)).toBe(true)
  })

  it('§cluster.write a key made on one HSM reaches another in a synchronisation record', () => {
    const [first, second] = [filled(112), unit(113)]
    valueOf(second.restore(valueOf(first.synchronise())))
    valueOf(tell(first, { op: 'GenerateKey', as: CU, label: 'later', kind: 'AES' }))
    valueOf(second.restore(valueOf(first.synchronise())))
    const later = { ...use, label: 'later' }
    expect(bytesTold(second, later)).toEqual(bytesTold(first, later))
  })
})

describe('the cluster certificate', () => {
  it('§cluster.initialize.certificate certifies the key of the request under the anchor, and no other', () => {
    const [hsm, stranger] = [unit(120), unit(121)]
    valueOf(hsm.provision())
    valueOf(stranger.provision())
    const [request, foreign] = [hsm.certificateRequest(), stranger.certificateRequest()]
    if (request === null || foreign === null) throw new Error('no request')
    const [right, wrong] = [authority.issue(request), authority.issue(foreign)]
    if (right === null || wrong === null) throw new Error('no certificate')
    expect(certifies(right, request, authority.anchor)).toBe(true)
    expect(certifies(wrong, request, authority.anchor)).toBe(false)
    expect(
      certifies(
        right,
        request,
        authority.anchor.map(byte => byte ^ 1),
      ),
    ).toBe(false)
    expect(codeOf(hsm.installCertificate(wrong))).toBe('CERTIFICATE')
    expect(codeOf(hsm.installCertificate(right))).toBe('opens')
    expect([hsm.certificateRequest(), hsm.certificate()]).toEqual([null, right])
  })

  it('§client.certificate is refused by a client before it is installed, and when another authority issued it', () => {
    const hsm = unit(122)
    valueOf(hsm.provision())
    const before = hsm.agree(entropy(1))
    expect(before !== null && verifyAgreement(before, authority.anchor)).toBe(false)
    const after = initialised(123).agree(entropy(1))
    if (after === null) throw new Error('nobody to talk to')
    expect(verifyAgreement(after, authority.anchor)).toBe(true)
    expect(
      verifyAgreement(
        after,
        authority.anchor.map(byte => byte ^ 1),
      ),
    ).toBe(false)
    expect(verifyAgreement({ ...after, mode: 'NON_FIPS' }, authority.anchor)).toBe(false)
    expect(verifyAgreement({ ...after, ephemeral: entropy(2) }, authority.anchor)).toBe(false)
  })
})

describe('the channel', () => {
  const hsm = filled(130)
  const talk = () => {
    const agreement = hsm.agree(entropy(1))
    if (agreement === null) throw new Error('nobody to talk to')
    return { agreement, channel: openClientChannel(agreement) }
  }

  it('§channel.sealed takes several commands in a session, each record once and in order', () => {
    const { agreement, channel } = talk()
    const records = [1, 2].map(value => channel.request({ op: 'SetPolicy', as: CO, value }))
    const [first, second] = records as [Uint8Array, Uint8Array]
    expect(hsm.exchange(agreement.session, second)).toBeNull()
    expect(hsm.exchange(agreement.session, first)).not.toBeNull()
    expect(hsm.exchange(agreement.session, first)).toBeNull()
    expect(hsm.exchange(agreement.session, second)).not.toBeNull()
    expect(inspect(hsm).policy).toBe(2)
    hsm.close(agreement.session)
    expect(hsm.exchange(agreement.session, second)).toBeNull()
  })

  it('§channel.sealed refuses altered records and records of another session, and changes nothing', () => {
    const { agreement, channel } = talk()
    const other = talk().agreement
    const record = channel.request({ op: 'SetPolicy', as: CO, value: 9 })
    const before = hsm.digest()
    for (let i = 0; i < record.length; i++) {
      const altered = record.map((byte, at) => (at === i ? byte ^ 1 : byte))
      expect(hsm.exchange(agreement.session, altered)).toBeNull()
    }
    expect(hsm.exchange(other.session, record)).toBeNull()
    expect(hsm.digest()).toBe(before)
  })

  it('§channel.sealed shows no password and no label in its records', () => {
    const { agreement, channel } = talk()
    const record = channel.request({ op: 'Inspect', as: CU })
    const answer = hsm.exchange(agreement.session, record)
    if (answer === null) throw new Error('no answer')
    const text = Buffer.concat([record, answer]).toString('latin1')
    for (const secret of [CU.password, 'label 130', 'key']) expect(text.includes(secret)).toBe(false)
  })
})
