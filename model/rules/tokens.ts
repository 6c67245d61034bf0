/** What is known of tokens beyond one HSM: all ACTIVE HSMs of a cluster must have the one that is needed. */
import type { DataInput } from '../input.ts'
import { SERVICE, isFor, type Everywhere } from '../machines/quorum.ts'
import type { As, Service } from '../machines/words.ts'
import type { AccountReader } from '../things.ts'
import { factsOf } from './api.ts'

/** Whether each of them has this token. */
export const isIssued = (read: AccountReader, cluster: number, of: As, service: Service): boolean =>
  factsOf(read, cluster).tokens.every(tokens => tokens.some(token => isFor(token, of, service)))

type Asked = Pick<Extract<DataInput, { readonly rule: keyof typeof SERVICE }>, 'rule' | 'cluster' | 'as'>

/** What tokens whoever asks has on all of them. */
export const approvalsOf = (read: AccountReader, { rule, cluster, as }: Asked): Everywhere => {
  const held = factsOf(read, cluster).tokens
  const fit = held.flatMap(tokens => tokens.filter(token => isFor(token, as, SERVICE[rule])))
  const counts = fit.map(({ approvals }) => approvals.length)
  return {
    hasToken: held.every(tokens => tokens.some(({ of }) => of === as)),
    approvals: counts.length < held.length || held.length === 0 ? null : Math.min(...counts),
  }
}
