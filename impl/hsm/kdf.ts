/** From MKBK and AKBK to the backup wrapping key: extraction (SP 800-133r2 §6.3), then a KDF in counter mode (SP 800-108r1 §4.1). */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { clean } from '@noble/ciphers/utils.js'
import { encodeValue } from './cbor.ts'
import type { Line, Mode } from './encoding.ts'

/** What PBK is derived from. AKBK is null in hardware that was never commissioned. */
export interface PbkInputs {
  readonly mkbk: Uint8Array
  readonly akbk: Uint8Array | null
  readonly mode: Mode
  readonly line: Line
  readonly version: number
}

const SALT = utf8ToBytes('cloudhsm-backup KI')
const LABEL = utf8ToBytes('cloudhsm-backup PBK')
const PBK_BITS = 256

const word = (n: number): Uint8Array => Uint8Array.of(n >>> 24, n >>> 16, n >>> 8, n)

/** SP 800-133r2 §6.3, key extraction: HMAC-SHA-256(salt, components in order). Returns 32 bytes. */
export const extract = (salt: Uint8Array, ...components: readonly Uint8Array[]): Uint8Array => {
  const joined = concatBytes(...components)
  const key = hmac(sha256, salt, joined)
  clean(joined)
  return key
}

/** SP 800-108r1 §4.1: K(i) = HMAC-SHA-256(KI, [i]32 ‖ fixed input). The caller gives the whole fixed input. */
export const counterKdf = (key: Uint8Array, fixedInput: Uint8Array, bits: number): Uint8Array => {
  const length = bits / 8
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    hmac(sha256, key, concatBytes(word(i + 1), fixedInput)),
  )
  const joined = concatBytes(...blocks)
  const result = joined.slice(0, length)
  clean(joined, ...blocks)
  return result
}

/** Label ‖ 0x00 ‖ Context ‖ [L]32. */
export const fixedInput = (context: Uint8Array, bits: number): Uint8Array =>
  concatBytes(LABEL, Uint8Array.of(0x00), context, word(bits))

/** PBK of 32 bytes. §key.pbk */
export const derivePbk = (inputs: PbkInputs, kdf = counterKdf): Uint8Array => {
  const ki = extract(SALT, inputs.mkbk, inputs.akbk ?? new Uint8Array(0))
  const context = encodeValue([inputs.mode, inputs.line, inputs.version])
  const pbk = kdf(ki, fixedInput(context, PBK_BITS), PBK_BITS)
  clean(ki) // §boundary.wiped
  return pbk
}
