/** Trying a key on what has left: one block first, which nearly every wrong key fails, and the whole only then. */
import { aeskw, gcm, unsafe } from '@noble/ciphers/aes.js'
import type { Candidate } from './bytes-candidates.ts'
import type { SealedBackup } from './cbor.ts'

/** Something under AES-256-GCM. */
export interface Ciphertext {
  readonly nonce: Uint8Array
  readonly associated: Uint8Array
  readonly sealed: Uint8Array
  readonly holds: 'contents' | 'message'
}

/** Round keys cost more than a block: they are kept as long as the candidate is. */
const encrypting = new WeakMap<Candidate, Uint32Array>()
const decrypting = new WeakMap<Candidate, Uint32Array>()

const roundKeys = (
  kept: WeakMap<Candidate, Uint32Array>,
  candidate: Candidate,
  expand: (key: Uint8Array) => Uint32Array,
): Uint32Array => {
  const known = kept.get(candidate)
  if (known !== undefined) return known
  const keys = expand(candidate.key)
  kept.set(candidate, keys)
  return keys
}

const word = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)

/** The second counter block of SP 800-38D §7.1 for a nonce of 12 bytes, which encrypts the text's first. */
const SECOND = 2 << 24

/** The major types of CBOR's texts and arrays. */
const [TEXT, ARRAY] = [3, 4]
/** Contents have six parts, of which the first is an array of users (SPEC.md §8). */
const CONTENTS = 0x86

/** How what is sealed begins, as SPEC.md §8 and §14 say: what begins otherwise was not opened. */
const BEGINNINGS = {
  contents: (first: number, second: number) => first === CONTENTS && second >> 5 === ARRAY,
  message: (first: number, second: number) => first >> 5 === ARRAY && (first & 31) < 24 && second >> 5 === TEXT,
} as const

const beginsRight = (candidate: Candidate, { nonce, sealed, holds }: Ciphertext): boolean => {
  const keys = roundKeys(encrypting, candidate, unsafe.expandKeyLE)
  const { s0 } = unsafe.encrypt(keys, word(nonce, 0), word(nonce, 4), word(nonce, 8), SECOND)
  const text = s0 ^ word(sealed, 0)
  return BEGINNINGS[holds](text & 0xff, (text >> 8) & 0xff)
}

const doesNotThrow = (attempt: () => unknown): boolean => {
  try {
    attempt()
    return true
  } catch {
    return false
  }
}

/** Whether a candidate opens it. */
export const opens = (candidate: Candidate, text: Ciphertext): boolean =>
  beginsRight(candidate, text) &&
  doesNotThrow(() => gcm(candidate.key, text.nonce, text.associated).decrypt(text.sealed))

const INTEGRITY = 0xa6a6a6a6 | 0
const BLOCKS = 4

/** The integrity check of KW (SP 800-38F §6.2), for a wrapped key of 32 bytes. */
const passesCheck = (candidate: Candidate, wrapped: Uint8Array): boolean => {
  const keys = roundKeys(decrypting, candidate, unsafe.expandKeyDecLE)
  const words = Array.from({ length: 2 * (BLOCKS + 1) }, (_, at) => word(wrapped, 4 * at))
  let [a0 = 0, a1 = 0] = words
  for (let step = 6 * BLOCKS; step > 0; step -= 1) {
    const at = 2 * (((step - 1) % BLOCKS) + 1)
    const { s0, s1, s2, s3 } = unsafe.decrypt(keys, a0, a1 ^ (step << 24), words[at] ?? 0, words[at + 1] ?? 0)
    a0 = s0
    a1 = s1
    words[at] = s2
    words[at + 1] = s3
  }
  return (a0 | 0) === INTEGRITY && (a1 | 0) === INTEGRITY
}

/** Whether a candidate unwraps the BEK of a backup. */
export const unwraps = (candidate: Candidate, { wrapped }: SealedBackup): boolean =>
  passesCheck(candidate, wrapped) && doesNotThrow(() => aeskw(candidate.key).decrypt(wrapped))
