/**
 * Split knowledge of AKBK (SP 800-57 Part 1 Rev. 5): two shares of which AKBK is the exclusive-or (SP 800-133 Rev. 2 §6.3), each on the
 * card of an officer. Either alone is a random string of 256 bits, whatever AKBK is.
 */
import { cmac } from '@noble/ciphers/aes.js'
import { clean, equalBytes } from '@noble/ciphers/utils.js'

/** A card that an officer carries. What is on it is read by hardware and by nobody else. */
export interface OfficerCard {
  readonly officer: string
  /** The ceremony that it was written for, in hex. */
  readonly ceremony: string
}

/** What hardware reads off a card: a share of 32 bytes, and its check value. */
interface Written {
  readonly share: Uint8Array
  readonly check: Uint8Array
}

/** A share in hardware that waits for the other. */
export interface LoadedShare {
  readonly card: OfficerCard
  readonly share: Uint8Array
}

const written = new WeakMap<OfficerCard, Written>()
const CHECK_LENGTH = 5

/** Both shares of a key: a mask as long as it is, and the key under the mask. One function of a random mask, and perfectly secret. */
export const splitKey = (key: Uint8Array, mask: Uint8Array): readonly [Uint8Array, Uint8Array] => [
  mask.slice(),
  key.map((byte, at) => byte ^ (mask[at] ?? 0)),
]

/** AES-CMAC of a block of zeros, its first 5 bytes (ANSI X9.24-1, check values of AES keys). It is the share's, and none of AKBK. */
export const checkValue = (share: Uint8Array): Uint8Array => cmac(new Uint8Array(16), share).subarray(0, CHECK_LENGTH)

/** Writes a share on a card; `check` is its check value unless the card is a bad one. */
export const writeCard = (
  officer: string,
  ceremony: string,
  share: Uint8Array,
  check = checkValue(share),
): OfficerCard => {
  const card: OfficerCard = Object.freeze({ officer, ceremony })
  written.set(card, { share: share.slice(), check })
  return card
}

/** The share on a card, a copy; null where it does not agree with its check value. §ceremony.share */
export const readCard = (card: OfficerCard): Uint8Array | null => {
  const found = written.get(card)
  return found !== undefined && equalBytes(checkValue(found.share), found.check) ? found.share.slice() : null
}

/** Whether a card may be loaded where others were: it is another officer's. §hardware.ceremony */
export const admitCard = (loaded: readonly OfficerCard[], card: OfficerCard): boolean =>
  loaded.every(({ officer }) => officer !== card.officer)

/** Whether it is of the same ceremony. §ceremony.share */
export const belongs = (loaded: readonly OfficerCard[], card: OfficerCard): boolean =>
  loaded.every(({ ceremony }) => ceremony === card.ceremony)

/** Two cards, of two officers. §hardware.ceremony */
export const admitCards = (cards: readonly OfficerCard[]): boolean =>
  cards.length === 2 && new Set(cards.map(card => card.officer)).size === 2

/** AKBK out of its shares, in one place, so that no copy of a share is left behind. §ceremony.split */
export const joinShares = (shares: readonly Uint8Array[]): Uint8Array => {
  const joined = new Uint8Array(32)
  for (const share of shares) share.forEach((byte, at) => (joined[at] = (joined[at] ?? 0) ^ byte))
  return joined
}

export const wipeShares = (loaded: readonly LoadedShare[]): void => clean(...loaded.map(({ share }) => share))
