/** The commissioning ceremony: two officers each bring one share of AKBK, and neither share says anything alone. */
import { clean } from '@noble/ciphers/utils.js'

/** A card that an officer carries. Its share is read by the hardware and by nobody else. */
export interface OfficerCard {
  readonly officer: string
}

const shares = new WeakMap<OfficerCard, Uint8Array>()

/** Splits AKBK for two officers: a random mask, and AKBK under the mask. AKBK itself is wiped. §boundary.wiped */
export const splitAkbk = (akbk: Uint8Array, mask: Uint8Array): readonly [OfficerCard, OfficerCard] => {
  const first: OfficerCard = Object.freeze({ officer: 'first' })
  const second: OfficerCard = Object.freeze({ officer: 'second' })
  shares.set(first, mask)
  shares.set(second, xor(akbk, mask))
  clean(akbk)
  return [first, second]
}

/** Joins the shares on cards; one share alone gives a key that is of no use. */
export const joinShares = (cards: readonly OfficerCard[]): Uint8Array => {
  // In one place, so that no copy of a share is left behind.
  const joined = new Uint8Array(32)
  for (const card of new Set(cards)) shares.get(card)?.forEach((byte, at) => (joined[at] = (joined[at] ?? 0) ^ byte))
  return joined
}

/** Two cards, of two officers. §hardware.ceremony */
export const admitCards = (cards: readonly OfficerCard[]): boolean =>
  cards.length === 2 && new Set(cards.map(card => card.officer)).size === 2

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, i) => byte ^ (b[i] ?? 0))
