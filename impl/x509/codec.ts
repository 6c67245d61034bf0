/** X.509 behind the port of certificates: the cluster's request is PKCS#10, and what a client trusts is the customer's root. */
import type { CertificateCodec, Signer } from '../hsm/index.ts'
import { shortOf } from './keys.ts'
import { chainParts, keyOf, readCertificate, readRequest, vouches, type ChainParts } from './read.ts'
import { writeCertificate, writeRequest, type Lifetime } from './write.ts'

export interface X509Options {
  /** Seconds since the epoch. */
  readonly now: () => number
  /** How long what is issued is valid; ten years from now by default. */
  readonly lifetime?: (now: number) => Lifetime
  readonly parts?: ChainParts
}

/** As long as the certificates of AWS's guide: 3,652 days. */
export const tenYears = (now: number): Lifetime => ({ from: now, to: now + 3_652 * 86_400 })

const clusterName = (publicKey: Uint8Array): string => `cluster ${shortOf(publicKey)}`
const authorityName = ({ publicKey }: Signer): string => `customer CA ${shortOf(publicKey)}`

export const x509Codec = ({ now, lifetime = tenYears, parts = chainParts }: X509Options): CertificateCodec => ({
  request: signer => writeRequest(clusterName(signer.publicKey), signer), // §certificate.request
  readRequest,
  anchorOf: authority => {
    const [name, { publicKey }] = [authorityName(authority), authority]
    return writeCertificate({ name, signer: authority }, { name, publicKey, authority: true }, lifetime(now()))
  },
  // §certificate.form
  issue: (authority, publicKey) => {
    const subject = { name: clusterName(publicKey), publicKey, authority: false }
    const isOwn = Buffer.compare(publicKey, authority.publicKey) === 0
    const name = isOwn ? subject.name : authorityName(authority)
    return writeCertificate({ name, signer: authority }, subject, lifetime(now()))
  },
  keyIn: certificate => {
    const read = readCertificate(certificate)
    return read === null ? null : keyOf(read)
  },
  keyUnder: (anchor, certificate) => {
    const [root, read] = [readCertificate(anchor), readCertificate(certificate)]
    return root !== null && read !== null && vouches(parts, root, [read], now()) ? keyOf(read) : null
  },
})
