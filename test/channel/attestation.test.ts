/** Attestation: what a customer makes sure of before it signs a cluster's request, and every reason for which it does not. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Attestation, Hsm } from '../../impl/index.ts'
import { verifyAttestation, type Expected } from '../../impl/x509/index.ts'
import { DAY, START, clock, entropy, factory, initialised, manufacturer, now, provisioned } from './world.ts'

const rootsOf = ({ roots }: typeof factory): Expected['roots'] => {
  if (roots === null) throw new Error('expected roots, got none')
  return roots
}
const roots = rootsOf(factory)

const attestationOf = (hsm: Hsm): Attestation => {
  const attestation = hsm.attestation()
  if (attestation === null) throw new Error('expected an attestation, got none')
  return attestation
}

const expected = (hsm: Hsm, changed: Partial<Expected> = {}): Expected => ({
  roots,
  request: hsm.certificateRequest() ?? new Uint8Array(0),
  mode: 'FIPS',
  ...changed,
})

const verdict = (attestation: Attestation, what: Expected): string => {
  const outcome = verifyAttestation(attestation, what, now())
  return outcome.ok ? 'accepted' : outcome.code
}

afterEach(() => {
  clock.seconds = START
})

describe('a customer', () => {
  const hsm = provisioned(500)
  const attestation = attestationOf(hsm)

  it('§attest.chains §attest.key §attest.mode takes an HSM of the service for genuine, in either mode', () => {
    expect(verdict(attestation, expected(hsm))).toBe('accepted')
    const other = provisioned(501, factory, 'NON_FIPS')
    expect(verdict(attestationOf(other), expected(other, { mode: 'NON_FIPS' }))).toBe('accepted')
  })

  it.each(['manufacturer', 'aws'] as const)('§attest.chains refuses an HSM that is not under the root of %s', whose => {
    const swapped = { ...roots, [whose]: roots[whose === 'aws' ? 'manufacturer' : 'aws'] }
    expect(verdict(attestation, expected(hsm, { roots: swapped }))).toBe('CHAIN')
    expect(verdict(attestation, expected(hsm, { roots: { ...roots, [whose]: attestation.hsm } }))).toBe('CHAIN')
  })

  it('§attest.chains refuses hardware of another maker, and hardware that AWS has not enrolled', () => {
    const counterfeit = factory.manufacture({ genuine: false, line: 'hsm2m', entropy: entropy(502) })
    factory.enrol(counterfeit)
    const outside = factory.manufacture({ genuine: true, line: 'hsm2m', entropy: entropy(503) })
    for (const unit of [counterfeit, outside]) {
      unit.boot(factory.image('fips'))
      unit.provision()
    }
    expect(verdict(attestationOf(counterfeit), expected(counterfeit))).toBe('CHAIN')
    expect(outside.attestation()).toBeNull()
    outside.enrol(attestation.awsHardware)
    expect(verdict(attestationOf(outside), expected(outside))).toBe('CHAIN')
  })

  it('§attest.chains refuses certificates whose time is over', () => {
    clock.seconds = START + 20 * 365 * DAY
    expect(verdict(attestation, expected(hsm))).toBe('CHAIN')
  })

  it('§attest.key refuses the certificate of another HSM than the one that made the request', () => {
    const other = provisioned(504)
    expect(verdict(attestation, expected(other))).toBe('KEY')
    expect(verdict(attestation, expected(hsm, { request: new Uint8Array(0) }))).toBe('KEY')
  })

  it('§attest.mode refuses an HSM in another mode, also when its firmware says that it is in this one', () => {
    const other = factory.manufacture({ genuine: true, line: 'hsm2m', entropy: entropy(505) })
    factory.enrol(other)
    other.boot(factory.image('other', { id: 'liar', claims: 'FIPS' }))
    other.provision()
    expect(verdict(attestationOf(other), expected(other))).toBe('MODE')
    expect(verdict(attestation, expected(hsm, { mode: 'NON_FIPS' }))).toBe('MODE')
  })

  it('§attest.chains takes nothing that was altered: no bit in every ninth byte of the three certificates', () => {
    for (const name of ['hsm', 'awsHardware', 'manufacturerHardware'] as const)
      for (let i = 0; i < attestation[name].length; i += 9) {
        const altered = attestation[name].map((byte, at) => (at === i ? byte ^ (1 << (i % 8)) : byte))
        expect([name, i, verdict({ ...attestation, [name]: altered }, expected(hsm))]).toEqual([name, i, 'CHAIN'])
      }
  })
})

describe('an HSM', () => {
  it('§attest.shown attests nothing once its certificate is installed, or it was tampered with, or its makers attest nothing', () => {
    expect(initialised(506).attestation()).toBeNull()
    const opened = provisioned(507)
    expect(opened.attestation()).not.toBeNull()
    expect(opened.hardwareKey()).not.toBeNull()
    opened.tamper()
    expect([opened.attestation(), opened.hardwareKey(), opened.remains()]).toEqual([null, null, ''])
  })

  it('§attest.chains has a key of its own, by which no other HSM is known', () => {
    const [one, other] = [provisioned(508, manufacturer()), provisioned(509, manufacturer())]
    expect(one.hardwareKey()).not.toEqual(other.hardwareKey())
    expect(one.hardwareKey()).toEqual(one.clone().hardwareKey())
  })
})
