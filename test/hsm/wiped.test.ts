/** Memory inside the boundary after use: buffers that held a secret are zeroed, and one that is kept would be seen. */
import { describe, expect, it } from 'vitest'
import { openClientChannel } from '../../impl/hsm/client.ts'
import { endCeremony, loadShare } from '../../impl/hsm/commissioning.ts'
import { instantiate } from '../../impl/hsm/drbg.ts'
import { counterKdf, derivePbk, type PbkInputs } from '../../impl/hsm/kdf.ts'
import { createFactory, defaultParts, encodeBackup, parseBackup, records, type Hsm } from '../../impl/hsm/index.ts'
import { MAX_SESSIONS } from '../../impl/hsm/sessions.ts'
import { generateKeyPair } from '../../impl/hsm/signature.ts'
import { newUnit } from '../../impl/hsm/unit.ts'
import { createVerifier, hashPassword, verifyPassword } from '../../impl/hsm/users.ts'
import { CO, CU, codeOf, entropy, factory, filled, initialised, tell, valueOf } from './fleet.ts'

/** What is left in buffers that somebody noted: how many bytes are not zero. */
const leftIn = (buffers: readonly Uint8Array[]): number =>
  buffers.reduce((sum, buffer) => sum + buffer.filter(byte => byte !== 0).length, 0)

/** A world whose HSMs note the buffers themselves, by what they hold. */
const noting = (more: Partial<typeof defaultParts> = {}) => {
  const noted = new Map<string, Uint8Array[]>()
  const note = (what: string, buffer: Uint8Array): Uint8Array => {
    noted.set(what, [...(noted.get(what) ?? []), buffer])
    return buffer
  }
  const { drawBek, sessionKey, bulk } = defaultParts
  const world = createFactory(entropy(1_000_000), {
    ...defaultParts,
    ...more,
    drawBek: draw => note('BEK', drawBek(draw)),
    sessionKey: (secret, session, nonce) => {
      note('secret of channels', secret)
      return note('channel key', sessionKey(secret, session, nonce))
    },
    records: {
      seal: (key, nonce, plaintext) => records.seal(key, nonce, note('answer', plaintext)),
      open: (key, nonce, record) => {
        const plaintext = records.open(key, nonce, record)
        return plaintext === null ? null : note('command', plaintext)
      },
    },
    bulk: {
      seal: (key, nonce, header, plaintext) => bulk.seal(key, nonce, header, note('plaintext', plaintext)),
      open: (key, nonce, header, sealed) => {
        const plaintext = bulk.open(key, nonce, header, sealed)
        return plaintext === null ? null : note('plaintext', plaintext)
      },
    },
    derivePbk: inputs => note('PBK', defaultParts.derivePbk(inputs)),
  })
  const left = (what: string): number | null => (noted.has(what) ? leftIn(noted.get(what) ?? []) : null)
  return { world, left, noted }
}

const agree = (hsm: Hsm) => {
  const agreement = hsm.agree(entropy(7))
  if (agreement === null) throw new Error('nobody to talk to')
  return agreement
}

describe('§boundary.wiped: after use nothing is left', () => {
  it('of KI, once PBK is derived from it', () => {
    const keys: Uint8Array[] = []
    const inputs: PbkInputs = { mkbk: entropy(1), akbk: entropy(2), mode: 'FIPS', line: 'hsm2m', version: 1 }
    const pbk = derivePbk(inputs, (key, fixed, bits) => {
      keys.push(key)
      expect(leftIn([key])).toBeGreaterThan(0)
      return counterKdf(key, fixed, bits)
    })
    expect([keys.length, leftIn(keys), leftIn([pbk]) > 0]).toEqual([1, 0, true])
  })
  it('of the bytes of a password, once they are hashed, whether it is right or wrong', () => {
    const passwords: Uint8Array[] = []
    const hash = hashPassword('a password', entropy(1), 2, password => {
      passwords.push(password)
      expect(leftIn([password])).toBeGreaterThan(0)
      return entropy(9)
    })
    expect([passwords.length, leftIn(passwords), hash]).toEqual([1, 0, entropy(9)])
    const verifier = createVerifier('a password', length => entropy(3).subarray(0, length), 2)
    const user = { name: 'CO', role: 'CO', verifier, publicKey: null } as const
    expect([verifyPassword(user, 'a password'), verifyPassword(user, 'another')]).toEqual([true, false])
  })
  it('of the seed of a key pair', () => {
    const seeds: Uint8Array[] = []
    const pair = generateKeyPair(length => {
      const seed = new Uint8Array(length).fill(0x35)
      seeds.push(seed)
      return seed
    })
    expect([seeds.length, leftIn(seeds), leftIn([pair.privateKey]) > 0]).toEqual([1, 0, true])
  })
  it('of the shares of a ceremony, once they are joined', () => {
    const [first, second] = factory.officers
    const unit = newUnit('hsm2m', { fused: {}, akbk: null }, instantiate(entropy(5), entropy(6)))
    const waiting = loadShare(defaultParts, loadShare(defaultParts, unit, first).unit, second).unit
    const shares = waiting.loaded.map(({ share }) => share)
    expect([shares.length, leftIn(shares) > 0]).toEqual([2, true])
    const { unit: after } = endCeremony(defaultParts, waiting)
    expect([leftIn(shares), after.loaded, leftIn([after.roots.akbk ?? entropy(0)]) > 0]).toEqual([0, [], true])
  })
  it('of BEKs and plaintexts, also of a backup that opens and holds no contents', () => {
    const { world, left } = noting()
    const hsm = filled(200, 'hsm2m', 'FIPS', world)
    const backup = valueOf(hsm.backup())
    valueOf(hsm.restore(backup))
    expect([left('BEK'), left('plaintext')]).toEqual([0, 0])
    const nonsense = createFactory(entropy(1_000_000), {
      ...defaultParts,
      bulk: {
        ...defaultParts.bulk,
        seal: (key, nonce, header) => defaultParts.bulk.seal(key, nonce, header, entropy(8)),
      },
    })
    const empty = valueOf(filled(201, 'hsm2m', 'FIPS', nonsense).backup())
    expect(codeOf(hsm.restore(empty))).toBe('FORMAT')
    expect(left('plaintext')).toBe(0)
  })
  it('of commands and answers, at either end, once they are sealed or understood', () => {
    const { world, left } = noting()
    const hsm = filled(202, 'hsm2m', 'FIPS', world)
    expect([left('command'), left('answer')]).toEqual([0, 0])
    const sent: Uint8Array[] = []
    const channel = openClientChannel(agree(hsm), {
      seal: (key, nonce, plaintext) => {
        sent.push(plaintext)
        return records.seal(key, nonce, plaintext)
      },
      open: records.open,
    })
    channel.request({ op: 'LogIn', as: CO })
    expect([sent.length, leftIn(sent)]).toEqual([1, 0])
  })
})

describe('§boundary.wiped: the key of a channel is left', () => {
  const open = (n: number) => {
    const { world, left, noted } = noting()
    const hsm = initialised(n, 'hsm2m', 'FIPS', world)
    const agreement = agree(hsm)
    expect(left('channel key')).toBeGreaterThan(0)
    return { world, hsm, agreement, left, noted }
  }
  it('to nobody once the session is closed', () => {
    const { hsm, agreement, left } = open(210)
    hsm.close(agreement.session)
    expect(left('channel key')).toBe(0)
  })
  it('to nobody once all sessions are ended', () => {
    const { hsm, left } = open(211)
    hsm.endSessions()
    expect(left('channel key')).toBe(0)
  })
  it("to nobody after a reset, nor is the HSM's own secret, nor any wrapping key", () => {
    const { world, hsm, left } = open(212)
    hsm.boot(world.image('forged'))
    expect([left('channel key'), left('secret of channels'), left('PBK')]).toEqual([0, 0, 0])
  })
  it('to nobody once the unit was tampered with', () => {
    const { hsm, left } = open(213)
    hsm.tamper()
    expect([left('channel key'), left('secret of channels'), left('PBK')]).toEqual([0, 0, 0])
  })
  it('to nobody once the HSM has stopped in the error state', () => {
    let isWell = true
    const { world, left } = noting({ isConsistent: () => isWell })
    const hsm = filled(217, 'hsm2m', 'FIPS', world)
    isWell = false
    expect(() => tell(hsm, { op: 'GenerateKey', as: CU, label: 'pair', kind: 'EC' })).toThrow('no answer')
    expect(hsm.power()).toBe('ERROR')
    expect([left('channel key'), left('secret of channels'), left('PBK')]).toEqual([0, 0, 0])
  })
  it('to nobody once newer sessions have taken its place', () => {
    const { hsm, noted } = open(214)
    const oldest = noted.get('channel key')?.slice(0, 1) ?? []
    for (let n = 1; n < MAX_SESSIONS; n += 1) agree(hsm)
    expect(leftIn(oldest)).toBeGreaterThan(0)
    agree(hsm)
    expect(leftIn(oldest)).toBe(0)
  })
  it("to a copy of the HSM that was made before, which is another's memory", () => {
    const { hsm, agreement } = open(215)
    const copy = hsm.clone()
    hsm.close(agreement.session)
    const channel = openClientChannel(agreement)
    expect(copy.exchange(agreement.session, channel.request({ op: 'ListUsers' }))).not.toBeNull()
  })
  it("at the client's end until it is closed, and given to one client, once", () => {
    const { hsm, agreement } = open(216)
    const keys: Uint8Array[] = []
    const channel = openClientChannel(agreement, {
      seal: (key, nonce, plaintext) => {
        keys.push(key)
        return records.seal(key, nonce, plaintext)
      },
      open: records.open,
    })
    const record = hsm.exchange(agreement.session, channel.request({ op: 'ListUsers' }))
    expect([record === null ? null : channel.answer(record)?.ok, leftIn(keys) > 0]).toEqual([true, true])
    channel.close()
    expect(leftIn(keys)).toBe(0)
    expect(() => openClientChannel(agreement)).toThrow('expected a channel key that nobody has claimed')
  })
})

describe('a buffer that is kept', () => {
  it('is seen: a copy of a BEK that an HSM keeps is not zeroed', () => {
    const kept: Uint8Array[] = []
    const careless = createFactory(entropy(1_000_000), {
      ...defaultParts,
      drawBek: draw => {
        const bek = defaultParts.drawBek(draw)
        kept.push(bek.slice())
        return bek
      },
    })
    const backup = valueOf(filled(220, 'hsm2m', 'FIPS', careless).backup())
    expect(leftIn(kept)).toBeGreaterThan(0)
    const parts = parseBackup(backup)
    expect(parts === null ? null : encodeBackup(parts)).toEqual(backup)
  })
  it('is seen: while a session is open its key is there, and what was told through it is not', () => {
    const { world, left } = noting()
    const hsm = initialised(221, 'hsm2m', 'FIPS', world)
    agree(hsm)
    tell(hsm, { op: 'ListUsers' })
    expect([left('channel key'), left('command')]).toEqual([expect.any(Number), 0])
    expect(left('channel key')).toBeGreaterThan(0)
    expect(codeOf(factory.fleet({ line: 'hsm2m', mode: 'FIPS', entropy: entropy(222) }).backup())).toBe('EMPTY')
  })
})
