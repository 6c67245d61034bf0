/** Who may ask within bounds, and where: no more is said in an input than differs from the usual. */
import { CUSTOMER, HOME, type AccountId, type Region } from './machines/words.ts'

export interface Asking {
  /** Regions that requests may go to, and backups be copied to; HOME alone without any. */
  readonly regions?: readonly Region[]
  /** Who may ask; CUSTOMER alone without any. */
  readonly accounts?: readonly AccountId[]
}

/** Everybody who may ask: nobody is named where it is CUSTOMER. */
export const askers = ({ accounts = [CUSTOMER] }: Asking) =>
  accounts.map(account => (account === CUSTOMER ? {} : { account }))

/** What DescribeBackups may list: one's own, or what others share, if there are others. */
export const listings = ({ accounts }: Asking) => (accounts === undefined ? [{}] : [{}, { shared: true as const }])

/** Every Region that a request may be sent to: none is named where it is HOME. */
const sent = ({ regions = [HOME] }: Asking) => regions.map(region => (region === HOME ? {} : { region }))

/** Where a request may be sent, by everybody who may ask. */
export const sentBy = (asking: Asking) => sent(asking).flatMap(to => askers(asking).map(by => ({ ...to, ...by })))
