/** Who asks an operation of the HSMs of a cluster: whether there is such a user, and whether he is let in. */
import { served, type DATA, type Operation } from './client.ts'
import type { Facts } from './folded.ts'
import { refusal, type StepProperty } from './property.ts'
import type { Read, StepReads } from './reads.ts'
import { PASSWORD } from './writes.ts'

export type DataRule = (typeof DATA)[number]
export type ByUser = StepReads<Exclude<DataRule, 'Activate' | 'ListUsers'>>
type User = ByUser['input']['as']

export const BY_USER = [
  'LogIn',
  'CreateUser',
  'ChangePassword',
  'DeleteUser',
  'GenerateKey',
  'UseKey',
  'DeleteKey',
  'SetPolicy',
  'SetQuorum',
  'QuorumToken',
  'ApproveToken',
] as const
export const READS: readonly Read[] = ['facts']

/** So many failures in a row lock an account. */
export const FIVE = 5

const valuesOf = (cluster: Facts | null, user: User): readonly number[] => cluster?.[PASSWORD[user]] ?? []

/** Whether every HSM has this user. */
export const hasUser = (cluster: Facts | null, user: User): boolean =>
  valuesOf(cluster, user).length > 0 && !valuesOf(cluster, user).includes(0)

/** Whether one of them has. */
export const isTaken = (cluster: Facts | null, user: User): boolean =>
  valuesOf(cluster, user).some(value => value !== 0)

/** Whether an ACTIVE HSM has locked this user's account. */
export const isLocked = (cluster: Facts | null, user: User): boolean =>
  cluster?.failures.some(failures => failures[user] >= FIVE) === true

/** What a user finds who asks and exists; null where there is nobody of that name. */
export const known = (operation: ByUser): Facts | null => {
  const cluster = served(operation as Operation)
  return hasUser(cluster, operation.input.as) ? cluster : null
}

/** What a user finds who asks and is not locked out; null where there is nobody of that name, or he is. */
export const found = (operation: ByUser): Facts | null => {
  const cluster = known(operation)
  return isLocked(cluster, operation.input.as) ? null : cluster
}

/** An officer asks. */
export const isOfficer = ({ input }: ByUser): boolean => input.as !== 'CU'

/** Only these may: anybody else who is let in is refused. */
export const denied = <Name extends Exclude<DataRule, 'Activate' | 'ListUsers' | 'LogIn'>>(
  id: string,
  rules: readonly Name[],
  only: 'CO' | 'CU',
): StepProperty =>
  refusal<Name>({
    id,
    says: `${rules.join(' and ')} by anyone but a ${only} is refused.`,
    rules,
    reads: READS,
    code: 'NOT_PERMITTED',
    when: operation => {
      const asked = operation as unknown as ByUser
      return isOfficer(asked) !== (only === 'CO') && found(asked) !== null
    },
  })
