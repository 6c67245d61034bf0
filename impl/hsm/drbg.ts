/** HMAC_DRBG with SHA-256 (SP 800-90A Rev. 1 §10.1.2), as pure functions over a plain state that can be copied. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { clean } from '@noble/ciphers/utils.js'
import { concatBytes } from '@noble/hashes/utils.js'

/** The working state: K and V of 32 bytes, and the number of requests since it was seeded, plus one. */
export interface DrbgState {
  readonly key: Uint8Array
  readonly v: Uint8Array
  readonly counter: number
}

/** Source of random bytes inside an HSM. */
export type Draw = (length: number) => Uint8Array

/** SP 800-90A Table 2: bits per request at most 2^19, and requests per seed at most 2^48. */
export const MAX_REQUEST = 2 ** 16
export const RESEED_INTERVAL = 2 ** 48

const mac = (key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array => hmac(sha256, key, concatBytes(...parts))

/** HMAC_DRBG_Update, §10.1.2.2. */
const update = (key: Uint8Array, v: Uint8Array, provided: Uint8Array): Omit<DrbgState, 'counter'> => {
  const key1 = mac(key, v, Uint8Array.of(0x00), provided)
  const v1 = mac(key1, v)
  if (provided.length === 0) return { key: key1, v: v1 }
  const key2 = mac(key1, v1, Uint8Array.of(0x01), provided)
  return { key: key2, v: mac(key2, v1) }
}

/** HMAC_DRBG_Instantiate, §10.1.2.3. Throws on less than 256 bits of entropy input. */
export const instantiate = (
  entropy: Uint8Array,
  nonce: Uint8Array,
  personalization: Uint8Array = new Uint8Array(0),
): DrbgState => {
  if (entropy.length < 32) throw new Error('the generator needs 32 bytes of entropy')
  const seed = concatBytes(entropy, nonce, personalization)
  const state = { ...update(new Uint8Array(32), new Uint8Array(32).fill(0x01), seed), counter: 1 }
  clean(seed) // §boundary.wiped
  return state
}

/** HMAC_DRBG_Generate, §10.1.2.5, without reseeding. Throws on more than 2^16 bytes, or when a reseed is due. */
export const generate = (
  state: DrbgState,
  length: number,
  additional: Uint8Array = new Uint8Array(0),
): { readonly bytes: Uint8Array; readonly state: DrbgState } => {
  if (length > MAX_REQUEST || state.counter > RESEED_INTERVAL) throw new Error('the generator refuses the request')
  const { key, v: start } = additional.length > 0 ? update(state.key, state.v, additional) : state
  const bytes = new Uint8Array(length)
  let v = start
  for (let at = 0; at < length; at += 32) {
    v = mac(key, v)
    bytes.set(v.subarray(0, Math.min(32, length - at)), at)
  }
  return { bytes, state: { ...update(key, v, additional), counter: state.counter + 1 } }
}
