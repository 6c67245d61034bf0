/** The customer's client: it agrees with an HSM, makes sure whose it is, and only then sends it a command in a sealed record. */
import {
  accepted,
  openClientChannel,
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
  type UserList,
} from '../hsm/index.ts'
import { administer, approveOn, isAdministering, tokensFrom, type Approving, type Ask } from './approval.ts'
import type { Connection, DescribedCluster } from '../service/index.ts'
import type { ClientParts, Trust } from './seams.ts'

export type ClientCode = CommandCode | 'UNAVAILABLE' | 'CERTIFICATE'

export interface Client {
  /**
   * One command in a session of its own, once every ACTIVE HSM has said that the user is not locked out. LogIn and ListUsers go to
   * every ACTIVE HSM: the first that refuses decides, and whom one of them has locked is listed as locked.
   */
  perform(trust: Trust, command: Command): Outcome<AnswerValue, ClientCode>
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
  const ask = (connection: Connection, trust: Trust, command: Command): Outcome<AnswerValue, ClientCode> => {
    const agreement = connection.agree(draw(NONCE_LENGTH))
    if (agreement === null) return refused('UNAVAILABLE')
    // §client.certificate
    if (!parts.isTrusted(agreement, trust)) {
      connection.close(agreement.session)
      return refused('CERTIFICATE')
    }
    const channel = openClientChannel(agreement, parts.records)
    // §channel.sealed §invariant.plaintext
    const record = connection.exchange(agreement.session, channel.request(command))
    connection.close(agreement.session)
    return (record === null ? null : channel.answer(record)) ?? refused('UNAVAILABLE')
  }

  type Told = Outcome<AnswerValue, ClientCode>
  const first = (answers: readonly Told[]): Told =>
    answers.find(({ ok }) => !ok) ?? answers[0] ?? refused('UNAVAILABLE')

  /** What each HSM says of its users, or why one does not. §user.list */
  const listsOf = (asked: readonly Connection[], trust: Trust): Outcome<readonly UserList[], ClientCode> => {
    const answers = asked.map(connection => ask(connection, trust, { op: 'ListUsers' }))
    const refusal = answers.find(answer => !answer.ok)
    if (refusal !== undefined) return refusal
    return accepted(answers.flatMap(answer => (answer.ok && answer.value.kind === 'users' ? [answer.value] : [])))
  }

  const listUsers = (asked: readonly Connection[], trust: Trust): Told => {
    const lists = listsOf(asked, trust)
    if (!lists.ok) return lists
    const [one] = lists.value
    const locked = new Set(lists.value.flatMap(list => list.locked))
    return accepted({ kind: 'users', users: one?.users ?? [], locked: [...locked].sort() })
  }

  const isOpen = (asked: readonly Connection[], trust: Trust, user: string): Outcome<boolean, ClientCode> => {
    const lists = listsOf(asked, trust)
    return lists.ok ? accepted(parts.isOpen(lists.value, user)) : lists
  }

  /** Ways to the ACTIVE HSMs for a user whom none of them has locked out; null stands for anybody. */
  const admit = (trust: Trust, user: string | null): Outcome<readonly Connection[], ClientCode> => {
    const available = connectionsTo(trust.clusterId)
    if (available.length === 0) return refused('UNAVAILABLE') // §client.available
    const open = user === null ? accepted(true) : isOpen(available, trust, user)
    if (!open.ok) return open
    return open.value ? accepted(available) : refused('USER_LOCKED') // §user.lockout
  }
  const askWith =
    (trust: Trust): Ask =>
    (connection, command) =>
      ask(connection, trust, command)

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
    perform: (trust, command) => {
      const admitted = admit(trust, 'as' in command ? (command.as?.user ?? null) : null)
      if (!admitted.ok) return admitted
      const available = admitted.value
      if (command.op === 'ListUsers') return listUsers(available, trust)
      if (isAdministering(command)) return administer(askWith(trust), available, command)
      const asked = command.op === 'LogIn' ? parts.chooseForLogin(available) : parts.choose(available)
      return first(asked.map(connection => ask(connection, trust, command)))
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
