/** Approval: what an operation takes of the tokens of a cluster's HSMs, read off the facts as SPEC.md says it. */
import type { Account } from '../model/index.ts'
import { found, isOfficer, type ByUser } from './asked.ts'
import type { Facts } from './folded.ts'
import type { StepReads } from './reads.ts'
import { PASSWORD } from './writes.ts'

export type Token = Account['hsm']['context']['tokens'][number]

/** Operations that take approval, each with its service. */
const SERVICE = { CreateUser: 'user', ChangePassword: 'user', DeleteUser: 'user', SetQuorum: 'quorum' } as const
export const APPROVED = ['CreateUser', 'ChangePassword', 'DeleteUser', 'SetQuorum'] as const
export type Approved = StepReads<(typeof APPROVED)[number]>

const OFFICERS = ['CO', 'CO2', 'CO3'] as const

/** How many officers have to approve. */
const neededIn = ({ quorum: [value = 0] }: Facts): number => value

/** An officer asks for what takes approval. */
export const takesApproval = (cluster: Facts, { input }: Pick<Approved, 'input'>): boolean =>
  neededIn(cluster) >= 2 && input.as !== 'CU'

/** The token is good for this operation of this user's, if there are approvals enough. */
export const isFor = ({ of, service }: Token, { input }: Pick<Approved, 'input'>): boolean =>
  of === input.as && service === SERVICE[input.rule]

/** Every ACTIVE HSM of the cluster has a token like that. */
export const everywhere = ({ tokens }: Facts, such: (token: Token) => boolean): boolean =>
  tokens.every(one => one.some(such))

/** Whether the operation may go on: no approval is asked for, or every HSM has a token with M of them. */
export const isApproved = (cluster: Facts | null, asked: Pick<Approved, 'input'>): boolean => {
  if (cluster === null || !takesApproval(cluster, asked)) return true
  return everywhere(cluster, token => isFor(token, asked) && token.approvals.length >= neededIn(cluster))
}

/** So many officers have to approve that there are not, or that cannot be asked for. */
export const isTooMany = (cluster: Facts, quorum: number): boolean => {
  const officers = OFFICERS.filter(officer => (cluster[PASSWORD[officer]][0] ?? 0) !== 0)
  return quorum < 1 || quorum > 8 || quorum > officers.length
}

/** What an officer finds who may do what he asks, but for approval, and to whom approval is asked for; null for all others. */
export const tried = (operation: Approved): Facts | null => {
  const { input } = operation
  const cluster = found(operation as unknown as ByUser)
  const isSelf = input.rule === 'DeleteUser' && input.as === input.user
  if (cluster === null || isSelf || !isOfficer(operation as unknown as ByUser)) return null
  return takesApproval(cluster, operation) ? cluster : null
}
