/** The customer's client: it agrees with an HSM, makes sure whose it is, and only then sends it a command in a sealed record. */
import {
  openClientChannel,
  refused,
  type Answer,
  type AnswerValue,
  type Command,
  type CommandCode,
  type Draw,
  type Hsm,
  type Outcome,
} from '../hsm/index.ts'
import type { Connection, DescribedCluster } from '../service/index.ts'
import type { ClientParts, Trust } from './seams.ts'

export type ClientCode = CommandCode | 'UNAVAILABLE' | 'CERTIFICATE'

export interface Client {
  /** One command in a session of its own. A login goes to every ACTIVE HSM, and the first that refuses it decides. */
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

  return {
    warnsOf: parts.isExposed, // §client.warning
    perform: (trust, command) => {
      const available = connectionsTo(trust.clusterId)
      const asked = command.op === 'LogIn' ? parts.chooseForLogin(available) : parts.choose(available)
      if (asked.length === 0) return refused('UNAVAILABLE') // §client.available
      const answers = asked.map(connection => ask(connection, trust, command))
      return answers.find(({ ok }) => !ok) ?? answers[0] ?? refused('UNAVAILABLE')
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
