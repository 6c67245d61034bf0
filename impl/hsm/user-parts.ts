/** The collaborators that decide about users inside an HSM: one function for each thing that SPEC.md §9 says of them. */
import type { Contents, Key, Role, User, Verifier } from './contents.ts'
import { countAnew, countFailure, isLocked, type Failures } from './lockout.ts'
import {
  changePassword,
  findTarget,
  findUser,
  isActivable,
  isNameTaken,
  isPermitted,
  mayChangePassword,
  mayDelete,
  ownsKeys,
  removeUser,
  verifyPassword,
} from './users.ts'
import type { Operation, UserList } from './wire.ts'

export interface UserParts {
  /** §user.activate.once */
  readonly isActivable: (users: readonly User[]) => boolean
  /** PRECO becomes CO. §user.activate */
  readonly activateUsers: (users: readonly User[], verifier: Verifier, publicKey: User['publicKey']) => readonly User[]
  /** §user.login.missing */
  readonly findUser: (users: readonly User[], name: string) => User | undefined
  /** §user.login §user.login.failure */
  readonly verifyPassword: (user: User, password: string) => boolean
  /** §user.lockout §user.unlock */
  readonly isLocked: (failures: Failures, user: User) => boolean
  /** §user.login.failure */
  readonly countFailure: (failures: Failures, user: User) => Failures
  /** What is counted after a login that was accepted. §user.login.anew §user.lockout.stays */
  readonly countAnew: (failures: Failures, user: User) => Failures
  /** What an HSM has counted once it was given these contents. §user.lockout.own */
  readonly failuresAfterRestore: (own: Failures, contents: Contents) => Failures
  /** What anybody is told. §user.list */
  readonly listUsers: (users: readonly string[], locked: readonly string[]) => UserList
  /** §user.permission §key.permission §policy.permission §quorum.permission */
  readonly isPermitted: (role: Role, operation: Operation) => boolean
  /** Whether it changes what the HSM holds, or asks for leave to. §limited.write */
  readonly isLimitedWrite: (operation: string) => boolean
  /** §user.create.exists */
  readonly isNameTaken: (users: readonly User[], name: string) => boolean
  /** §user.create */
  readonly addUser: (users: readonly User[], user: User) => readonly User[]
  /** §user.password.permission */
  readonly mayChangePassword: (asking: User, name: string) => boolean
  /** §user.delete.self */
  readonly mayDelete: (asking: User, name: string) => boolean
  /** §user.target */
  readonly findTarget: (users: readonly User[], name: string) => User | undefined
  /** §user.delete.keys */
  readonly ownsKeys: (keys: readonly Key[], name: string) => boolean
  /** §user.password */
  readonly changePassword: (users: readonly User[], name: string, verifier: Verifier) => readonly User[]
  /** §user.delete */
  readonly removeUser: (users: readonly User[], name: string) => readonly User[]
}

/** What an HSM that takes no writes refuses. §limited.write */
const LIMITED: readonly string[] = [
  'CreateUser',
  'ChangePassword',
  'DeleteUser',
  'GenerateKey',
  'DeleteKey',
  'SetPolicy',
  'SetQuorum',
  'QuorumToken',
  'ApproveToken',
  'DeleteToken',
]

export const userParts: UserParts = {
  isActivable,
  // §user.activate §leak.preco
  activateUsers: (users, verifier, publicKey) =>
    users.map(user => (user.role === 'PRECO' ? { name: 'CO', role: 'CO', verifier, publicKey } : user)),
  findUser,
  verifyPassword,
  isLocked,
  countFailure,
  countAnew,
  failuresAfterRestore: own => own, // §user.lockout.own
  listUsers: (users, locked) => ({ users, locked }), // §user.list
  isPermitted,
  isLimitedWrite: operation => LIMITED.includes(operation), // §limited.write
  isNameTaken,
  addUser: (users, user) => [...users, user], // §user.create
  mayChangePassword,
  mayDelete,
  findTarget,
  ownsKeys,
  changePassword,
  removeUser,
}
