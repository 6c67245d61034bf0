/** The offline HSM of the ceremony: AKBK is drawn in it, and leaves it as shares on two officers' cards and in no other way. */
import { clean } from '@noble/ciphers/utils.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { splitKey, writeCard, type OfficerCard } from './ceremony.ts'
import { generate, instantiate } from './drbg.ts'

export interface OfflineHsm {
  /** The cards of a ceremony, by its number: shares of the one AKBK under a mask that no other ceremony has. */
  issueCards(ceremony: number): readonly [OfficerCard, OfficerCard]
}

const SHARE_LENGTH = 32
const IDENTIFIER_LENGTH = 8

/** An offline HSM made from at least 32 bytes of entropy. §ceremony.split */
export const createOfflineHsm = (entropy: Uint8Array): OfflineHsm => {
  const drawn = (purpose: string, length: number): Uint8Array =>
    generate(instantiate(entropy, utf8ToBytes('offline HSM'), utf8ToBytes(purpose)), length).bytes
  const akbk = drawn('AKBK', SHARE_LENGTH)
  return {
    issueCards: ceremony => {
      const bytes = drawn(`ceremony ${ceremony}`, SHARE_LENGTH + IDENTIFIER_LENGTH)
      const identifier = bytesToHex(bytes.subarray(SHARE_LENGTH))
      const shares = splitKey(akbk, bytes.subarray(0, SHARE_LENGTH))
      const cards = [writeCard('first', identifier, shares[0]), writeCard('second', identifier, shares[1])] as const
      clean(...shares, bytes)
      return cards
    },
  }
}
