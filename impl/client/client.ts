/** The customer's client: it agrees with an HSM, makes sure whose it is, and only then sends it a command in a sealed record. */
import {
  accepted,
  openClientChannel,
  refused,
  type Answer,
  type AnswerValue,
  type Command,
  type CommandCode,
  type Draw,
  type Hsm,
  type Outcome,
  type UserList,
} from '../hsm/index.ts'
import type { Connection, DescribedCluster } from '../service/index.ts'
import type { ClientParts, Trust } from './seams.ts'

export type ClientCode = CommandCode | 'UNAVAILABLE' | 'CERTIFICATE'

export interface Client {
  /**
   * One command in a session of its own, once every ACTIVE HSM has said that the user is not locked out. LogIn and ListUsers go to
   * every ACTIVE HSM: the first that refuses decides, and whom one of them has locked is listed as locked.
   */
  perform(trust: Trust, command: Command): Outcome<AnswerValue, ClientCode>
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

  return {
    warnsOf: parts.isExposed, // §client.warning
    perform: (trust, command) => {
      const available = connectionsTo(trust.clusterId)
      if (available.length === 0) return refused('UNAVAILABLE') // §client.available
      if (command.op === 'ListUsers') return listUsers(available, trust)
      if ('as' in command && command.as !== null) {
        const open = isOpen(available, trust, command.as.user)
        if (!open.ok) return open
        if (!open.value) return refused('USER_LOCKED') // §user.lockout
      }
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
