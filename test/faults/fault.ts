/** How a broken implementation is made: the reference with one of its collaborators replaced, below the port. */
import {
  defaultClientParts,
  defaultParts,
  defaultServiceParts,
  type AccountParts,
  type ClientParts,
  type Parts,
  type ServiceParts,
} from '../../impl/index.ts'
import { referenceTarget, type TargetFactory } from '../conformance/index.ts'

export interface Fault {
  /** The clause that it breaks, and no other before it in any story. */
  readonly clause: string
  /** What it does wrong, in a sentence. */
  readonly what: string
  readonly target: TargetFactory
}

/** Breaks several places at once, where the collaborator stands at both ends. */
export const inAccount = (clause: string, what: string, parts: Partial<AccountParts>): Fault => ({
  clause,
  what,
  target: referenceTarget({ name: what, parts }),
})

/** Breaks the inside of the HSM. */
export const inHsm = (clause: string, what: string, parts: Partial<Parts>): Fault =>
  inAccount(clause, what, { hsm: { ...defaultParts, ...parts } })

/** Breaks the service around the HSMs. */
export const inService = (clause: string, what: string, parts: Partial<ServiceParts>): Fault =>
  inAccount(clause, what, { service: { ...defaultServiceParts, ...parts } })

/** Breaks the customer's client. */
export const inClient = (clause: string, what: string, parts: Partial<ClientParts>): Fault =>
  inAccount(clause, what, { client: { ...defaultClientParts, ...parts } })

/** The same seam with nothing broken. */
export const healthy: TargetFactory = referenceTarget({
  name: 'nothing broken',
  parts: { hsm: { ...defaultParts }, service: { ...defaultServiceParts }, client: { ...defaultClientParts } },
})
