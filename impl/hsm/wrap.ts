/** AES-256 key wrap, KW of SP 800-38F §6.2, which is RFC 3394. */
import { aeskw } from '@noble/ciphers/aes.js'

/** Wraps keys under a key; what comes back from `unwrap` has passed the integrity check, or is null. */
export interface KeyWrap {
  wrap(wrappingKey: Uint8Array, key: Uint8Array): Uint8Array
  unwrap(wrappingKey: Uint8Array, wrapped: Uint8Array): Uint8Array | null
}

// §key.wrap
export const keyWrap: KeyWrap = {
  wrap: (wrappingKey, key) => aeskw(wrappingKey).encrypt(key),
  unwrap: (wrappingKey, wrapped) => {
    try {
      return aeskw(wrappingKey).decrypt(wrapped)
    } catch {
      return null
    }
  },
}
