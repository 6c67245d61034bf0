/** The command set: each command is checked, then done on the contents, all inside the HSM. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { match } from 'ts-pattern'
import type { Contents, User } from './contents.ts'
import type { Draw } from './drbg.ts'
import { accepted, refused, type CommandCode, type Outcome } from './outcome.ts'
import type { Parts } from './seams.ts'
import { createVerifier } from './users.ts'
import type { Answer, AnswerValue, Command, Credentials, Inspection, Operation } from './wire.ts'

/** The answer, and the contents from now on. */
export interface Executed {
  readonly contents: Contents
  readonly answer: Answer
}

/** What commands need besides the contents: random bytes, and the iterations of new verifiers. */
export interface Means {
  readonly parts: Parts
  readonly draw: Draw
  readonly iterations: number
}

const DONE: AnswerValue = { kind: 'done' }

export const execute = (means: Means, contents: Contents, command: Command): Executed => {
  const { parts, draw, iterations } = means
  const refuse = (code: CommandCode): Executed => ({ contents, answer: refused(code) })
  const change = (changed: Partial<Contents>, value: AnswerValue = DONE): Executed => ({
    contents: { ...contents, ...changed },
    answer: accepted(value),
  })
  const answer = (value: AnswerValue): Executed => ({ contents, answer: accepted(value) })
  const compute = (bytes: Uint8Array | null): Executed =>
    bytes === null ? refuse('KEY_MISSING') : answer({ kind: 'bytes', bytes })

  if (command.op === 'Activate') {
    // §user.activate.once
    if (!parts.isActivable(contents.users)) return refuse('ALREADY_ACTIVATED')
    const users = parts.activateUsers(contents.users, createVerifier(command.password, draw, iterations))
    return change({ users, configuration: { label: command.label } })
  }
  if (command.op === 'Inspect') return answer({ kind: 'inspection', ...inspect(parts, contents, command.as) })

  const user = authenticate(parts, contents, command.as, command.op)
  if (!user.ok) return refuse(user.code)
  return match(command)
    .with({ op: 'LogIn' }, () => answer(DONE)) // §user.login
    .with({ op: 'CreateUser' }, ({ name, role, password }) =>
      parts.isNameTaken(contents.users, name)
        ? refuse('USER_EXISTS')
        : change({
            users: parts.addUser(contents.users, { name, role, verifier: createVerifier(password, draw, iterations) }),
          }),
    )
    .with({ op: 'GenerateKey' }, ({ label, kind }) => {
      const key = parts.generateKey(draw, label, user.value.name, kind)
      return change({ keys: parts.addKey(contents.keys, key) }, { kind: 'key', label: key.label })
    })
    .with({ op: 'UseKey' }, ({ label, challenge }) => {
      const key = parts.findKey(contents.keys, label)
      return compute(key === undefined ? null : parts.computeCheck(key, challenge))
    })
    .with({ op: 'Encrypt' }, ({ label, plaintext }) => {
      const key = parts.findKey(contents.keys, label)
      return compute(key === undefined ? null : parts.encryptWith(key, draw, plaintext))
    })
    .with({ op: 'Decrypt' }, ({ label, ciphertext }) => {
      const key = parts.findKey(contents.keys, label)
      return compute(key === undefined ? null : parts.decryptWith(key, ciphertext))
    })
    .with({ op: 'SetPolicy' }, ({ value }) => change({ policies: parts.nextPolicy(contents.policies, value) }))
    .with({ op: 'SetQuorum' }, ({ value }) => change({ quorum: parts.nextQuorum(contents.quorum, value) }))
    .exhaustive()
}

/** The user whom credentials name, in the order: is there such a user, is it the password, may the role do this. */
const authenticate = (
  parts: Parts,
  contents: Contents,
  as: Credentials,
  operation: Operation,
): Outcome<User, CommandCode> => {
  const user = parts.findUser(contents.users, as.user)
  if (user === undefined) return refused('USER_MISSING')
  if (!parts.verifyPassword(user, as.password)) return refused('LOGIN_FAILURE')
  return parts.isPermitted(user.role, operation) ? accepted(user) : refused('NOT_PERMITTED')
}

const ZEROS = new Uint8Array(16)

/** The contents as seen by a customer; keys only for a user who may use them. */
const inspect = (parts: Parts, contents: Contents, as: Credentials | null): Inspection => {
  const user = as === null ? null : authenticate(parts, contents, as, 'UseKey')
  const certificate = contents.certificates?.certificate ?? new Uint8Array(0)
  return {
    users: contents.users.map(({ name }) => name).sort(),
    keys: user?.ok ? contents.keys.map(key => ({ label: key.label, check: parts.computeCheck(key, ZEROS) })) : [],
    certificate: certificate.length === 0 ? '' : bytesToHex(sha256(certificate)),
    policy: contents.policies,
    quorum: contents.quorum,
    label: contents.configuration.label,
  }
}
