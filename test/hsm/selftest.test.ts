/** Self-tests: an answer that was published for every algorithm in use, key pairs that are tried, and an error state in which no key is used. */
import { describe, expect, it } from 'vitest'
import { APPROVED } from '../../impl/hsm/approved.ts'
import { createFactory, defaultParts, type Hsm, type Parts } from '../../impl/hsm/index.ts'
import { openClientChannel } from '../../impl/hsm/client.ts'
import { ALGORITHMS, KNOWN_ANSWERS, passesSelfTests } from '../../impl/hsm/selftest.ts'
import { generateKeyPair, isConsistent } from '../../impl/hsm/signature.ts'
import { CU, codeOf, entropy, factory, filled, initialised, tell, unit, valueOf } from './fleet.ts'

describe('known answers', () => {
  it('§hardware.selftest are computed as they were published, each of its own algorithm, and of every approved one', () => {
    expect([passesSelfTests(null, 'before firmware'), passesSelfTests(null, 'before keys')]).toEqual([true, true])
    const published = ALGORITHMS.map(algorithm => KNOWN_ANSWERS[algorithm].published)
    expect(new Set(published).size).toBe(ALGORITHMS.length)
    const tested = new Set(ALGORITHMS.map(algorithm => KNOWN_ANSWERS[algorithm].of))
    expect([...tested].toSorted()).toEqual(Object.keys(APPROVED).toSorted())
  })

  it.each(ALGORITHMS)('§hardware.selftest stop the hardware when %s fails, and let it start when it is well', name => {
    const hsm = filled(124)
    const before = hsm.digest()
    expect(codeOf(hsm.restart(name))).toBe('SELF_TEST')
    expect([hsm.power(), hsm.mode(), hsm.digest()]).toEqual(['ERROR', null, ''])
    valueOf(hsm.restart())
    expect(hsm.digest()).toBe(before)
  })

  it('§hardware.selftest come before any key is derived', () => {
    let derived = 0
    const derivePbk: Parts['derivePbk'] = inputs => {
      derived += 1
      return defaultParts.derivePbk(inputs)
    }
    const hsm = unit(125, 'hsm2m', 'FIPS', createFactory(entropy(1_000_000), { ...defaultParts, derivePbk }))
    const before = derived
    hsm.restart('HMAC-SHA-256')
    expect([before, derived]).toEqual([2, 2])
  })

  it('§hardware.selftest of what firmware is verified with come before it is verified, the others after', () => {
    const codes = (['SHA-256', 'ECDSA P-256 verification', 'AES-256-GCM decryption'] as const).map(name => {
      const hsm = filled(126)
      valueOf(hsm.update(factory.image('forged')))
      return `${codeOf(hsm.restart(name))} ${hsm.power()}`
    })
    expect(codes).toEqual(['SELF_TEST ERROR', 'SELF_TEST ERROR', 'FIRMWARE HALTED'])
  })
})

describe('the error state', () => {
  const good = filled(127)
  const [backup, peer] = [valueOf(good.backup()), valueOf(good.synchronise())]
  const certificate = good.certificate()

  /** Everything that a unit can be asked, and what it answers in ERROR. */
  const answers = (hsm: Hsm, session: number, record: Uint8Array): { readonly [Name in keyof Hsm]: unknown } => ({
    line: hsm.line,
    power: hsm.power(),
    mode: hsm.mode(),
    // What uses keys, or what is in it
    provision: codeOf(hsm.provision()),
    certificateRequest: hsm.certificateRequest(),
    installCertificate: codeOf(hsm.installCertificate(certificate)),
    backup: codeOf(hsm.backup()),
    synchronise: codeOf(hsm.synchronise()),
    synchroniseBefore: codeOf(hsm.synchroniseBefore()),
    redo: codeOf(hsm.redo(peer, peer)),
    takeKeys: codeOf(hsm.takeKeys(peer, [])),
    restore: codeOf(hsm.restore(backup)),
    agree: hsm.agree(entropy(1)),
    connect: hsm.connect({ send: () => undefined, end: () => undefined }, () => undefined),
    attestation: hsm.attestation(),
    exchange: hsm.exchange(session, record),
    digest: hsm.digest(),
    digestBefore: hsm.digestBefore(),
    keyDigests: hsm.keyDigests(),
    // What is public, or concerns no key of the customer's
    certificate: hsm.certificate(),
    hardwareKey: hsm.hardwareKey(),
    enrol: hsm.enrol(certificate),
    remaining: hsm.remaining(),
    drainAudit: hsm.drainAudit().length,
    remains: hsm.remains().length,
    close: hsm.close(session),
    endSessions: hsm.endSessions(),
    limitWrites: hsm.limitWrites(false),
    elapse: hsm.elapse(1),
    clone: hsm.clone().power(),
    loadShare: codeOf(hsm.loadShare(factory.officers[0])),
    endCeremony: codeOf(hsm.endCeremony()),
    commission: codeOf(hsm.commission([])),
    // What leads out of it
    update: codeOf(hsm.update(factory.image('fips'))),
    restart: codeOf(hsm.restart()),
    boot: codeOf(hsm.boot(factory.image('fips'))),
    tamper: hsm.tamper(),
  })

  const inError = {
    line: 'hsm2m',
    power: 'ERROR',
    mode: null,
    ...{ provision: 'NOT_OPERATIONAL', certificateRequest: null, installCertificate: 'NOT_OPERATIONAL' },
    ...{ backup: 'NOT_OPERATIONAL', synchronise: 'NOT_OPERATIONAL', synchroniseBefore: 'NOT_OPERATIONAL' },
    ...{ redo: 'NOT_OPERATIONAL', takeKeys: 'NOT_OPERATIONAL', restore: 'NOT_OPERATIONAL' },
    ...{ agree: null, exchange: null, connect: null, attestation: null, hardwareKey: null, enrol: undefined },
    ...{ digest: '', digestBefore: '', keyDigests: { held: [], deleted: [] } },
    ...{ certificate, remaining: 64, drainAudit: 0, remains: 64, clone: 'ERROR' },
    ...{ close: undefined, endSessions: undefined, limitWrites: undefined, elapse: undefined, tamper: undefined },
    ...{ loadShare: 'opens', endCeremony: 'TWO_PERSON', commission: 'TWO_PERSON' },
    ...{ update: 'opens', restart: 'opens', boot: 'opens' },
  }

  /** A unit with a session, and the next command in it. */
  const talking = () => {
    const hsm = good.clone()
    const agreement = hsm.agree(entropy(2))
    if (agreement === null) throw new Error('expected a session')
    hsm.drainAudit()
    return { hsm, session: agreement.session, record: openClientChannel(agreement).request({ op: 'LogIn', as: CU }) }
  }

  it('§hardware.selftest uses no key: whatever is asked, but for what is public and what leads out of it, is refused', () => {
    const { hsm, session, record } = talking()
    expect(codeOf(hsm.restart('PBKDF2'))).toBe('SELF_TEST')
    expect(answers(hsm, session, record)).toEqual(inError)
    expect(Object.keys(inError).toSorted()).toEqual(Object.keys(hsm).toSorted())
  })

  it('§hardware.selftest differs from a unit that runs in all that uses a key', () => {
    const { hsm, session, record } = talking()
    const running = answers(hsm, session, record)
    const uses = ['backup', 'synchronise', 'redo', 'takeKeys', 'restore', 'digest'] as const
    expect(uses.filter(name => running[name] === inError[name])).toEqual([])
    expect([running.agree, running.exchange]).not.toContain(null)
  })
})

describe('key pairs that are generated', () => {
  const pair = (n: number) => generateKeyPair(length => new Uint8Array(length).fill(n))

  it('§hardware.pairwise are consistent when one key signs what the other verifies', () => {
    expect(isConsistent(pair(1))).toBe(true)
    expect(isConsistent({ ...pair(1), publicKey: pair(2).publicKey })).toBe(false)
  })

  it('§hardware.pairwise stop the hardware before it has the cluster key of a pair that is not', () => {
    const hsm = unit(
      128,
      'hsm2m',
      'FIPS',
      createFactory(entropy(1_000_000), { ...defaultParts, isConsistent: () => false }),
    )
    expect(codeOf(hsm.provision())).toBe('SELF_TEST')
    expect([hsm.power(), hsm.digest(), hsm.certificateRequest()]).toEqual(['ERROR', '', null])
  })

  it('§hardware.pairwise stop the hardware before it answers a client whose pair is not, and nothing of it stays', () => {
    let isWell = true
    const parts: Parts = { ...defaultParts, isConsistent: made => isWell && isConsistent(made) }
    const hsm = initialised(129, 'hsm2m', 'FIPS', createFactory(entropy(1_000_000), parts))
    const kept = filled(129)
    valueOf(hsm.restore(valueOf(kept.backup())))
    const before = hsm.digest()
    const generate = { op: 'GenerateKey', as: CU, label: 'pair', kind: 'EC' } as const
    isWell = false
    expect(() => tell(hsm, generate)).toThrow('no answer')
    expect(hsm.power()).toBe('ERROR')
    valueOf(hsm.restart())
    expect(hsm.digest()).toBe(before)
    expect(tell(hsm, { ...generate, kind: 'AES', label: 'no pair' }).ok).toBe(true)
    isWell = true
    expect(tell(hsm, generate).ok).toBe(true)
  })
})
