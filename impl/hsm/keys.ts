/** Keys: made inside, used inside. */
import { cmac, gcm } from '@noble/ciphers/aes.js'
import { p256 } from '@noble/curves/nist.js'
import { concatBytes } from '@noble/hashes/utils.js'
import type { Key } from './contents.ts'
import type { Draw } from './drbg.ts'
import { NONCE_LENGTH } from './encoding.ts'
import { generateKeyPair } from './signature.ts'

/** A new token key that is sensitive and not extractable. §key.generate */
export const generateKey = (draw: Draw, label: string, owner: string, kind: Key['kind']): Key => ({
  label,
  kind,
  value: kind === 'AES' ? draw(32) : generateKeyPair(draw).privateKey,
  owner,
  token: true,
  sensitive: true,
  extractable: false,
})

/** §key.missing */
export const findKey = (keys: readonly Key[], label: string): Key | undefined => keys.find(key => key.label === label)

/** What an HSM tells a client that looks for a key. §key.availability */
export const hasKey = (keys: readonly Key[], label: string): boolean => findKey(keys, label) !== undefined

/** §key.delete */
export const removeKey = (keys: readonly Key[], label: string): readonly Key[] =>
  keys.filter(key => key.label !== label)

/** What a key computes on a challenge: AES-CMAC (SP 800-38B), or a deterministic ECDSA signature. §key.use */
export const computeCheck = (key: Key, challenge: Uint8Array): Uint8Array =>
  key.kind === 'AES' ? cmac(challenge, key.value) : p256.sign(challenge, key.value, { lowS: false })

/** AES-256-GCM under a drawn nonce, which stands before the ciphertext; null for a key that does not encrypt. */
export const encryptWith = (key: Key, draw: Draw, plaintext: Uint8Array): Uint8Array | null => {
  if (key.kind !== 'AES') return null
  const nonce = draw(NONCE_LENGTH)
  return concatBytes(nonce, gcm(key.value, nonce).encrypt(plaintext))
}

/** The plaintext, or null when the key did not encrypt it. */
export const decryptWith = (key: Key, ciphertext: Uint8Array): Uint8Array | null => {
  if (key.kind !== 'AES') return null
  try {
    return gcm(key.value, ciphertext.subarray(0, NONCE_LENGTH)).decrypt(ciphertext.subarray(NONCE_LENGTH))
  } catch {
    return null
  }
}
