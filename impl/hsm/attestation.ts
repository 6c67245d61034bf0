/** What proves an HSM genuine before it is initialised: certificates of its hardware, and the ROM's word on its key and mode. */
import { signerOf, type Signer } from './certificate.ts'
import type { Mode } from './encoding.ts'
import type { Hsm } from './hsm.ts'
import type { KeyPair } from './signature.ts'
import type { Cell, UnitState } from './unit.ts'

/** The form of these certificates, which X.509 fills. Everything here is public. */
export interface Attester {
  /** What those who trust the manufacturer, or AWS, know of it. */
  root(whose: Root, signer: Signer): Uint8Array
  /** That a key is of genuine hardware. */
  hardware(whose: Root, root: Signer, publicKey: Uint8Array): Uint8Array
  /** By the hardware's key: that this one was made in it, in this mode. */
  hsm(hardware: Signer, publicKey: Uint8Array, mode: Mode): Uint8Array
}

export type Root = 'manufacturer' | 'aws'

/** A unit's own key pair, which only its ROM reads, and who vouches for it: the manufacturer, and AWS once it is enrolled. */
export interface HardwareIdentity {
  readonly pair: KeyPair
  readonly manufacturer: Uint8Array
  readonly aws: Uint8Array | null
}

/** An independent copy of what is wiped in place. */
export const copyIdentity = (identity: HardwareIdentity | null): HardwareIdentity | null => {
  if (identity === null) return null
  return { ...identity, pair: { ...identity.pair, privateKey: identity.pair.privateKey.slice() } }
}

/** In AWS's names: HsmCertificate, AwsHardwareCertificate, ManufacturerHardwareCertificate. */
export interface Attestation {
  readonly hsm: Uint8Array
  readonly awsHardware: Uint8Array
  readonly manufacturerHardware: Uint8Array
}

/** By the ROM, over the mode that it has established, whatever the firmware says; null where the unit is not enrolled. §attest.mode */
export const attest = (attester: Attester | null, unit: UnitState): Attestation | null => {
  const { identity, mode, contents, power } = unit
  const certificates = contents?.certificates ?? null
  if (attester === null || identity === null || identity.aws === null || mode === null) return null
  if (power !== 'OPERATIONAL' || certificates === null || certificates.certificate.length > 0) return null
  return {
    hsm: attester.hsm(signerOf(identity.pair), certificates.publicKey, mode),
    awsHardware: identity.aws.slice(),
    manufacturerHardware: identity.manufacturer.slice(),
  }
}

/** What of a unit concerns its identity. */
export const identified = (
  attester: Attester | null,
  { read, write }: Cell,
): Pick<Hsm, 'hardwareKey' | 'enrol' | 'attestation'> => ({
  hardwareKey: () => read().identity?.pair.publicKey.slice() ?? null,
  enrol: certificate => {
    const unit = read()
    if (unit.identity !== null) write({ ...unit, identity: { ...unit.identity, aws: certificate.slice() } })
  },
  attestation: () => attest(attester, read()),
})
