/**
 * ECDSA over P-256 with SHA-256 (FIPS 186-5), deterministic nonces (RFC 6979), compressed public keys, signatures of 64 bytes.
 *
 * Signing and verification are pure functions and cost milliseconds, so signatures and verdicts are remembered.
 */
import { clean } from '@noble/ciphers/utils.js'
import { p256 } from '@noble/curves/nist.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Draw } from './drbg.ts'

export interface KeyPair {
  readonly privateKey: Uint8Array
  readonly publicKey: Uint8Array
}

const CAPACITY = 4096
const verdicts = new Map<string, boolean>()
const signatures = new Map<string, Uint8Array>()

const remember = (name: string, verdict: boolean): boolean => {
  if (verdicts.size >= CAPACITY) verdicts.clear()
  verdicts.set(name, verdict)
  return verdict
}

const nameOf = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): string =>
  bytesToHex(sha256(concatBytes(sha256(publicKey), sha256(message), signature)))

/** Of 33 bytes. */
export const publicKeyOf = (privateKey: Uint8Array): Uint8Array => p256.getPublicKey(privateKey)

/** A key pair from 48 drawn bytes (FIPS 186-5 A.2.1, extra random bits). */
export const generateKeyPair = (draw: Draw): KeyPair => {
  const seed = draw(48)
  const privateKey = p256.utils.randomSecretKey(seed)
  clean(seed) // §boundary.wiped
  return { privateKey, publicKey: publicKeyOf(privateKey) }
}

const CONSISTENCY = utf8ToBytes('a key pair that was just generated')

/** The pairwise consistency test (ISO/IEC 19790 §7.10.3.3): what the private key signs, the public key verifies. §hardware.pairwise */
export const isConsistent = ({ privateKey, publicKey }: KeyPair): boolean => {
  const name = nameOf(privateKey, CONSISTENCY, publicKey)
  const known = verdicts.get(name)
  if (known !== undefined) return known
  return remember(name, verifyAfresh(publicKey, CONSISTENCY, p256.sign(CONSISTENCY, privateKey, { lowS: false })))
}

export const sign = ({ privateKey, publicKey }: KeyPair, message: Uint8Array): Uint8Array => {
  const name = nameOf(privateKey, message, publicKey)
  const known = signatures.get(name)
  if (known !== undefined) return known.slice()
  const signature = p256.sign(message, privateKey, { lowS: false }) // RFC 6979 asks for no small s.
  remember(nameOf(publicKey, message, signature), true)
  if (signatures.size >= CAPACITY) signatures.clear()
  signatures.set(name, signature.slice())
  return signature
}

/** A signature of 64 bytes in the form that X.509 has (RFC 3279 §2.2.3), in DER. */
export const derSignature = (signature: Uint8Array): Uint8Array => p256.Signature.fromBytes(signature).toBytes('der')

/** False for anything that is not a signature of this message by this key; never throws. */
export const verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
  const name = nameOf(publicKey, message, signature)
  return verdicts.get(name) ?? remember(name, verifyAfresh(publicKey, message, signature))
}

/** The same without memory. */
export const verifyAfresh = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
  try {
    // Whoever signs outside follows FIPS 186-5, which asks for no small s.
    return p256.verify(signature, message, publicKey, { lowS: false })
  } catch {
    return false
  }
}
