/** The customer's client: it agrees with an HSM, makes sure whose it is, and only then sends it a command in a sealed record. */
import {
  accepted,
  refused,
  type Answer,
  type AnswerValue,
  type Command,
  type CommandCode,
  type Credentials,
  type Draw,
  type Hsm,
  type Outcome,
  type Service,
} from '../hsm/index.ts'
import { openClientChannel } from '../hsm/client.ts'
import { everybodyIn, reluctantFirst, type Listed } from './coverage.ts'
import { isOnKeys, performOnKeys } from './keys.ts'
import { administer, approveOn, isAdministering, tokensFrom, type Approving, type Ask } from './approval.ts'
import type { Connection, DescribedCluster } from '../service/index.ts'
import type { ClientParts, Trust } from './seams.ts'

export type ClientCode = CommandCode | 'UNAVAILABLE' | 'CERTIFICATE' | 'KEY_UNAVAILABLE'

/** How an operation is done: by a client that reaches one HSM only, by its id, and one that checks the availability of keys. */
export interface Terms {
  readonly only?: string
  readonly checked?: boolean
}

/** What an operation returned; of a key that was used, by which HSM; of a list of users, who is not on every HSM. */
export type Returned = AnswerValue & { readonly by?: string; readonly uneven?: readonly string[] }

export interface Client {
  /**
   * One command in a session of its own, once every ACTIVE HSM has said that the user is not locked out. LogIn and ListUsers go to
   * every ACTIVE HSM: the first that refuses decides, and whom one of them has locked is listed as locked.
   */
  perform(trust: Trust, command: Command, terms?: Terms): Outcome<Returned, ClientCode>
  /** A token of every ACTIVE HSM, by its id, for a service. */
  askForTokens(trust: Trust, as: Credentials, service: Service): Outcome<ReadonlyMap<string, Uint8Array>, ClientCode>
  /** Hands in an officer's approvals, one for the token of each ACTIVE HSM. */
  approve(trust: Trust, approving: Approving): Outcome<null, ClientCode>
  /** What it says to its customer of a cluster that DescribeClusters lists: the failure of one zone would end its service. */
  warnsOf(cluster: DescribedCluster): boolean
}

const NONCE_LENGTH = 16

export const createClient = (
  parts: ClientParts,
  draw: Draw,
  connectionsTo: (clusterId: string) => readonly Connection[],
): Client => {
  const ask = (
    connection: Connection,
    trust: Trust,
    command: Command,
    unreached?: ReadonlySet<string>,
  ): Outcome<AnswerValue, ClientCode> => {
    const agreement = connection.agree(draw(NONCE_LENGTH))
    if (agreement === null) return refused('UNAVAILABLE')
    // §client.certificate
    if (!parts.isTrusted(agreement, trust)) {
      connection.close(agreement.session)
      return refused('CERTIFICATE')
    }
    const channel = openClientChannel(agreement, parts.records)
    // §channel.sealed §invariant.plaintext
    const record = connection.exchange(agreement.session, channel.request(command), unreached)
    connection.close(agreement.session)
    const answer = record === null ? null : channel.answer(record)
    channel.close() // §boundary.wiped
    return answer ?? refused('UNAVAILABLE')
  }

  type Told = Outcome<Returned, ClientCode>
  const first = (answers: readonly Told[]): Told =>
    answers.find(({ ok }) => !ok) ?? answers[0] ?? refused('UNAVAILABLE')

  /** What each HSM says of its users, or why one does not. §user.list */
  const listsOf = (asked: readonly Connection[], trust: Trust): Outcome<readonly Listed[], ClientCode> => {
    const answers = asked.map(connection => ({ connection, answer: ask(connection, trust, { op: 'ListUsers' }) }))
    const refusal = answers.map(({ answer }) => answer).find(answer => !answer.ok)
    if (refusal !== undefined) return refusal
    return accepted(
      answers.flatMap(({ connection, answer }) =>
        answer.ok && answer.value.kind === 'users' ? [{ connection, list: answer.value }] : [],
      ),
    )
  }

  const listUsers = (asked: readonly Connection[], trust: Trust): Told => {
    const listed = listsOf(asked, trust)
    if (!listed.ok) return listed
    const lists = listed.value.map(({ list }) => list)
    const locked = new Set(lists.flatMap(list => list.locked))
    const users = { kind: 'users' as const, users: everybodyIn(lists), locked: [...locked].sort() }
    return accepted({ ...users, uneven: parts.listUneven(lists) })
  }

  /** Ways to the HSMs that are reached, for a user whom none of them has locked out; null stands for anybody. Who refuses comes first. */
  const admit = (
    trust: Trust,
    user: string | null,
    command: Command | null = null,
    { only }: Terms = {},
  ): Outcome<readonly Connection[], ClientCode> => {
    const available = connectionsTo(trust.clusterId).filter(({ hsmId }) => only === undefined || hsmId === only)
    if (available.length === 0) return refused('UNAVAILABLE') // §client.available
    if (user === null) return accepted(available)
    const listed = listsOf(available, trust)
    if (!listed.ok) return listed
    const lists = listed.value.map(({ list }) => list)
    if (!parts.isOpen(lists, user)) return refused('USER_LOCKED') // §user.lockout
    return accepted(command === null ? available : reluctantFirst(listed.value, command))
  }
  const askWith =
    (trust: Trust, unreached?: ReadonlySet<string>): Ask =>
    (connection, command) =>
      ask(connection, trust, command, unreached)

  /** The HSMs that a client which reaches one only does not reach. §sync.write */
  const beyond = (clusterId: string, { only }: Terms): ReadonlySet<string> =>
    new Set(only === undefined ? [] : connectionsTo(clusterId).flatMap(({ hsmId }) => (hsmId === only ? [] : [hsmId])))

  return {
    warnsOf: parts.isExposed, // §client.warning
    askForTokens: (trust, as, service) => {
      const admitted = admit(trust, as.user)
      return admitted.ok ? tokensFrom(askWith(trust), admitted.value, as, service) : admitted
    },
    approve: (trust, approving) => {
      const admitted = admit(trust, approving.as.user)
      return admitted.ok ? approveOn(askWith(trust), admitted.value, approving) : admitted
    },
    perform: (trust, command, terms = {}) => {
      const admitted = admit(trust, 'as' in command ? (command.as?.user ?? null) : null, command, terms)
      if (!admitted.ok) return admitted
      const available = admitted.value
      const telling = askWith(trust, beyond(trust.clusterId, terms))
      if (command.op === 'ListUsers') return listUsers(available, trust)
      if (isAdministering(command)) return administer(telling, available, command)
      if (isOnKeys(command)) {
        const { answer, by } = performOnKeys(parts, telling, available, command, terms.checked === true)
        return answer.ok && by !== undefined ? accepted({ ...answer.value, by: by.hsmId }) : answer
      }
      const asked = command.op === 'LogIn' ? parts.chooseForLogin(available) : parts.choose(available)
      return first(asked.map(connection => telling(connection, command)))
    },
  }
}

/**
 * One session with an HSM, without looking at its certificate: answers commands, each null where the HSM does not. Given a
 * copy of an HSM it is a look that leaves no trace.
 */
export const converse = (parts: ClientParts, hsm: Hsm): ((command: Command) => Answer | null) => {
  const agreement = hsm.agree(new Uint8Array(NONCE_LENGTH))
  if (agreement === null) return () => null
  const channel = openClientChannel(agreement, parts.records)
  return command => {
    const record = hsm.exchange(agreement.session, channel.request(command))
    return record === null ? null : channel.answer(record)
  }
}
