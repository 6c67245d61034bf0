/** Commands of a client and the HSM's answers, and their encoding inside the records of the channel. */
import { match } from 'ts-pattern'
import { isBytes, isCount, isText, itemsOf, type Value } from './cbor.ts'
import { accepted, refused, type CommandCode, type Outcome } from './outcome.ts'
import { decodePadded, encodePadded } from './padding.ts'
import type { Service, Token } from './tokens.ts'

/** Who does something, and the password that goes with the name. */
export interface Credentials {
  readonly user: string
  readonly password: string
}

/** What a client can ask. `challenge`, `plaintext` and `ciphertext` are bytes of any length. */
export type Command =
  | { readonly op: 'Activate'; readonly password: string; readonly label: string; readonly publicKey?: Uint8Array }
  | { readonly op: 'LogIn'; readonly as: Credentials }
  | { readonly op: 'ListUsers' }
  | {
      readonly op: 'CreateUser'
      readonly as: Credentials
      readonly name: string
      readonly role: 'CO' | 'CU'
      readonly password: string
      /** An officer's. */
      readonly publicKey?: Uint8Array
    }
  | { readonly op: 'ChangePassword'; readonly as: Credentials; readonly name: string; readonly password: string }
  | { readonly op: 'DeleteUser'; readonly as: Credentials; readonly name: string }
  | { readonly op: 'GenerateKey'; readonly as: Credentials; readonly label: string; readonly kind: 'AES' | 'EC' }
  | { readonly op: 'UseKey'; readonly as: Credentials; readonly label: string; readonly challenge: Uint8Array }
  /** Whether there is such a key, asked on behalf of another operation, whose refusals it has. */
  | { readonly op: 'FindKey'; readonly as: Credentials; readonly label: string; readonly before: string }
  | { readonly op: 'DeleteKey'; readonly as: Credentials; readonly label: string }
  | { readonly op: 'Encrypt'; readonly as: Credentials; readonly label: string; readonly plaintext: Uint8Array }
  | { readonly op: 'Decrypt'; readonly as: Credentials; readonly label: string; readonly ciphertext: Uint8Array }
  | { readonly op: 'SetPolicy'; readonly as: Credentials; readonly value: number }
  | { readonly op: 'SetQuorum'; readonly as: Credentials; readonly value: number }
  | { readonly op: 'QuorumToken'; readonly as: Credentials; readonly service: Service }
  | {
      readonly op: 'ApproveToken'
      readonly as: Credentials
      readonly token: Uint8Array
      readonly signature: Uint8Array
    }
  /** One's own. */
  | { readonly op: 'DeleteToken'; readonly as: Credentials; readonly service: Service }
  | { readonly op: 'ListTokens' }
  | { readonly op: 'Inspect'; readonly as: Credentials | null }

export type Operation = Command['op']

/** The contents as the customer sees them. Keys are listed for a crypto user, with what they compute on 16 zero bytes. */
export interface Inspection {
  readonly users: readonly string[]
  /** Users whose accounts this HSM has locked. */
  readonly locked: readonly string[]
  readonly keys: readonly { readonly label: string; readonly check: Uint8Array }[]
  /** SHA-256 of the cluster certificate in hex; empty when there is none. */
  readonly certificate: string
  readonly policy: number
  readonly quorum: number
  readonly label: string
  /** Public keys of the officers, by name. */
  readonly publicKeys: readonly { readonly name: string; readonly publicKey: Uint8Array }[]
  readonly tokens: readonly ListedToken[]
}

/** A token as it is listed: not what is signed, but what it is good for. */
export type ListedToken = Pick<Token, 'of' | 'service' | 'approvals'>

/** What an HSM tells anybody of its users. */
export type UserList = Pick<Inspection, 'users' | 'locked'>

/** What an accepted command returns. `bytes` is what a key computed: a check value, a ciphertext, a plaintext. */
export type AnswerValue =
  | { readonly kind: 'done' }
  | { readonly kind: 'key'; readonly label: string }
  | ({ readonly kind: 'users' } & UserList)
  | { readonly kind: 'tokens'; readonly tokens: readonly ListedToken[] }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | ({ readonly kind: 'inspection' } & Inspection)

export type Answer = Outcome<AnswerValue, CommandCode>

const CODES: readonly CommandCode[] = [
  'ALREADY_ACTIVATED',
  'USER_MISSING',
  'USER_LOCKED',
  'LOGIN_FAILURE',
  'NOT_PERMITTED',
  'USER_EXISTS',
  'USER_OWNS_KEYS',
  'KEY_MISSING',
  'QUORUM_REQUIRED',
  'QUORUM_VALUE',
  'TOKEN_MISSING',
  'ALREADY_APPROVED',
  'SIGNATURE',
  'LIMITED_WRITE',
]

/** In the place of a public key that there is not. */
const NO_KEY = new Uint8Array(0)

const pair = (as: Credentials): Value => [as.user, as.password]

/** In whole blocks. §channel.length */
export const encodeCommand = (command: Command): Uint8Array =>
  encodePadded([
    command.op,
    ...match<Command, Value[]>(command)
      .with({ op: 'Activate' }, c => [c.password, c.label, c.publicKey ?? NO_KEY])
      .with({ op: 'LogIn' }, c => [pair(c.as)])
      .with({ op: 'CreateUser' }, c => [pair(c.as), c.name, c.role, c.password, c.publicKey ?? NO_KEY])
      .with({ op: 'ListUsers' }, { op: 'ListTokens' }, () => [])
      .with({ op: 'ChangePassword' }, c => [pair(c.as), c.name, c.password])
      .with({ op: 'DeleteUser' }, c => [pair(c.as), c.name])
      .with({ op: 'DeleteKey' }, c => [pair(c.as), c.label])
      .with({ op: 'FindKey' }, c => [pair(c.as), c.label, c.before])
      .with({ op: 'GenerateKey' }, c => [pair(c.as), c.label, c.kind])
      .with({ op: 'UseKey' }, c => [pair(c.as), c.label, c.challenge])
      .with({ op: 'Encrypt' }, c => [pair(c.as), c.label, c.plaintext])
      .with({ op: 'Decrypt' }, c => [pair(c.as), c.label, c.ciphertext])
      .with({ op: 'SetPolicy' }, { op: 'SetQuorum' }, c => [pair(c.as), c.value])
      .with({ op: 'QuorumToken' }, { op: 'DeleteToken' }, c => [pair(c.as), c.service])
      .with({ op: 'ApproveToken' }, c => [pair(c.as), c.token, c.signature])
      .with({ op: 'Inspect' }, c => [c.as === null ? [] : pair(c.as)])
      .exhaustive(),
  ])

const credentials = (value: unknown): Credentials | null => {
  const [user, password] = itemsOf(value, 2) ?? []
  return isText(user) && isText(password) ? { user, password } : null
}

const isService = (value: unknown): value is Service => value === 'user' || value === 'quorum'

/** Null for bytes that are no command. */
export const decodeCommand = (bytes: Uint8Array): Command | null => {
  const decoded = decodePadded(bytes)
  const [op, first, second, third, fourth, fifth] = Array.isArray(decoded) ? (decoded as unknown[]) : []
  const as = credentials(first)
  if (op === 'Activate')
    return isText(first) && isText(second) && isBytes(third)
      ? { op, password: first, label: second, publicKey: third }
      : null
  if (op === 'ListUsers' || op === 'ListTokens') return { op }
  if (op === 'Inspect') return as !== null || itemsOf(first, 0) ? { op, as } : null
  if (as === null) return null
  if (op === 'LogIn') return { op, as }
  if (op === 'SetPolicy' || op === 'SetQuorum') return isCount(second) ? { op, as, value: second } : null
  if (op === 'QuorumToken' || op === 'DeleteToken') return isService(second) ? { op, as, service: second } : null
  if (op === 'ApproveToken')
    return isBytes(second) && isBytes(third) ? { op, as, token: second, signature: third } : null
  if (!isText(second)) return null
  if (op === 'CreateUser')
    return (third === 'CO' || third === 'CU') && isText(fourth) && isBytes(fifth)
      ? { op, as, name: second, role: third, password: fourth, publicKey: fifth }
      : null
  if (op === 'ChangePassword') return isText(third) ? { op, as, name: second, password: third } : null
  if (op === 'DeleteUser') return { op, as, name: second }
  if (op === 'DeleteKey') return { op, as, label: second }
  if (op === 'FindKey') return isText(third) ? { op, as, label: second, before: third } : null
  if (op === 'GenerateKey') return third === 'AES' || third === 'EC' ? { op, as, label: second, kind: third } : null
  if (!isBytes(third)) return null
  if (op === 'UseKey') return { op, as, label: second, challenge: third }
  if (op === 'Encrypt') return { op, as, label: second, plaintext: third }
  return op === 'Decrypt' ? { op, as, label: second, ciphertext: third } : null
}

const encodeToken = ({ of, service, approvals }: ListedToken): Value => [of, service, approvals]

const decodeTokens = (values: unknown): readonly ListedToken[] | null => {
  if (!Array.isArray(values)) return null
  return values.flatMap(value => {
    const [of, service, approvals] = itemsOf(value, 3) ?? []
    const isToken = isText(of) && isService(service) && Array.isArray(approvals) && approvals.every(isText)
    return isToken ? [{ of, service, approvals }] : []
  })
}

/** In whole blocks. §channel.length */
export const encodeAnswer = (answer: Answer): Uint8Array =>
  encodePadded(
    answer.ok
      ? match<AnswerValue, Value[]>(answer.value)
          .with({ kind: 'done' }, v => [v.kind])
          .with({ kind: 'key' }, v => [v.kind, v.label])
          .with({ kind: 'bytes' }, v => [v.kind, v.bytes])
          .with({ kind: 'users' }, v => [v.kind, v.users, v.locked])
          .with({ kind: 'inspection' }, v => [
            v.kind,
            v.users,
            v.locked,
            v.keys.map(key => [key.label, key.check]),
            v.certificate,
            v.policy,
            v.quorum,
            v.label,
            v.publicKeys.map(({ name, publicKey }) => [name, publicKey]),
            v.tokens.map(encodeToken),
          ])
          .with({ kind: 'tokens' }, v => [v.kind, v.tokens.map(encodeToken)])
          .exhaustive()
      : ['refused', answer.code],
  )

/** Null for bytes that are no answer. */
export const decodeAnswer = (bytes: Uint8Array): Answer | null => {
  const decoded = decodePadded(bytes)
  const [kind, first, ...rest] = Array.isArray(decoded) ? (decoded as unknown[]) : []
  if (kind === 'done') return accepted({ kind })
  if (kind === 'key') return isText(first) ? accepted({ kind, label: first }) : null
  if (kind === 'bytes') return isBytes(first) ? accepted({ kind, bytes: first }) : null
  if (kind === 'refused') return CODES.includes(first as CommandCode) ? refused(first as CommandCode) : null
  if (kind === 'tokens') {
    const tokens = decodeTokens(first)
    return tokens === null ? null : accepted({ kind, tokens })
  }
  const [locked, ...others] = rest
  if (!Array.isArray(first) || !first.every(isText) || !Array.isArray(locked) || !locked.every(isText)) return null
  if (kind === 'users') return accepted({ kind, users: first, locked })
  if (kind !== 'inspection') return null
  const [keys, certificate, policy, quorum, label, signers, held] = others
  if (!Array.isArray(keys) || !isText(certificate) || !isCount(policy) || !isCount(quorum) || !isText(label))
    return null
  const tokens = decodeTokens(held)
  if (!Array.isArray(signers) || tokens === null) return null
  const publicKeys = signers.flatMap(signer => {
    const [name, publicKey] = itemsOf(signer, 2) ?? []
    return isText(name) && isBytes(publicKey) ? [{ name, publicKey }] : []
  })
  const listed = keys.flatMap(key => {
    const [name, check] = itemsOf(key, 2) ?? []
    return isText(name) && isBytes(check) ? [{ label: name, check }] : []
  })
  const seen = { keys: listed, certificate, policy, quorum, label, publicKeys, tokens }
  return accepted({ kind, users: first, locked, ...seen })
}
