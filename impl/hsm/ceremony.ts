/** The commissioning ceremony: two officers each bring one share of AKBK, and neither share says anything alone. */

/** A card that an officer carries. Its share is read by the hardware and by nobody else. */
export interface OfficerCard {
  readonly officer: string
}

const shares = new WeakMap<OfficerCard, Uint8Array>()

/** Splits AKBK for two officers: a random mask, and AKBK under the mask. */
export const splitAkbk = (akbk: Uint8Array, mask: Uint8Array): readonly [OfficerCard, OfficerCard] => {
  const first: OfficerCard = Object.freeze({ officer: 'first' })
  const second: OfficerCard = Object.freeze({ officer: 'second' })
  shares.set(first, mask)
  shares.set(second, xor(akbk, mask))
  return [first, second]
}

/** Joins the shares on cards; one share alone gives a key that is of no use. */
export const joinShares = (cards: readonly OfficerCard[]): Uint8Array =>
  [...new Set(cards)].map(card => shares.get(card)).reduce<Uint8Array>((joined, share) => xor(joined, share), ZERO)

/** Two cards, of two officers. §hardware.ceremony */
export const admitCards = (cards: readonly OfficerCard[]): boolean =>
  cards.length === 2 && new Set(cards.map(card => card.officer)).size === 2

const ZERO = new Uint8Array(32)

const xor = (a: Uint8Array, b: Uint8Array | undefined): Uint8Array => a.map((byte, i) => byte ^ (b?.[i] ?? 0))
