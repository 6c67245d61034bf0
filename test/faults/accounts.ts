/** HSMs that break a clause about accounts: who is let in, who is locked out, whose password is changed, who is deleted. */
import { defaultParts, type Parts } from '../../impl/index.ts'
import { inHsm, type Fault } from './fault.ts'

const { countFailure, findTarget, isLocked } = defaultParts

/** What it has counted once it was given contents: five failures of every user in them. */
const lockEverybody: Parts['failuresAfterRestore'] = (_, { users }) =>
  users.flatMap(({ name, verifier }) => (verifier === null ? [] : [{ user: name, salt: verifier.salt, count: 5 }]))

export const accountFaults: readonly Fault[] = [
  inHsm('§user.lockout', 'locks an account after the sixth failure and not after the fifth', {
    isLocked: (failures, user) =>
      isLocked(
        failures.map(failure => ({ ...failure, count: failure.count - 1 })),
        user,
      ),
  }),
  inHsm('§user.login.failure', 'lets anybody in who has a password', {
    verifyPassword: ({ verifier }) => verifier !== null,
  }),
  inHsm('§user.login.anew', 'counts every login as a failure', { countAnew: countFailure }),
  inHsm('§user.lockout.own', 'locks every account that it is given', { failuresAfterRestore: lockEverybody }),
  inHsm('§user.lockout.stays', 'opens all accounts when somebody logs in', { countAnew: () => [] }),
  inHsm('§user.list', 'says of nobody that he is locked out', { listUsers: users => ({ users, locked: [] }) }),
  inHsm('§user.password.permission', 'lets crypto users change the password of the officer', {
    mayChangePassword: () => true,
  }),
  inHsm('§user.delete.self', 'lets the only officer delete himself', { mayDelete: () => true }),
  inHsm('§user.target', 'accepts a new password for nobody', {
    findTarget: (users, name) => findTarget(users, name) ?? { name, role: 'CU', verifier: null, publicKey: null },
  }),
  inHsm('§user.delete.keys', 'deletes a user and leaves the keys without owner', { ownsKeys: () => false }),
  inHsm('§user.password', 'accepts a new password and keeps the old one', { changePassword: users => users }),
  inHsm('§user.unlock', 'keeps an account locked whose password is changed', {
    isLocked: (failures, { name }) => failures.some(({ user, count }) => user === name && count >= 5),
  }),
  inHsm('§user.delete', 'accepts that a user is deleted and keeps him', { removeUser: users => users }),
  inHsm('§key.delete', 'accepts that a key is deleted and keeps it', { removeKey: keys => keys }),
]
