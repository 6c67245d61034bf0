/** How officers sign tokens, outside of any HSM: ECDSA over P-256 with SHA-256 (FIPS 186-5). */
import { p256 } from '@noble/curves/nist.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

export interface Signer {
  /** Compressed, in hex. */
  readonly publicKey: string
  /** The signature of a token, both in hex: r and s, 32 bytes each. */
  readonly sign: (token: string) => string
}

/** Signers and signatures cost milliseconds and never change: the latest are kept. */
const KEPT = 1024
const signers = new Map<string, Signer>()
const signatures = new Map<string, string>()

const keep = <T>(kept: Map<string, T>, name: string, make: () => T): T => {
  const known = kept.get(name) ?? make()
  if (kept.size >= KEPT) kept.clear()
  kept.set(name, known)
  return known
}

/** The private key that a text stands for, in hex. */
export const privateKeyOf = (secret: string): string => bytesToHex(sha256(utf8ToBytes(secret)))

/** The signer whom a text stands for. */
export const signerOf = (secret: string): Signer =>
  keep(signers, secret, () => {
    const privateKey = hexToBytes(privateKeyOf(secret))
    const publicKey = bytesToHex(p256.getPublicKey(privateKey))
    const signed = (token: string) => bytesToHex(p256.sign(hexToBytes(token), privateKey))
    return { publicKey, sign: token => keep(signatures, `${publicKey} ${token}`, () => signed(token)) }
  })
