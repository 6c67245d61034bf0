/** The hardware's end of the ceremony: one officer after the other loads a share, and when it ends hardware holds AKBK or is as it was. */
import { joinShares, readCard, wipeShares, type OfficerCard } from './ceremony.ts'
import type { NotCommissioned, Tampered } from './hsm.ts'
import { accepted, refused, type Outcome } from './outcome.ts'
import type { Parts } from './seams.ts'
import type { UnitState } from './unit.ts'

/** The unit afterwards, and what it answers. */
interface Taken {
  readonly unit: UnitState
  readonly outcome: Outcome<null, Tampered | NotCommissioned>
}

const refusalOf = (parts: Parts, unit: UnitState): Tampered | 'BOOTED' | null => {
  if (parts.isTampered(unit)) return 'TAMPERED'
  return unit.power === 'OPERATIONAL' ? 'BOOTED' : null
}

const cardsIn = (unit: UnitState): readonly OfficerCard[] => unit.loaded.map(({ card }) => card)

/** The share on the card is loaded and waits; AKBK is what it was. §ceremony.separate */
export const loadShare = (parts: Parts, unit: UnitState, card: OfficerCard): Taken => {
  const refuse = (code: Tampered | NotCommissioned): Taken => ({ unit, outcome: refused(code) })
  const refusal = refusalOf(parts, unit)
  if (refusal !== null) return refuse(refusal)
  if (!parts.admitCard(cardsIn(unit), card)) return refuse('TWO_PERSON') // §hardware.ceremony
  const share = parts.belongs(cardsIn(unit), card) ? readCard(card) : null
  if (share === null) return refuse('SHARE') // §ceremony.share
  return { unit: { ...unit, loaded: [...unit.loaded, { card, share }] }, outcome: accepted(null) }
}

/** AKBK is loaded out of the shares that wait, or stays what it was; they are gone. §hardware.ceremony */
export const endCeremony = (parts: Parts, unit: UnitState): Taken => {
  const refusal = refusalOf(parts, unit)
  if (refusal !== null) return { unit, outcome: refused(refusal) }
  if (!parts.admitCards(cardsIn(unit))) return { unit: withoutShares(unit), outcome: refused('TWO_PERSON') }
  const akbk = joinShares(unit.loaded.map(({ share }) => share))
  return { unit: { ...withoutShares(unit), roots: { ...unit.roots, akbk } }, outcome: accepted(null) }
}

/** Loads each of the cards in turn, and ends; with the first that is refused the ceremony is over, and nothing is loaded. */
export const holdCeremony = (parts: Parts, unit: UnitState, cards: readonly OfficerCard[]): Taken => {
  const [card, ...others] = cards
  if (card === undefined) return endCeremony(parts, unit)
  const { unit: loaded, outcome } = loadShare(parts, unit, card)
  return outcome.ok ? holdCeremony(parts, loaded, others) : { unit: withoutShares(loaded), outcome }
}

/** No share waits any more; they are wiped. §ceremony.separate */
export const withoutShares = (unit: UnitState): UnitState => {
  wipeShares(unit.loaded)
  return { ...unit, loaded: [] }
}
