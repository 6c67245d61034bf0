/** Certificate requests and certificates of a cluster, as signed CBOR records behind the port that X.509 will fill. */
import { decodeValue, encodeValue, isBytes, itemsOf } from './cbor.ts'
import { generateKeyPair, sign, verify, type KeyPair } from './signature.ts'
import { generate, instantiate } from './drbg.ts'

/** A certificate taken apart: whose key it is, who says so. */
export interface Certificate {
  readonly publicKey: Uint8Array
  readonly issuer: Uint8Array
}

/** The port. Everything here is public data; readers answer null for what they do not understand or what is not signed. */
export interface CertificateCodec {
  /** A request for the pair's public key, signed by the pair itself. */
  request(pair: KeyPair): Uint8Array
  /** The public key of a request. */
  readRequest(request: Uint8Array): Uint8Array | null
  issue(issuer: KeyPair, publicKey: Uint8Array): Uint8Array
  /** A certificate whose signature is its issuer's. */
  readCertificate(certificate: Uint8Array): Certificate | null
}

const REQUEST = 'cloudhsm-certificate-request'
const CERTIFICATE = 'cloudhsm-certificate'

export const cborCodec: CertificateCodec = {
  request: pair => {
    const body = encodeValue([REQUEST, pair.publicKey])
    return encodeValue([body, sign(pair, body)])
  },
  readRequest: request => {
    const [body, signature] = itemsOf(decodeValue(request), 2) ?? []
    if (!isBytes(body) || !isBytes(signature, 64)) return null
    const [kind, publicKey] = itemsOf(decodeValue(body), 2) ?? []
    return kind === REQUEST && isBytes(publicKey, 33) && verify(publicKey, body, signature) ? publicKey : null
  },
  issue: (issuer, publicKey) => {
    const body = encodeValue([CERTIFICATE, publicKey, issuer.publicKey])
    return encodeValue([body, sign(issuer, body)])
  },
  readCertificate: certificate => {
    const [body, signature] = itemsOf(decodeValue(certificate), 2) ?? []
    if (!isBytes(body) || !isBytes(signature, 64)) return null
    const [kind, publicKey, issuer] = itemsOf(decodeValue(body), 3) ?? []
    return kind === CERTIFICATE && isBytes(publicKey, 33) && isBytes(issuer, 33) && verify(issuer, body, signature)
      ? { publicKey, issuer }
      : null
  },
}

/** A customer's certificate authority; `anchor` is its public key, which everybody may know. */
export interface Authority {
  readonly anchor: Uint8Array
  /** Certifies the key of a request; null when the request is not signed by that key. */
  issue(request: Uint8Array): Uint8Array | null
  issueFor(publicKey: Uint8Array): Uint8Array
}

/** An authority made from at least 32 bytes of seed. */
export const createAuthority = (seed: Uint8Array, codec: CertificateCodec = cborCodec): Authority => {
  const state = instantiate(seed, new Uint8Array(0))
  const pair = generateKeyPair(length => generate(state, length).bytes)
  return {
    anchor: pair.publicKey,
    issue: request => {
      const publicKey = codec.readRequest(request)
      return publicKey === null ? null : codec.issue(pair, publicKey)
    },
    issueFor: publicKey => codec.issue(pair, publicKey),
  }
}

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])

/** Whether a certificate is the anchor's and certifies the key of this request. Public data only. */
export const certifies = (
  certificate: Uint8Array,
  request: Uint8Array,
  anchor: Uint8Array,
  codec: CertificateCodec = cborCodec,
): boolean => {
  const requested = codec.readRequest(request)
  const issued = codec.readCertificate(certificate)
  return requested !== null && issued !== null && same(issued.publicKey, requested) && same(issued.issuer, anchor)
}
