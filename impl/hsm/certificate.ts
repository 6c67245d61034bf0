/** Certificate requests and certificates of a cluster, as signed CBOR records behind the port that X.509 fills as well. */
import { equalBytes } from '@noble/ciphers/utils.js'
import { decodeValue, encodeValue, isBytes, itemsOf } from './cbor.ts'
import { generateKeyPair, sign, verify, type KeyPair } from './signature.ts'
import { generate, instantiate } from './drbg.ts'

/** Who signs: its public key, and signatures of 64 bytes by the private key, which stays with whoever made this. */
export interface Signer {
  readonly publicKey: Uint8Array
  sign(message: Uint8Array): Uint8Array
}

export const signerOf = (pair: KeyPair): Signer => ({
  publicKey: pair.publicKey,
  sign: message => sign(pair, message),
})

/** The port. Everything here is public data; readers answer null for what they do not understand or what is not signed. */
export interface CertificateCodec {
  /** A request for the signer's public key, signed by itself. */
  request(signer: Signer): Uint8Array
  /** The public key of a request. */
  readRequest(request: Uint8Array): Uint8Array | null
  /** What those who trust an authority know of it. */
  anchorOf(authority: Signer): Uint8Array
  issue(authority: Signer, publicKey: Uint8Array): Uint8Array
  /** The public key in a certificate, whoever issued it. */
  keyIn(certificate: Uint8Array): Uint8Array | null
  /** The same, if the authority of the anchor vouches for it, now. */
  keyUnder(anchor: Uint8Array, certificate: Uint8Array): Uint8Array | null
}

const REQUEST = 'cloudhsm-certificate-request'
const CERTIFICATE = 'cloudhsm-certificate'

/** A certificate taken apart, whose signature is its issuer's: whose key it is, who says so. */
const readCertificate = (
  certificate: Uint8Array,
): { readonly publicKey: Uint8Array; readonly issuer: Uint8Array } | null => {
  const [body, signature] = itemsOf(decodeValue(certificate), 2) ?? []
  if (!isBytes(body) || !isBytes(signature, 64)) return null
  const [kind, publicKey, issuer] = itemsOf(decodeValue(body), 3) ?? []
  return kind === CERTIFICATE && isBytes(publicKey, 33) && isBytes(issuer, 33) && verify(issuer, body, signature)
    ? { publicKey, issuer }
    : null
}

export const cborCodec: CertificateCodec = {
  request: signer => {
    const body = encodeValue([REQUEST, signer.publicKey])
    return encodeValue([body, signer.sign(body)])
  },
  readRequest: request => {
    const [body, signature] = itemsOf(decodeValue(request), 2) ?? []
    if (!isBytes(body) || !isBytes(signature, 64)) return null
    const [kind, publicKey] = itemsOf(decodeValue(body), 2) ?? []
    return kind === REQUEST && isBytes(publicKey, 33) && verify(publicKey, body, signature) ? publicKey : null
  },
  anchorOf: authority => authority.publicKey,
  issue: (authority, publicKey) => {
    const body = encodeValue([CERTIFICATE, publicKey, authority.publicKey])
    return encodeValue([body, authority.sign(body)])
  },
  keyIn: certificate => readCertificate(certificate)?.publicKey ?? null,
  keyUnder: (anchor, certificate) => {
    const read = readCertificate(certificate)
    return read !== null && equalBytes(read.issuer, anchor) ? read.publicKey : null
  },
}

/** A customer's certificate authority; `anchor` is what everybody may know of it. */
export interface Authority {
  readonly anchor: Uint8Array
  /** Certifies the key of a request; null when the request is not signed by that key. */
  issue(request: Uint8Array): Uint8Array | null
  issueFor(publicKey: Uint8Array): Uint8Array
}

/** An authority made from at least 32 bytes of seed. */
export const createAuthority = (seed: Uint8Array, codec: CertificateCodec = cborCodec): Authority => {
  const state = instantiate(seed, new Uint8Array(0))
  const signer = signerOf(generateKeyPair(length => generate(state, length).bytes))
  return {
    anchor: codec.anchorOf(signer),
    issue: request => {
      const publicKey = codec.readRequest(request)
      return publicKey === null ? null : codec.issue(signer, publicKey)
    },
    issueFor: publicKey => codec.issue(signer, publicKey),
  }
}

/** Whether a certificate is the anchor's and certifies the key of this request. Public data only. */
export const certifies = (
  certificate: Uint8Array,
  request: Uint8Array,
  anchor: Uint8Array,
  codec: CertificateCodec = cborCodec,
): boolean => {
  const requested = codec.readRequest(request)
  const certified = codec.keyUnder(anchor, certificate)
  return requested !== null && certified !== null && equalBytes(certified, requested)
}
