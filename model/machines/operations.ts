/** What the users of an HSM may do, each operation with its refusals in order; the HSM's own machine is made of it. */
import { and, not, or } from 'xstate'
import { byQuorum } from './approval.ts'
import { byKeys } from './keys.ts'
import { unapproved } from './quorum.ts'
import { denied, locked, missing, uncertified } from './turned-away.ts'
import { refusal } from './words.ts'

const nobody = refusal('USER_MISSING', '§user.target', 'refused: there is no such user to do it to')

/** What an ACTIVE HSM does for its users. */
export const byUsers = {
  Activate: [
    {
      guard: and(['isCertified', not('isActivated')]),
      actions: ['activate', 'exchangeRecord'],
      description: 'PRECO becomes the officer CO',
      meta: { clause: '§user.activate', also: ['§channel.sealed'] },
    },
    uncertified,
    refusal('ALREADY_ACTIVATED', '§user.activate.once', 'refused: PRECO is no more'),
  ],
  LogIn: [
    {
      guard: and(['isCertified', 'exists', not('isLocked'), 'isRightPassword']),
      actions: ['countAnew', 'exchangeRecord'],
      description: 'the user is let in, and failures are counted anew',
      meta: { clause: '§user.login', also: ['§user.login.anew', '§channel.sealed'] },
    },
    {
      guard: and(['isCertified', 'exists', not('isLocked'), not('isRightPassword')]),
      actions: ['countFailure', 'exchangeRecord'],
      description: 'the password is wrong, which is counted',
      meta: { fail: 'LOGIN_FAILURE', clause: '§user.login.failure', also: ['§channel.sealed'] },
    },
    uncertified,
    missing,
    refusal('USER_LOCKED', '§user.lockout', 'refused: this HSM has locked the account'),
  ],
  ListUsers: [
    {
      guard: 'isCertified',
      actions: 'exchangeRecord',
      description: 'tells anybody who the users are, and who is locked',
      meta: { clause: '§user.list', also: ['§user.list.coverage', '§channel.sealed'] },
    },
    refusal('CERTIFICATE', '§client.certificate', 'refused: the HSM cannot show a certificate of its cluster'),
  ],
  CreateUser: [
    {
      guard: and(['isCertified', 'exists', not('isLocked'), 'isOfficer', 'isApproved', not('isThere')]),
      actions: ['setPassword', 'useToken', 'exchangeRecord'],
      description: 'the officer creates a user',
      meta: { clause: '§user.create', also: ['§cluster.write', '§sync.write', '§quorum.once', '§channel.sealed'] },
    },
    uncertified,
    missing,
    locked,
    { guard: not('isOfficer'), ...denied('§user.permission', 'CO') },
    ...unapproved,
    refusal('USER_EXISTS', '§user.create.exists', 'refused: the name is taken'),
  ],
  ChangePassword: [
    {
      guard: and(['isCertified', 'exists', not('isLocked'), or(['isOfficer', 'isSelf']), 'isApproved', 'isThere']),
      actions: ['setPassword', 'unlock', 'useToken', 'exchangeRecord'],
      description: 'the user, or an officer, changes the password: the account is open again',
      meta: { clause: '§user.password', also: ['§user.unlock', '§cluster.write', '§quorum.once', '§channel.sealed'] },
    },
    uncertified,
    missing,
    locked,
    { guard: not(or(['isOfficer', 'isSelf'])), ...denied('§user.password.permission', 'CO, or the user,') },
    ...unapproved,
    nobody,
  ],
  DeleteUser: [
    {
      guard: and([
        'isCertified',
        'exists',
        not('isLocked'),
        'isOfficer',
        not('isSelf'),
        'isApproved',
        'isThere',
        not('ownsKeys'),
      ]),
      actions: ['removeUser', 'unlock', 'useToken', 'dropTokensOfUser', 'exchangeRecord'],
      description: 'the officer deletes a user',
      meta: {
        clause: '§user.delete',
        also: ['§quorum.deleted', '§cluster.write', '§sync.write', '§quorum.once', '§channel.sealed'],
      },
    },
    uncertified,
    missing,
    locked,
    { guard: not('isOfficer'), ...denied('§user.permission', 'CO') },
    { guard: 'isSelf', ...denied('§user.delete.self', 'another CO') },
    ...unapproved,
    { guard: not('isThere'), ...nobody },
    refusal('USER_OWNS_KEYS', '§user.delete.keys', 'refused: the user owns a key'),
  ],
  SetPolicy: [
    {
      guard: and(['isCertified', 'exists', not('isLocked'), 'isOfficer']),
      actions: ['setPolicies', 'exchangeRecord'],
      description: 'the officer sets the policy',
      meta: { clause: '§policy.set', also: ['§cluster.write', '§sync.write', '§sync.alike', '§channel.sealed'] },
    },
    uncertified,
    missing,
    locked,
    denied('§policy.permission', 'CO'),
  ],
  ...byQuorum,
  ...byKeys,
} as const

/** What reaches an HSM that is being deleted through its ACTIVE peers, while it has contents. */
export const throughPeers = {
  CreateUser: {
    guard: 'isCertified',
    actions: 'setPassword',
    description: 'gets the user that its ACTIVE peer created',
    meta: { clause: '§cluster.write' },
  },
  ChangePassword: {
    guard: 'isCertified',
    actions: ['setPassword', 'unlock'],
    description: 'gets the password that its ACTIVE peer was given',
    meta: { clause: '§cluster.write', also: ['§user.unlock'] },
  },
  DeleteUser: {
    guard: 'isCertified',
    actions: ['removeUser', 'unlock'],
    description: 'loses the user that its ACTIVE peer deleted',
    meta: { clause: '§cluster.write' },
  },
  GenerateKey: {
    guard: 'isCertified',
    actions: 'setKeys',
    description: 'gets the key that its ACTIVE peer generated',
    meta: { clause: '§cluster.write' },
  },
  DeleteKey: {
    guard: 'isCertified',
    actions: 'removeKeys',
    description: 'loses the key that its ACTIVE peer deleted',
    meta: { clause: '§cluster.write' },
  },
  SetPolicy: {
    guard: 'isCertified',
    actions: 'setPolicies',
    description: 'gets the policy that its ACTIVE peer was given',
    meta: { clause: '§cluster.write' },
  },
  SetQuorum: {
    guard: 'isCertified',
    actions: 'setQuorum',
    description: 'gets the quorum value that its ACTIVE peer was given',
    meta: { clause: '§cluster.write' },
  },
} as const
