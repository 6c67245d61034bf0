/** The ledger of what was sealed inside: a checker is told of each key with its nonce by a digest that tells it nothing else. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/** Hears of every key and nonce under which something is sealed. §boundary.nonce */
export type NoteSealing = (key: Uint8Array, nonce: Uint8Array) => void

export interface Ledger {
  readonly note: NoteSealing
  /** In hex, in order; the same array each time, which grows. Equal where key and nonce are. */
  readonly sealings: readonly string[]
  /** An independent copy that goes on from here. */
  fork(): Ledger
}

/** A ledger whose digests are HMAC-SHA-256 under the run's own key, so that they can be compared within a run and nowhere else. */
export const createLedger = (runKey: Uint8Array, earlier: readonly string[] = []): Ledger => {
  const sealings = [...earlier]
  const keyed = hmac.create(sha256, runKey)
  return {
    note: (key, nonce) => void sealings.push(bytesToHex(keyed.clone().update(key).update(nonce).digest())),
    sealings,
    fork: () => createLedger(runKey, sealings),
  }
}
