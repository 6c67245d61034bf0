/** Operations of the customer's client: its cluster names an ACTIVE HSM or refuses, then every HSM of the cluster takes part. */
import type { AccountRule } from '../things.ts'
import { toEveryHsm } from './reaching.ts'
import { rule } from './rule.ts'
import { approvalsOf } from './tokens.ts'

export const data: readonly AccountRule[] = [
  rule('Activate', {
    family: 'data',
    clauses: [
      '§user.activate',
      '§client.available',
      '§client.certificate',
      '§channel.sealed',
      '§adversary.preactivation',
    ],
    description: 'set the password of the first officer',
    participants: ({ cluster, value }, read) => toEveryHsm(read, cluster, { type: 'Activate', value }),
  }),
  rule('LogIn', {
    family: 'data',
    clauses: [
      '§user.login',
      '§user.login.failure',
      '§loss.credentials',
      '§limit.guessing',
      '§adversary.former',
      '§client.available',
      '§client.certificate',
      '§channel.sealed',
    ],
    description: 'log in',
    participants: ({ cluster, as, password }, read) => toEveryHsm(read, cluster, { type: 'LogIn', as, password }),
  }),
  rule('ListUsers', {
    family: 'data',
    clauses: ['§user.list', '§client.available', '§client.certificate', '§channel.sealed'],
    description: 'list the users',
    participants: ({ cluster }, read) => toEveryHsm(read, cluster, { type: 'ListUsers' }),
  }),
  rule('CreateUser', {
    family: 'data',
    clauses: ['§user.create', '§cluster.write', '§client.available', '§client.certificate', '§channel.sealed'],
    description: 'create a user',
    participants: ({ cluster, as, user, value, only }, read) => {
      const approvals = approvalsOf(read, { rule: 'CreateUser', cluster, as })
      return toEveryHsm(read, cluster, { type: 'CreateUser', as, user, value, ...approvals }, only)
    },
  }),
  rule('ChangePassword', {
    family: 'data',
    clauses: ['§user.password', '§cluster.write', '§client.available', '§client.certificate', '§channel.sealed'],
    description: "change a user's password",
    participants: ({ cluster, as, user, value }, read) =>
      toEveryHsm(read, cluster, {
        type: 'ChangePassword',
        as,
        user,
        value,
        ...approvalsOf(read, { rule: 'ChangePassword', cluster, as }),
      }),
  }),
  rule('DeleteUser', {
    family: 'data',
    clauses: ['§user.delete', '§cluster.write', '§client.available', '§client.certificate', '§channel.sealed'],
    description: 'delete a user',
    participants: ({ cluster, as, user, only }, read) => {
      const approvals = approvalsOf(read, { rule: 'DeleteUser', cluster, as })
      return toEveryHsm(read, cluster, { type: 'DeleteUser', as, user, ...approvals }, only)
    },
  }),
  rule('SetPolicy', {
    family: 'data',
    clauses: ['§policy.set', '§cluster.write', '§client.available', '§client.certificate', '§channel.sealed'],
    description: 'set the policy',
    participants: ({ cluster, as, value, only }, read) =>
      toEveryHsm(read, cluster, { type: 'SetPolicy', as, value }, only),
  }),
  rule('SetQuorum', {
    family: 'data',
    clauses: ['§quorum.set', '§cluster.write', '§client.available', '§client.certificate', '§channel.sealed'],
    description: 'set the quorum value',
    participants: ({ cluster, as, quorum }, read) =>
      toEveryHsm(read, cluster, {
        type: 'SetQuorum',
        as,
        quorum,
        ...approvalsOf(read, { rule: 'SetQuorum', cluster, as }),
      }),
  }),
]
