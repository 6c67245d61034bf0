/** The scopes of approval by a quorum: who may ask and approve, what a token is good for, and when it goes. */
import type { Input } from '../input.ts'
import type { As } from '../machines/words.ts'
import { FIPS, active, unactivated, uncertified } from './kinds.ts'
import { scope, type Scope } from './scope.ts'

/** An ACTIVE cluster in the first slot with two officers, both of whom approve, and perhaps a crypto user. */
const underTwo = (...others: readonly As[]): readonly Input[] => [
  ...active(FIPS),
  ...others.map(user => ({ rule: 'CreateUser' as const, cluster: 0, as: 'CO' as const, user, value: 1 })),
  { rule: 'SetQuorum', cluster: 0, as: 'CO', quorum: 2 },
]

export const smokeQuorum: readonly Scope[] = [
  scope({
    name: 'smoke.quorum',
    why: 'Two officers, both of whom approve, and a token for each of the two services: a token is the wrong one where there is another, and one officer too few where there are two.',
    slots: [1, 1, 0, 0],
    rules: ['CreateUser', 'ChangePassword', 'DeleteUser', 'SetQuorum', 'QuorumToken', 'ApproveToken', 'TenMinutes'],
    users: ['CO', 'CO2'],
    quorums: [1, 2, 3],
    tokens: [
      ['CO', 'user'],
      ['CO2', 'quorum'],
    ],
    starts: [underTwo('CO2')],
  }),
  scope({
    name: 'smoke.tokens',
    why: 'A token of one officer, approved by him and a third, while a second HSM joins, goes, or stays after all: an HSM has the token or it has not.',
    slots: [1, 2, 1, 0],
    rules: [
      'ChangePassword',
      'QuorumToken',
      'ApproveToken',
      'TenMinutes',
      'CreateHsm',
      'DeleteHsm',
      'PeerBackedUp',
      'BackupSealed',
      'HsmRestored',
      'FailHsm',
      'FailSeal',
      'Elapse',
    ],
    users: ['CO', 'CO3'],
    starts: [underTwo('CO3')],
  }),
  scope({
    name: 'smoke.outsider',
    why: 'A crypto user who asks for tokens, approves them and changes his password, at every count of failed logins, or is not there: nobody but officers gets so far that tokens matter.',
    slots: [1, 1, 1, 0],
    rules: ['LogIn', 'ChangePassword', 'QuorumToken', 'ApproveToken'],
    users: ['CU'],
    starts: [[], uncertified(FIPS), unactivated(FIPS), underTwo('CO2', 'CU')],
  }),
]

export const reviewerQuorum: readonly Scope[] = [
  scope({
    name: 'reviewer.quorum',
    why: 'Three officers, of whom two approve, two tokens, and two HSMs that join, fail, are replaced and go: who is needed, who is too many, and when nobody can administer any more.',
    slots: [1, 2, 1, 0],
    rules: [
      'CreateUser',
      'ChangePassword',
      'DeleteUser',
      'SetQuorum',
      'QuorumToken',
      'ApproveToken',
      'TenMinutes',
      'CreateHsm',
      'DeleteHsm',
      'PeerBackedUp',
      'BackupSealed',
      'HsmRestored',
      'HsmReplaced',
      'HsmDeleted',
      'FailHsm',
      'FailSeal',
    ],
    users: ['CO', 'CO2', 'CO3'],
    quorums: [1, 2, 3],
    tokens: [
      ['CO', 'user'],
      ['CO2', 'quorum'],
    ],
    starts: [underTwo('CO2')],
  }),
]
