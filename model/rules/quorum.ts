/** Approval by a quorum: tokens that every ACTIVE HSM of a cluster issues for itself, their approval, and their end. */
import type { AccountParticipant, AccountReader, AccountRule } from '../things.ts'
import { toEveryHsm } from './reaching.ts'
import { rule } from './rule.ts'
import { isIssued } from './tokens.ts'

/** Ten minutes are over, or more: no token outlives them. */
export const outliveTokens = (read: AccountReader): readonly AccountParticipant[] =>
  read.all('hsm').map(slot => ({ kind: 'hsm', slot, optional: true, event: { type: 'TenMinutes' } }))

export const quorum: readonly AccountRule[] = [
  rule('QuorumToken', {
    family: 'data',
    clauses: ['§quorum.token', '§client.available', '§client.certificate', '§channel.sealed'],
    description: 'ask for a token',
    participants: ({ cluster, as, service }, read) => toEveryHsm(read, cluster, { type: 'QuorumToken', as, service }),
  }),
  rule('ApproveToken', {
    family: 'data',
    clauses: ['§quorum.approve', '§loss.quorum', '§client.available', '§client.certificate', '§channel.sealed'],
    description: 'approve a token',
    participants: ({ cluster, as, of, service, signature }, read) =>
      toEveryHsm(read, cluster, {
        type: 'ApproveToken',
        as,
        of,
        service,
        signature,
        issued: isIssued(read, cluster, of, service),
      }),
  }),
  rule('TenMinutes', {
    family: 'plan',
    clauses: ['§quorum.expire'],
    description: 'ten minutes pass',
    participants: (_, read) => outliveTokens(read),
  }),
]
