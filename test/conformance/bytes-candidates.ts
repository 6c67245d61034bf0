/**
 * Candidate keys: the closed set of keys that anybody could try on what has left (SPEC.md §14). Out of each public string come its
 * own bytes, a digest of it, and the keys that the published derivation makes of it in the place of KI.
 */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { SealedBackup } from './cbor.ts'

/** How a candidate is made. */
export type CandidateClass = 'constant' | 'name' | 'value' | 'hash' | 'derived' | 'window'

export interface Candidate {
  readonly kind: CandidateClass
  /** 32 bytes. */
  readonly key: Uint8Array
}

const LENGTH = 32
const SALT = utf8ToBytes('cloudhsm-backup KI')
const LABEL = utf8ToBytes('cloudhsm-backup PBK')

const filled = (byteAt: (at: number) => number): Uint8Array =>
  Uint8Array.from({ length: LENGTH }, (_, at) => byteAt(at))

/** One byte thirty-two times, for every byte; counting up and down; the first bytes of a power of two. */
export const CONSTANTS: readonly Candidate[] = [
  ...Array.from({ length: 256 }, (_, byte) => filled(() => byte)),
  filled(at => at),
  filled(at => at + 1),
  filled(at => LENGTH - 1 - at),
  filled(at => LENGTH - at),
  filled(at => (at === 0 ? 1 : 0)),
  filled(at => (at === LENGTH - 1 ? 1 : 0)),
  filled(at => at * 0x11),
  filled(at => [0xde, 0xad, 0xbe, 0xef][at % 4] ?? 0),
].map(key => ({ kind: 'constant', key }))

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, letter => letter.charCodeAt(0))

const padded = (bytes: Uint8Array): Uint8Array => {
  const key = new Uint8Array(LENGTH)
  key.set(bytes.subarray(0, LENGTH))
  return key
}

/** Bytes that stand in a text, in hex or in base64 of either alphabet. */
const standingIn = (text: string): readonly Uint8Array[] => {
  const hex = text.match(/[0-9a-f]{64}/gi) ?? []
  const base64 = text.match(/(?<![\w+/-])[\w+/-]{43}(?![\w+/-])/g) ?? []
  const decoded = base64.map(word => bytesOf(atob(word.replaceAll('-', '+').replaceAll('_', '/'))))
  return [...hex.map(word => hexToBytes(word.toLowerCase())), ...decoded]
}

/** Label ‖ 0x00 ‖ Context ‖ L of SPEC.md §8, for the mode and the line of a header, after the counter. */
const fixedInput = (mode: string, line: string): Uint8Array => {
  const text = (word: string) => Uint8Array.of(0x60 + word.length, ...utf8ToBytes(word))
  const context = concatBytes(Uint8Array.of(0x83), text(mode), text(line), Uint8Array.of(0x01))
  return concatBytes(Uint8Array.of(0, 0, 0, 1), LABEL, Uint8Array.of(0), context, Uint8Array.of(0, 0, 1, 0))
}

/** What the published derivation makes of a string: as MKBK ‖ AKBK, as KI, and, hashed, as KI. */
const derivedFrom = (bytes: Uint8Array, fixed: Uint8Array): readonly Uint8Array[] => {
  const extracted = hmac(sha256, SALT, bytes)
  const pbk = (ki: Uint8Array): Uint8Array => hmac(sha256, ki, fixed)
  return [extracted, pbk(extracted), pbk(bytes), pbk(sha256(bytes))]
}

const made = (text: string, fixed: Uint8Array): readonly Candidate[] => {
  const bytes = bytesOf(text)
  const repeated = bytes.length > 0 && bytes.length < LENGTH ? [filled(at => bytes[at % bytes.length] ?? 0)] : []
  const value = bytes.length === LENGTH ? [bytes] : standingIn(text)
  const name = bytes.length === 0 || bytes.length === LENGTH ? [] : [padded(bytes), ...repeated]
  const keys: Readonly<Record<Exclude<CandidateClass, 'constant' | 'window'>, readonly Uint8Array[]>> = {
    name,
    value,
    hash: [sha256(bytes), sha256(sha256(bytes))],
    derived: derivedFrom(bytes, fixed),
  }
  return (['name', 'value', 'hash', 'derived'] as const).flatMap(kind => keys[kind].map(key => ({ kind, key })))
}

/** Runs of one seed see the same names: the candidates of the latest are kept. */
const KEPT = 4096
const known = new Map<string, readonly Candidate[]>()

/** The candidates made of one public string, for a mode and a line. */
export const candidatesOf = (text: string, mode: string, line: string): readonly Candidate[] => {
  const name = `${mode} ${line} ${text}`
  const candidates = known.get(name) ?? made(text, fixedInput(mode, line))
  if (known.size >= KEPT) known.clear()
  known.set(name, candidates)
  return candidates
}

/** Every 32 bytes in a row of a backup outside its ciphertext, and at the ciphertext's beginning and end. */
export const windowsOf = ({ header, wrapped, nonce, sealed }: SealedBackup): readonly Candidate[] => {
  const around = concatBytes(header, wrapped, nonce, sealed.subarray(0, LENGTH))
  const end = sealed.subarray(-2 * LENGTH)
  return [around, end].flatMap(bytes =>
    Array.from({ length: Math.max(0, bytes.length - LENGTH + 1) }, (_, at) => ({
      kind: 'window' as const,
      key: bytes.subarray(at, at + LENGTH),
    })),
  )
}
