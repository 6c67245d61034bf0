/** The service's own envelope around what it archives: AES-256-GCM (SP 800-38D) under a key of the service. */
import { gcm } from '@noble/ciphers/aes.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Draw } from '../hsm/index.ts'

const NONCE_LENGTH = 12

/** The nonce and the ciphertext, which is bound to the id under which it is stored. `key` is 32 bytes. */
export const closeEnvelope = (key: Uint8Array, draw: Draw, id: string, bytes: Uint8Array): Uint8Array => {
  const nonce = draw(NONCE_LENGTH)
  return concatBytes(nonce, gcm(key, nonce, utf8ToBytes(id)).encrypt(bytes))
}

/** What was put inside, or null for anything that is not an unaltered envelope of this id. */
export const openEnvelope = (key: Uint8Array, id: string, stored: Uint8Array): Uint8Array | null => {
  const nonce = stored.subarray(0, NONCE_LENGTH)
  try {
    return gcm(key, nonce, utf8ToBytes(id)).decrypt(stored.subarray(NONCE_LENGTH))
  } catch {
    return null
  }
}
