/** The ledger of what was sealed inside: a checker is told of each key with its nonce by a digest that tells it nothing else. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/** What is sealed: contents for another HSM, a command or an answer, what a customer's key encrypts. */
export type SealedText = 'backup' | 'record' | 'data'

/** Hears of every key and nonce under which something is sealed. §boundary.nonce */
export type NoteSealing = (text: SealedText, key: Uint8Array, nonce: Uint8Array) => void

/** One time that something was sealed. */
export interface Sealing {
  readonly text: SealedText
  /** In hex, of the key with the nonce: equal where both are. */
  readonly digest: string
  /** In hex; it stands beside what is sealed, for everybody to see. */
  readonly nonce: string
}

export interface Ledger {
  readonly note: NoteSealing
  /** In order; the same array each time, which grows. */
  readonly sealings: readonly Sealing[]
  /** An independent copy that goes on from here. */
  fork(): Ledger
}

/** A ledger whose digests are HMAC-SHA-256 under the run's own key, so that they can be compared within a run and nowhere else. */
export const createLedger = (runKey: Uint8Array, earlier: readonly Sealing[] = []): Ledger => {
  const sealings = [...earlier]
  const keyed = hmac.create(sha256, runKey)
  return {
    note: (text, key, nonce) => {
      const digest = bytesToHex(keyed.clone().update(key).update(nonce).digest())
      sealings.push({ text, digest, nonce: bytesToHex(nonce) })
    },
    sealings,
    fork: () => createLedger(runKey, sealings),
  }
}
