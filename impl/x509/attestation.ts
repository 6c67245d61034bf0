/** Attestation in X.509: the certificates of hardware and HSMs, and what a customer makes sure of before it signs the cluster's request. */
import type { X509Certificate } from 'node:crypto'
import { accepted, refused, type Attestation, type Attester, type Mode, type Outcome, type Root } from '../hsm/index.ts'
import { tenYears } from './codec.ts'
import { shortOf } from './keys.ts'
import {
  chainParts,
  keyOf,
  modeIn,
  nameInMode,
  readCertificate,
  readRequest,
  vouches,
  type ChainParts,
} from './read.ts'
import { writeCertificate, type Lifetime } from './write.ts'

export interface AttesterOptions {
  /** Seconds since the epoch. */
  readonly now: () => number
  readonly lifetime?: (now: number) => Lifetime
}

const ROOTS: Readonly<Record<Root, string>> = { manufacturer: 'manufacturer root', aws: 'AWS root' }
const hardwareName = (publicKey: Uint8Array): string => `hardware ${shortOf(publicKey)}`

/** Both hardware certificates have the same name and key, so that the HSM's certificate has a chain to either root. */
export const x509Attester = ({ now, lifetime = tenYears }: AttesterOptions): Attester => ({
  root: (whose, signer) => {
    const [name, { publicKey }] = [ROOTS[whose], signer]
    return writeCertificate({ name, signer }, { name, publicKey, authority: true }, lifetime(now()))
  },
  hardware: (whose, signer, publicKey) => {
    const subject = { name: hardwareName(publicKey), publicKey, authority: true }
    return writeCertificate({ name: ROOTS[whose], signer }, subject, lifetime(now()))
  },
  // §attest.mode
  hsm: (signer, publicKey, mode) => {
    const subject = { name: nameInMode(`HSM ${shortOf(publicKey)}`, mode), publicKey, authority: false }
    return writeCertificate({ name: hardwareName(signer.publicKey), signer }, subject, lifetime(now()))
  },
})

/** Why a customer does not initialise a cluster, in the order in which it is checked. */
export type AttestationCode = 'CHAIN' | 'KEY' | 'MODE'

/** What a customer knows before it initialises a cluster: the roots, and what it was shown, and what it asked for. */
export interface Expected {
  readonly roots: Readonly<Record<Root, Uint8Array>>
  /** The cluster's CSR. */
  readonly request: Uint8Array
  readonly mode: Mode
}

/** What is made sure of, each replaceable by itself. */
export interface AttestationParts extends ChainParts {
  /** The roots under both of which the HSM's certificate must be. §attest.chains */
  readonly required: readonly Root[]
  /** Whether the HSM's certificate is of the key that asks to be certified. §attest.key */
  readonly isOfRequest: (certificate: X509Certificate, request: Uint8Array) => boolean
  /** Whether it states the mode. §attest.mode */
  readonly isInMode: (certificate: X509Certificate, mode: Mode) => boolean
}

export const attestationParts: AttestationParts = {
  ...chainParts,
  required: ['manufacturer', 'aws'], // §attest.chains
  // §attest.key
  isOfRequest: (certificate, request) => {
    const [key, requested] = [keyOf(certificate), readRequest(request)]
    return key !== null && requested !== null && Buffer.compare(key, requested) === 0
  },
  isInMode: (certificate, mode) => modeIn(certificate) === mode, // §attest.mode
}

/** Whether an HSM is genuine, made the request, and is in the mode, at a second of the epoch. */
export const verifyAttestation = (
  attestation: Attestation,
  { roots, request, mode }: Expected,
  now: number,
  parts: AttestationParts = attestationParts,
): Outcome<null, AttestationCode> => {
  const hsm = readCertificate(attestation.hsm)
  const hardware = { manufacturer: attestation.manufacturerHardware, aws: attestation.awsHardware }
  const isUnder = (whose: Root): boolean => {
    const [root, middle] = [readCertificate(roots[whose]), readCertificate(hardware[whose])]
    return hsm !== null && root !== null && middle !== null && vouches(parts, root, [middle, hsm], now)
  }
  if (hsm === null || !parts.required.every(isUnder)) return refused('CHAIN') // §attest.chains
  if (!parts.isOfRequest(hsm, request)) return refused('KEY') // §attest.key
  return parts.isInMode(hsm, mode) ? accepted(null) : refused('MODE') // §attest.mode
}
