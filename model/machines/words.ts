/** The words that the machines share: AWS's where AWS has one, and the form of a transition's meta. */

/** FIPS 140 mode of a cluster, of an HSM and of a backup. */
export type Mode = 'FIPS' | 'NON_FIPS'
/** A Region that clusters and backups are in. */
export type Region = 'us-east-1' | 'us-west-2'
/** Where a request goes that names no Region. */
export const HOME: Region = 'us-east-1'
/** Who asks, and who has a cluster or a backup. */
export type AccountId = '111122223333' | '444455556666'
/** Who asks where a request does not say. */
export const CUSTOMER: AccountId = '111122223333'
/** The account that the other one may share with. */
export const otherThan = (account: AccountId): AccountId =>
  account === '111122223333' ? '444455556666' : '111122223333'
/** Instance type of a cluster's HSMs. */
export type HsmType = 'hsm1.medium' | 'hsm2m.medium'
/** A line of the manufacturer's hardware; `hsm1` is the older. */
export type Line = 'hsm1' | 'hsm2m'
/** An Availability Zone of the Region, by its letter. Two stand for many: an HSM is in the same zone as another, or is not. */
export type Zone = 'a' | 'b'
/** The zone that is meant where none is named. */
export const FIRST_ZONE: Zone = 'a'
/** How many HSMs a cluster may have where nothing less is said. */
export const MOST_HSMS = 28
/** The officers: the first, whom activation makes, and two more. */
export const OFFICERS = ['CO', 'CO2', 'CO3'] as const
export type Officer = (typeof OFFICERS)[number]
/** Who asks on the data plane: an officer or the crypto user. */
export type As = Officer | 'CU'
/** What a token may be asked for: to administer users, or to set the quorum value. */
export type Service = 'user' | 'quorum'

/** What every transition says of itself. One of `refuse`, `fail` and `bound` at most. */
export interface Meta {
  /** The clause of SPEC.md that the transition models. */
  readonly clause: string
  /** Further clauses that its actions carry out. */
  readonly also?: readonly string[]
  /** Refused with this code: nothing changes. */
  readonly refuse?: string
  /** Failed with this code: what the transition does are the effects of the failure. */
  readonly fail?: string
  /** Beyond what this model describes, and why: the step is not taken. */
  readonly bound?: string
}

/** A refusal: an entry without target and actions. */
export const refusal = (refuse: string, clause: string, description: string) => ({
  description,
  meta: { refuse, clause },
})
