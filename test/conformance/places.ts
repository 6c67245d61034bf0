/** Where a request is sent, and by whom: two Regions and two accounts, under names of AWS's form. */

/** An account, of which there are two. */
export type AccountId = '111122223333' | '444455556666'
/** A Region, by AWS's name. */
export type Region = 'us-east-1' | 'us-west-2'

/** Where a request is sent: us-east-1 where it does not say. What names a thing and no Region is sent to the thing's. */
export interface Sent {
  readonly region?: Region
}

/** Who asks: 111122223333 where it does not say. What names a cluster or an HSM is asked by whose it is. */
export interface Asked {
  readonly account?: AccountId
}
