/** Tokens: what an HSM issues for an officer and a service, and what becomes of it until it is used, replaced or too old. */
import { equalBytes } from '@noble/ciphers/utils.js'
import { encodeValue } from './cbor.ts'
import type { Role, User } from './contents.ts'
import type { Draw } from './drbg.ts'
import { verify } from './signature.ts'

/** What an operation that takes approval is of: administering users, or setting the quorum value. */
export type Service = 'user' | 'quorum'

/** A token, which stays in the HSM that issued it. */
export interface Token {
  /** What the officers sign. */
  readonly bytes: Uint8Array
  /** Who asked for it. */
  readonly of: string
  readonly service: Service
  /** Names of those who have approved it, each once. */
  readonly approvals: readonly string[]
  /** When it is too old, in seconds of the HSM's own clock. */
  readonly until: number
}
export type Tokens = readonly Token[]

/** Seconds that a token lasts. §quorum.expire */
const LIFETIME = 600
const IDENTIFIER_LENGTH = 16

/** Approvals that can be asked for; fewer than two are none. §quorum.value */
const LEAST = 2
const MOST = 8

const isFor = (token: Pick<Token, 'of' | 'service'>, of: string, service: Service): boolean =>
  token.of === of && token.service === service

/** A token with 16 drawn bytes in it, so that none is like another. §quorum.token */
export const newToken = (draw: Draw, of: string, service: Service, now: number): Token => ({
  bytes: encodeValue(['cloudhsm-quorum-token', draw(IDENTIFIER_LENGTH), of, service]),
  of,
  service,
  approvals: [],
  until: now + LIFETIME,
})

/** §quorum.required */
export const takesApproval = (quorum: number, role: Role): boolean => quorum >= LEAST && role === 'CO'

/** §quorum.service */
export const tokenFor = (tokens: Tokens, of: string, service: Service): Token | undefined =>
  tokens.find(token => isFor(token, of, service))

/** §quorum.value */
export const isQuorumValue = (value: number, users: readonly User[]): boolean =>
  value > 0 && value <= MOST && value <= users.filter(({ role }) => role === 'CO').length

/** In the place of the one that its officer had for the service. §quorum.token */
export const addToken = (tokens: Tokens, token: Token): Tokens => [
  ...tokens.filter(other => !isFor(other, token.of, token.service)),
  token,
]

/** §quorum.token.missing */
export const findToken = (tokens: Tokens, bytes: Uint8Array): Token | undefined =>
  tokens.find(token => equalBytes(token.bytes, bytes))

/** Whether the signature is of this token, by this officer. §quorum.signature */
export const isSigned = (token: Token, { publicKey }: User, signature: Uint8Array): boolean =>
  publicKey !== null && verify(publicKey, token.bytes, signature)

/** §quorum.approve */
export const addApproval = (tokens: Tokens, approved: Token, name: string): Tokens =>
  tokens.map(token => (token === approved ? { ...token, approvals: [...token.approvals, name] } : token))

/** §quorum.once */
export const removeToken = (tokens: Tokens, of: string, service: Service): Tokens =>
  tokens.filter(token => !isFor(token, of, service))

/** What officers who are there have asked for and approved. §quorum.deleted */
export const tokensOf = (tokens: Tokens, users: readonly User[]): Tokens => {
  const isThere = (name: string): boolean => users.some(user => user.name === name)
  return tokens.filter(({ of }) => isThere(of)).map(token => ({ ...token, approvals: token.approvals.filter(isThere) }))
}
