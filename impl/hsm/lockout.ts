/**
 * Lockout: failed logins in a row, counted against the password that they failed for, so that another password has none. Nobody
 * but an officer gives another, and an HSM that is new has counted nothing. §loss.credentials §adversary.lockout §limit.guessing
 */
import { equalBytes } from '@noble/ciphers/utils.js'
import type { User } from './contents.ts'

/** What an HSM has counted for a user; `salt` is that of the verifier. No part of the contents: it leaves in no backup. */
export interface Failure {
  readonly user: string
  readonly salt: Uint8Array
  readonly count: number
}
export type Failures = readonly Failure[]

/** Failures in a row that lock an account. §user.lockout */
const MOST = 5

const isOf = ({ name, verifier }: User, { user, salt }: Failure): boolean =>
  user === name && verifier !== null && equalBytes(salt, verifier.salt)

const countOf = (failures: Failures, user: User): number => failures.find(failure => isOf(user, failure))?.count ?? 0

/** §user.lockout §user.unlock */
export const isLocked = (failures: Failures, user: User): boolean => countOf(failures, user) >= MOST

/** Nothing is counted for a user who has no password. §user.login.failure */
export const countFailure = (failures: Failures, user: User): Failures =>
  user.verifier === null
    ? failures
    : [...countAnew(failures, user), { user: user.name, salt: user.verifier.salt, count: countOf(failures, user) + 1 }]

/** §user.login.anew */
export const countAnew = (failures: Failures, { name }: User): Failures => failures.filter(({ user }) => user !== name)
