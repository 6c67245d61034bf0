/** Users: their password verifiers, and what each role may do. */
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { clean, equalBytes } from '@noble/ciphers/utils.js'
import { match } from 'ts-pattern'
import type { Key, Role, User, Verifier } from './contents.ts'
import type { Draw } from './drbg.ts'
import type { Operation } from './wire.ts'

type Pbkdf = (password: Uint8Array, salt: Uint8Array, iterations: number) => Uint8Array

const derive: Pbkdf = (password, salt, c) => pbkdf2(sha256, password, salt, { c, dkLen: 32 })

/** Wipes the bytes of the password; its text is the runtime's, which lets nobody wipe it. §boundary.wiped */
export const hashPassword = (password: string, salt: Uint8Array, iterations: number, pbkdf = derive): Uint8Array => {
  const bytes = utf8ToBytes(password)
  const hash = pbkdf(bytes, salt, iterations)
  clean(bytes)
  return hash
}

/** PBKDF2-HMAC-SHA-256 (SP 800-132) with a salt of 16 drawn bytes. */
export const createVerifier = (password: string, draw: Draw, iterations: number): Verifier => {
  const salt = draw(16)
  return { salt, iterations, hash: hashPassword(password, salt, iterations) }
}

/** §user.login.missing */
export const findUser = (users: readonly User[], name: string): User | undefined =>
  users.find(user => user.name === name)

/** Compares in constant time. §user.login §user.login.failure */
export const verifyPassword = ({ verifier }: User, password: string): boolean =>
  verifier !== null && equalBytes(hashPassword(password, verifier.salt, verifier.iterations), verifier.hash)

/** What a role may do once it has logged in. */
export const isPermitted = (role: Role, operation: Operation): boolean =>
  match(operation)
    .with('CreateUser', 'DeleteUser', () => role === 'CO') // §user.permission
    .with('ChangePassword', () => role === 'CO' || role === 'CU') // §user.password.permission
    .with('SetPolicy', () => role === 'CO') // §policy.permission
    .with('SetQuorum', () => role === 'CO') // §quorum.permission
    .with('QuorumToken', 'ApproveToken', 'DeleteToken', () => role === 'CO') // §quorum.token.permission
    .with('GenerateKey', 'UseKey', 'FindKey', 'DeleteKey', 'Encrypt', 'Decrypt', () => role === 'CU') // §key.permission
    .with('LogIn', 'ListUsers', 'ListTokens', 'Inspect', () => true)
    .with('Activate', () => role === 'PRECO')
    .exhaustive()

/** An officer may change any password, everybody his own. §user.password.permission */
export const mayChangePassword = (asking: User, name: string): boolean => asking.role === 'CO' || asking.name === name

/** Nobody deletes the user that he logged in as. §user.delete.self */
export const mayDelete = (asking: User, name: string): boolean => asking.name !== name

/** §user.delete.keys */
export const ownsKeys = (keys: readonly Key[], name: string): boolean => keys.some(({ owner }) => owner === name)

/** §user.password */
export const changePassword = (users: readonly User[], name: string, verifier: Verifier): readonly User[] =>
  users.map(user => (user.name === name ? { ...user, verifier } : user))

/** §user.delete */
export const removeUser = (users: readonly User[], name: string): readonly User[] =>
  users.filter(user => user.name !== name)

/** Whom a command may name: PRECO and AU are nobody's to change or to delete. §user.target */
export const findTarget = (users: readonly User[], name: string): User | undefined =>
  users.find(user => user.name === name && (user.role === 'CO' || user.role === 'CU'))

/** The officer may be made once: while PRECO is there: by whoever comes first. §user.activate.once §adversary.preactivation */
export const isActivable = (users: readonly User[]): boolean => users.some(user => user.role === 'PRECO')

/** §user.create.exists */
export const isNameTaken = (users: readonly User[], name: string): boolean => users.some(user => user.name === name)
