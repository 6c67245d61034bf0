/** The client's part in approval: every HSM of a cluster has tokens of its own, and none that lacks one is passed over. */
import {
  accepted,
  refused,
  type AnswerValue,
  type Command,
  type Credentials,
  type ListedToken,
  type Outcome,
  type Service,
} from '../hsm/index.ts'
import type { Connection } from '../service/index.ts'
import type { ClientCode } from './client.ts'

/** One command to one HSM, in a session of its own. */
export type Ask = (connection: Connection, command: Command) => Outcome<AnswerValue, ClientCode>

/** What an officer hands in for the token of one HSM. */
export interface Approval {
  readonly token: Uint8Array
  readonly signature: Uint8Array
}

/** An HSM with the tokens that it lists. */
interface Holder {
  readonly connection: Connection
  readonly tokens: readonly ListedToken[]
}

const EMPTY = new Uint8Array(0)

/** The service of each operation that takes approval. */
const SERVICE = { CreateUser: 'user', ChangePassword: 'user', DeleteUser: 'user', SetQuorum: 'quorum' } as const
type Administering = Extract<Command, { readonly op: keyof typeof SERVICE }>

/** The operation takes approval. */
export const isAdministering = (command: Command): command is Administering => command.op in SERVICE

const tokensOn = (ask: Ask, connection: Connection): Outcome<readonly ListedToken[], ClientCode> => {
  const answer = ask(connection, { op: 'ListTokens' })
  if (!answer.ok) return answer
  return answer.value.kind === 'tokens' ? accepted(answer.value.tokens) : refused('UNAVAILABLE')
}

const approvalsIn = (tokens: readonly ListedToken[], of: string, service: Service): number =>
  tokens.find(token => token.of === of && token.service === service)?.approvals.length ?? -1

/** Those first whose token has the fewest approvals, or is not there: what they refuse is refused before anything is done. §quorum.own */
const neediestFirst = (
  ask: Ask,
  connections: readonly Connection[],
  of: string,
  service: Service,
): Outcome<readonly Holder[], ClientCode> => {
  const holders: Holder[] = []
  for (const connection of connections) {
    const tokens = tokensOn(ask, connection)
    if (!tokens.ok) return tokens
    holders.push({ connection, tokens: tokens.value })
  }
  const approvals = ({ tokens }: Holder): number => approvalsIn(tokens, of, service)
  return accepted(holders.toSorted((a, b) => approvals(a) - approvals(b)))
}

/** A token of every HSM, by its id. §quorum.token */
export const tokensFrom = (
  ask: Ask,
  connections: readonly Connection[],
  as: Credentials,
  service: Service,
): Outcome<ReadonlyMap<string, Uint8Array>, ClientCode> => {
  const tokens = new Map<string, Uint8Array>()
  for (const connection of connections) {
    const answer = ask(connection, { op: 'QuorumToken', as, service })
    if (!answer.ok) return answer
    if (answer.value.kind === 'bytes') tokens.set(connection.hsmId, answer.value.bytes)
  }
  return accepted(tokens)
}

export interface Approving {
  readonly as: Credentials
  /** Who asked for the token, and for what. */
  readonly of: string
  readonly service: Service
  /** By the id of the HSM whose token it is. */
  readonly approvals: ReadonlyMap<string, Approval>
}

/** Approves the token of every HSM. §quorum.approve §quorum.token.missing */
export const approveOn = (
  ask: Ask,
  connections: readonly Connection[],
  { as, of, service, approvals }: Approving,
): Outcome<null, ClientCode> => {
  const holders = neediestFirst(ask, connections, of, service)
  if (!holders.ok) return holders
  for (const { connection } of holders.value) {
    const { token, signature } = approvals.get(connection.hsmId) ?? { token: EMPTY, signature: EMPTY }
    const answer = ask(connection, { op: 'ApproveToken', as, token, signature })
    if (!answer.ok) return answer
  }
  return accepted(null)
}

/** One HSM does it, and the service brings what it has done to the others; what it has used up they drop. §quorum.once */
export const administer = (
  ask: Ask,
  connections: readonly Connection[],
  command: Administering,
): Outcome<AnswerValue, ClientCode> => {
  const service = SERVICE[command.op]
  const holders = neediestFirst(ask, connections, command.as.user, service)
  if (!holders.ok) return holders
  const [first, ...others] = holders.value
  if (first === undefined) return refused('UNAVAILABLE')
  const answer = ask(first.connection, command)
  if (!answer.ok || approvalsIn(first.tokens, command.as.user, service) < 0) return answer
  const left = tokensOn(ask, first.connection)
  const isUsed = left.ok && approvalsIn(left.value, command.as.user, service) < 0
  const as = credentialsAfter(command)
  if (isUsed) for (const { connection } of others) ask(connection, { op: 'DeleteToken', as, service })
  return answer
}

/** With what whoever asked is let in afterwards: he may have changed his own password. */
const credentialsAfter = (command: Administering): Credentials =>
  command.op === 'ChangePassword' && command.name === command.as.user
    ? { ...command.as, password: command.password }
    : command.as
