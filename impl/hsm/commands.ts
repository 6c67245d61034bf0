/** The command set: each command is checked, then done on the contents, all inside the HSM. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { match } from 'ts-pattern'
import type { Contents, User } from './contents.ts'
import type { Draw } from './drbg.ts'
import { NONCE_LENGTH } from './encoding.ts'
import type { Failures } from './lockout.ts'
import { approvalFor, approveToken, issueToken } from './approval.ts'
import { accepted, refused, type CommandCode, type Outcome } from './outcome.ts'
import type { Parts } from './seams.ts'
import type { Service, Token, Tokens } from './tokens.ts'
import { createVerifier } from './users.ts'
import type { Answer, AnswerValue, Command, Credentials, Inspection, ListedToken, Operation, UserList } from './wire.ts'

/** What commands are done on: the contents, the failed logins that were counted, and the tokens that were issued. */
export interface Held {
  readonly contents: Contents
  readonly failures: Failures
  readonly tokens: Tokens
}

/** The answer, and what is held from now on. */
export interface Executed extends Held {
  readonly answer: Answer
}

/** What commands need besides the contents: random bytes, the iterations of new verifiers, and the HSM's time in seconds. */
export interface Means {
  readonly parts: Parts
  readonly draw: Draw
  readonly iterations: number
  /** It takes no writes. */
  readonly limited: boolean
  readonly now: number
}

const DONE: AnswerValue = { kind: 'done' }

const PUBLIC_KEY_LENGTH = 33

/** The public key that is registered with a user; what is none is not. */
const registered = (publicKey: Uint8Array | undefined): Uint8Array | null =>
  publicKey?.length === PUBLIC_KEY_LENGTH ? publicKey : null

const listedToken = ({ of, service, approvals }: Token): ListedToken => ({ of, service, approvals })

export const execute = (means: Means, held: Held, command: Command): Executed => {
  const { parts, draw, iterations } = means
  const { contents } = held
  // §limited.write
  if (means.limited && parts.isLimitedWrite(command.op === 'FindKey' ? command.before : command.op))
    return { ...held, answer: refused(isLockedOut(parts, held, command) ? 'USER_LOCKED' : 'LIMITED_WRITE') }
  if (command.op === 'Activate') {
    // §user.activate.once
    if (!parts.isActivable(contents.users)) return { ...held, answer: refused('ALREADY_ACTIVATED') }
    const verifier = createVerifier(command.password, draw, iterations)
    const users = parts.activateUsers(contents.users, verifier, registered(command.publicKey))
    const activated = { ...contents, users, configuration: { label: command.label } }
    return { ...held, contents: activated, answer: accepted(DONE) }
  }
  if (command.op === 'ListUsers') {
    const { users, locked } = listed(parts, held)
    return { ...held, answer: accepted({ kind: 'users', ...parts.listUsers(users, locked) }) } // §user.list
  }
  if (command.op === 'ListTokens') {
    const tokens = held.tokens.map(listedToken)
    return { ...held, answer: accepted({ kind: 'tokens', tokens }) }
  }
  if (command.op === 'Inspect') {
    const [user, failures] =
      command.as === null ? [null, held.failures] : authenticate(parts, held, command.as, 'UseKey')
    const inspection = inspect(parts, held, user?.ok === true)
    return { ...held, failures, answer: accepted({ kind: 'inspection', ...inspection }) }
  }
  const [user, failures] = authenticate(parts, held, command.as, command.op)
  const admitted = { ...held, failures }
  return user.ok ? perform(means, admitted, user.value, command) : { ...admitted, answer: user }
}

/** A command that a user gives who was let in, and whose role may give it. */
type Given = Exclude<Command, { readonly op: 'Activate' | 'ListUsers' | 'ListTokens' | 'Inspect' }>

const perform = (means: Means, held: Held, user: User, command: Given): Executed => {
  const { parts, draw, iterations } = means
  const { contents, failures } = held
  const refuse = (code: CommandCode): Executed => ({ ...held, answer: refused(code) })
  const change = (changed: Partial<Contents>, value: AnswerValue = DONE, tokens = held.tokens): Executed => ({
    contents: { ...contents, ...changed },
    failures,
    tokens,
    answer: accepted(value),
  })
  /** What takes approval: it changes the contents and uses up a token, or is refused. */
  const administer = (service: Service, done: (tokens: Tokens) => Executed): Executed => {
    const approved = approvalFor(means, held, user, service)
    return approved.ok ? done(approved.value) : refuse(approved.code)
  }
  const keep = (kept: ReturnType<typeof issueToken>): Executed =>
    kept.ok ? change({}, kept.value.value, kept.value.tokens) : refuse(kept.code)
  const compute = (bytes: Uint8Array | null): Executed =>
    bytes === null ? refuse('KEY_MISSING') : { ...held, answer: accepted({ kind: 'bytes', bytes }) }
  const newVerifier = (password: string) => createVerifier(password, draw, iterations)
  const keyOf = (label: string) => parts.findKey(contents.keys, label)

  return match(command)
    .with({ op: 'LogIn' }, () => ({ ...held, failures: parts.countAnew(failures, user), answer: accepted(DONE) }))
    .with({ op: 'CreateUser' }, ({ name, role, password, publicKey }) =>
      administer('user', tokens => {
        if (parts.isNameTaken(contents.users, name)) return refuse('USER_EXISTS')
        const created = { name, role, verifier: newVerifier(password), publicKey: registered(publicKey) }
        return change({ users: parts.addUser(contents.users, created) }, DONE, tokens)
      }),
    )
    .with({ op: 'ChangePassword' }, ({ name, password }) => {
      if (!parts.mayChangePassword(user, name)) return refuse('NOT_PERMITTED') // §user.password.permission
      return administer('user', tokens => {
        if (parts.findTarget(contents.users, name) === undefined) return refuse('USER_MISSING') // §user.target
        return change({ users: parts.changePassword(contents.users, name, newVerifier(password)) }, DONE, tokens)
      })
    })
    .with({ op: 'DeleteUser' }, ({ name }) => {
      if (!parts.mayDelete(user, name)) return refuse('NOT_PERMITTED') // §user.delete.self
      return administer('user', tokens => {
        if (parts.findTarget(contents.users, name) === undefined) return refuse('USER_MISSING') // §user.target
        if (parts.ownsKeys(contents.keys, name)) return refuse('USER_OWNS_KEYS') // §user.delete.keys
        const users = parts.removeUser(contents.users, name)
        return change({ users }, DONE, parts.tokensOfUsers(tokens, users)) // §quorum.deleted
      })
    })
    .with({ op: 'GenerateKey' }, ({ label, kind }) => {
      const key = parts.generateKey(draw, label, user.name, kind)
      return change({ keys: parts.addKey(contents.keys, key) }, { kind: 'key', label: key.label })
    })
    .with({ op: 'FindKey' }, ({ label }) =>
      parts.hasKey(contents.keys, label) ? { ...held, answer: accepted(DONE) } : refuse('KEY_MISSING'),
    )
    .with({ op: 'DeleteKey' }, ({ label }) =>
      keyOf(label) === undefined ? refuse('KEY_MISSING') : change({ keys: parts.removeKey(contents.keys, label) }),
    )
    .with({ op: 'UseKey' }, ({ label, challenge }) => {
      const key = keyOf(label)
      return compute(key === undefined ? null : parts.computeCheck(key, challenge))
    })
    .with({ op: 'Encrypt' }, ({ label, plaintext }) => {
      const key = keyOf(label)
      const encrypted = key === undefined ? null : parts.encryptWith(key, draw, plaintext)
      if (key !== undefined && encrypted !== null)
        parts.noteSealing('data', key.value, encrypted.subarray(0, NONCE_LENGTH))
      return compute(encrypted)
    })
    .with({ op: 'Decrypt' }, ({ label, ciphertext }) => {
      const key = keyOf(label)
      return compute(key === undefined ? null : parts.decryptWith(key, ciphertext))
    })
    .with({ op: 'SetPolicy' }, ({ value }) => change({ policies: parts.nextPolicy(contents.policies, value) }))
    .with({ op: 'SetQuorum' }, ({ value }) =>
      administer('quorum', tokens => {
        if (!parts.isQuorumValue(value, contents.users)) return refuse('QUORUM_VALUE') // §quorum.value
        return change({ quorum: parts.nextQuorum(contents.quorum, value) }, DONE, tokens)
      }),
    )
    .with({ op: 'QuorumToken' }, ({ service }) => keep(issueToken(means, held, user, service)))
    .with({ op: 'ApproveToken' }, approval => keep(approveToken(means, held, user, approval)))
    .with({ op: 'DeleteToken' }, ({ service }) => change({}, DONE, parts.useToken(held.tokens, user.name, service)))
    .exhaustive()
}

/**
 * The user whom credentials name, in the order: is there such a user, is the account open, is it the password, may the role do
 * this. A wrong password is counted whatever the command, or commands other than LogIn would be the way to guess.
 */
const authenticate = (
  parts: Parts,
  { contents, failures }: Held,
  as: Credentials,
  operation: Operation,
): readonly [Outcome<User, CommandCode>, Failures] => {
  const user = parts.findUser(contents.users, as.user)
  if (user === undefined) return [refused('USER_MISSING'), failures]
  if (parts.isLocked(failures, user)) return [refused('USER_LOCKED'), failures] // §user.lockout
  if (!parts.verifyPassword(user, as.password)) return [refused('LOGIN_FAILURE'), parts.countFailure(failures, user)]
  return [parts.isPermitted(user.role, operation) ? accepted(user) : refused('NOT_PERMITTED'), failures]
}

/** The account of whoever gives the command is locked. */
const isLockedOut = (parts: Parts, { contents, failures }: Held, command: Command): boolean => {
  const user = 'as' in command && command.as !== null ? parts.findUser(contents.users, command.as.user) : undefined
  return user !== undefined && parts.isLocked(failures, user)
}

const ZEROS = new Uint8Array(16)

/** Names of the users, and of those who are locked out. */
const listed = (parts: Parts, { contents, failures }: Held): UserList => ({
  users: contents.users.map(({ name }) => name).sort(),
  locked: contents.users
    .filter(user => parts.isLocked(failures, user))
    .map(({ name }) => name)
    .sort(),
})

/** The contents as seen by a customer; keys only for a user who may use them. */
const inspect = (parts: Parts, held: Held, mayUseKeys: boolean): Inspection => {
  const { users, keys, certificates, policies, quorum, configuration } = held.contents
  const certificate = certificates?.certificate ?? new Uint8Array(0)
  return {
    ...listed(parts, held),
    keys: mayUseKeys ? keys.map(key => ({ label: key.label, check: parts.computeCheck(key, ZEROS) })) : [],
    certificate: certificate.length === 0 ? '' : bytesToHex(sha256(certificate)),
    policy: policies,
    quorum,
    label: configuration.label,
    publicKeys: users.flatMap(({ name, publicKey }) => (publicKey === null ? [] : [{ name, publicKey }])),
    tokens: held.tokens.map(listedToken),
  }
}
