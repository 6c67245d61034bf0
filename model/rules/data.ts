/** Operations of the customer's client: its cluster names an ACTIVE HSM or refuses, then every HSM of the cluster takes part. */
import type { HsmEvent } from '../machines/hsm.ts'
import type { As } from '../machines/words.ts'
import type { AccountParticipant, AccountReader, AccountRule } from '../things.ts'
import type { ClusterView } from '../view.ts'
import { factsOf } from './api.ts'
import { limits } from './limited.ts'
import { rule } from './rule.ts'
import { approvalsOf } from './tokens.ts'

/** The client asks all HSMs whether an account is locked before it sends anything, so those that have locked it answer first. */
const lockedFor = ({ locked }: ClusterView, as: As): readonly number[] =>
  locked.filter(({ user }) => user === as).map(({ slot }) => slot)

/** The cluster says whether the client gets to an HSM of it, and whether that takes writes; then each of them answers for itself. */
export const toEveryHsm = (read: AccountReader, cluster: number, event: HsmEvent): readonly AccountParticipant[] => {
  const facts = factsOf(read, cluster)
  const { active, members } = facts
  const locking = 'as' in event ? lockedFor(facts, event.as) : []
  const toHsm = (slot: number): AccountParticipant => ({ kind: 'hsm', slot, optional: true, event })
  return [
    { kind: 'cluster', slot: cluster, optional: true, event: { type: 'Connect', active: active !== null } },
    ...locking.map(toHsm),
    ...limits(cluster, event),
    ...members.filter(slot => !locking.includes(slot)).map(toHsm),
  ]
}

export const data: readonly AccountRule[] = [
  rule('Activate', {
    family: 'data',
    clauses: ['§user.activate', '§client.available', '§client.certificate', '§channel.sealed'],
    description: 'set the password of the first officer',
    participants: ({ cluster, value }, read) => toEveryHsm(read, cluster, { type: 'Activate', value }),
  }),
  rule('LogIn', {
    family: 'data',
    clauses: [
      '§user.login',
      '§user.login.failure',
      '§loss.credentials',
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
    participants: ({ cluster, as, user, value }, read) =>
      toEveryHsm(read, cluster, {
        type: 'CreateUser',
        as,
        user,
        value,
        ...approvalsOf(read, { rule: 'CreateUser', cluster, as }),
      }),
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
    participants: ({ cluster, as, user }, read) =>
      toEveryHsm(read, cluster, {
        type: 'DeleteUser',
        as,
        user,
        ...approvalsOf(read, { rule: 'DeleteUser', cluster, as }),
      }),
  }),
  rule('GenerateKey', {
    family: 'data',
    clauses: ['§key.generate', '§cluster.write', '§client.available', '§client.certificate', '§channel.sealed'],
    description: 'generate a key',
    participants: ({ cluster, as, value }, read) => toEveryHsm(read, cluster, { type: 'GenerateKey', as, value }),
  }),
  rule('UseKey', {
    family: 'data',
    clauses: ['§key.use', '§client.available', '§client.certificate', '§channel.sealed'],
    description: 'compute with the key',
    participants: ({ cluster, as }, read) => toEveryHsm(read, cluster, { type: 'UseKey', as }),
  }),
  rule('DeleteKey', {
    family: 'data',
    clauses: ['§key.delete', '§cluster.write', '§client.available', '§client.certificate', '§channel.sealed'],
    description: 'delete the key',
    participants: ({ cluster, as }, read) => toEveryHsm(read, cluster, { type: 'DeleteKey', as }),
  }),
  rule('SetPolicy', {
    family: 'data',
    clauses: ['§policy.set', '§cluster.write', '§client.available', '§client.certificate', '§channel.sealed'],
    description: 'set the policy',
    participants: ({ cluster, as, value }, read) => toEveryHsm(read, cluster, { type: 'SetPolicy', as, value }),
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
