/** X.509 certificates and PKCS#10 requests, read, and judged at an instant that is handed in. */
import { X509Certificate, createPublicKey, verify } from 'node:crypto'
import { CertificationRequest } from '@peculiar/asn1-csr'
import { AsnConvert } from '@peculiar/asn1-schema'
import { pointOf } from './keys.ts'

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/** Null for bytes that are not one certificate in DER, and nothing else. */
export const readCertificate = (der: Uint8Array): X509Certificate | null => {
  try {
    const certificate = new X509Certificate(der)
    return same(certificate.raw, der) ? certificate : null
  } catch {
    return null
  }
}

/** The compressed public key in a certificate; null where it is not of P-256. */
export const keyOf = (certificate: X509Certificate): Uint8Array | null => {
  try {
    return pointOf(certificate.publicKey)
  } catch {
    return null
  }
}

/** What makes a chain, each replaceable by itself. */
export interface ChainParts {
  /** Whether a certificate is valid at a second of the epoch. §client.expired */
  readonly isCurrent: (certificate: X509Certificate, now: number) => boolean
  /** Whether a certificate was issued by another. §client.authority §client.selfsigned */
  readonly isIssuedBy: (certificate: X509Certificate, issuer: X509Certificate) => boolean
}

const hasSigned = (certificate: X509Certificate, issuer: X509Certificate): boolean => {
  try {
    return certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}

export const chainParts: ChainParts = {
  // §client.expired
  isCurrent: ({ validFromDate, validToDate }, now) =>
    validFromDate.getTime() <= now * 1000 && now * 1000 <= validToDate.getTime(),
  // §client.authority §client.selfsigned
  isIssuedBy: (certificate, issuer) =>
    issuer.ca &&
    certificate.checkIssued(issuer) &&
    hasSigned(certificate, issuer) &&
    !same(certificate.raw, issuer.raw),
}

/** Whether a root, which signs itself, vouches for the last of these, each of which vouches for the next. */
export const vouches = (
  parts: ChainParts,
  root: X509Certificate,
  chain: readonly X509Certificate[],
  now: number,
): boolean => {
  const all = [root, ...chain]
  return (
    chain.length > 0 &&
    hasSigned(root, root) &&
    all.every(certificate => parts.isCurrent(certificate, now)) &&
    chain.every((certificate, i) => parts.isIssuedBy(certificate, all[i] ?? root))
  )
}

/** The compressed public key of a request that is signed by it; null for anything else. §certificate.request */
export const readRequest = (der: Uint8Array): Uint8Array | null => {
  try {
    const request = AsnConvert.parse(der, CertificationRequest)
    if (!same(new Uint8Array(AsnConvert.serialize(request)), der)) return null
    const { certificationRequestInfo: body, signature } = request
    const spki = Buffer.from(AsnConvert.serialize(body.subjectPKInfo))
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    const isSigned = verify('sha256', Buffer.from(AsnConvert.serialize(body)), key, Buffer.from(signature))
    return isSigned ? pointOf(key) : null
  } catch {
    return null
  }
}

const MODES = { FIPS: ', for FIPS mode', NON_FIPS: ', for non-FIPS mode' } as const

/** The common name that states a mode. §attest.mode */
export const nameInMode = (name: string, mode: keyof typeof MODES): string => `${name}${MODES[mode]}`

/** The mode that the common name of a certificate states; null where it states none. §attest.mode */
export const modeIn = ({ subject }: X509Certificate): keyof typeof MODES | null => {
  const common = subject.split('\n').find(line => line.startsWith('CN=')) ?? ''
  if (common.endsWith(MODES.FIPS)) return 'FIPS'
  return common.endsWith(MODES.NON_FIPS) ? 'NON_FIPS' : null
}
