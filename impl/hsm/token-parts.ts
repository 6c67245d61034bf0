/** The collaborators that decide about tokens inside an HSM: one function for each thing that SPEC.md §9 says of them. */
import type { Contents, Role, User } from './contents.ts'
import type { Draw } from './drbg.ts'
import {
  addApproval,
  addToken,
  findToken,
  isQuorumValue,
  isSigned,
  newToken,
  removeToken,
  takesApproval,
  tokensOf,
  type Service,
  type Token,
  type Tokens,
} from './tokens.ts'

export interface TokenParts {
  /** Whether a user of this role needs a token. §quorum.required */
  readonly takesApproval: (quorum: number, role: Role) => boolean
  /** What tokens an officer has do not let him go on: there is none. §quorum.required */
  readonly lacksToken: (own: Tokens) => boolean
  /** There are some, and none for the service. §quorum.service */
  readonly lacksService: (own: Tokens, service: Service) => boolean
  /** There is one for the service, and approvals are too few. §quorum.few */
  readonly lacksApprovals: (token: Token, quorum: number) => boolean
  /** §quorum.value */
  readonly isQuorumValue: (value: number, users: readonly User[]) => boolean
  /** §quorum.token */
  readonly newToken: (draw: Draw, of: string, service: Service, now: number) => Token
  /** §quorum.token */
  readonly addToken: (tokens: Tokens, token: Token) => Tokens
  /** §quorum.token.missing */
  readonly findToken: (tokens: Tokens, bytes: Uint8Array) => Token | undefined
  /** §quorum.approve.once */
  readonly hasApproved: (token: Token, name: string) => boolean
  /** §quorum.signature */
  readonly isSigned: (token: Token, officer: User, signature: Uint8Array) => boolean
  /** §quorum.approve */
  readonly addApproval: (tokens: Tokens, approved: Token, name: string) => Tokens
  /** What is left once a token was used. §quorum.once */
  readonly useToken: (tokens: Tokens, of: string, service: Service) => Tokens
  /** What is left at a time, in seconds of the HSM's clock. §quorum.expire */
  readonly currentTokens: (tokens: Tokens, now: number) => Tokens
  /** What is left where these are the users. §quorum.deleted */
  readonly tokensOfUsers: (tokens: Tokens, users: readonly User[]) => Tokens
  /** What is left, and nothing more, once the HSM was given contents. §quorum.own §quorum.deleted */
  readonly tokensAfterRestore: (own: Tokens, contents: Contents) => Tokens
  /** What is left once the HSM's sessions were ended. §quorum.own */
  readonly tokensAfterSessions: (tokens: Tokens) => Tokens
}

export const tokenParts: TokenParts = {
  takesApproval,
  lacksToken: own => own.length === 0, // §quorum.required
  lacksService: (own, service) => own.length > 0 && !own.some(token => token.service === service), // §quorum.service
  lacksApprovals: ({ approvals }, quorum) => approvals.length < quorum, // §quorum.few
  isQuorumValue,
  newToken,
  addToken,
  findToken,
  hasApproved: ({ approvals }, name) => approvals.includes(name), // §quorum.approve.once
  isSigned,
  addApproval,
  useToken: removeToken,
  currentTokens: (tokens, now) => tokens.filter(({ until }) => now < until), // §quorum.expire
  tokensOfUsers: tokensOf,
  tokensAfterRestore: (own, { users }) => tokensOf(own, users), // §quorum.own §quorum.deleted
  tokensAfterSessions: () => [], // §quorum.own
}
