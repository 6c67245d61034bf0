/** The ideal adapter: the key comes from an exchange that nobody else learns of, and the service carries sealed records. */
import { accepted, refused, type Agreement, type Draw, type Outcome, type Wire } from '../hsm/index.ts'
import { openClientChannel } from '../hsm/client.ts'
import type { Connection } from '../service/index.ts'
import { converseOver, type Carry, type Channel, type ChannelCode, type Conversation, type Peer } from './channel.ts'
import type { ClientParts } from './seams.ts'

/** What the ideal adapter needs of a connection. */
export type Agreeing = Pick<Connection, 'agree' | 'exchange' | 'close'>

export interface IdealOptions {
  readonly parts: Pick<ClientParts, 'isTrusted' | 'records'>
  readonly draw: Draw
  /** What becomes of the records on their way. */
  readonly tap?: (carry: Carry) => Carry
}

const NONCE_LENGTH = 16

/** The way of a session's records there, and of their answers back. */
const carryRecords =
  (connection: Agreeing, session: number): Carry =>
  (client: Wire) => ({
    send: record => {
      const answer = connection.exchange(session, record)
      if (answer === null) client.end()
      else client.send(answer)
    },
    end: () => connection.close(session),
  })

export const openIdeal =
  (connection: Agreeing, { parts, draw, tap = carry => carry }: IdealOptions) =>
  async (peer: Peer): Promise<Outcome<Channel, ChannelCode>> => {
    const agreement = connection.agree(draw(NONCE_LENGTH))
    if (agreement === null) return refused('UNAVAILABLE')
    // §client.certificate §client.authority §client.pin
    if (!parts.isTrusted(agreement, peer)) {
      connection.close(agreement.session)
      return refused('CERTIFICATE')
    }
    return open(tap(carryRecords(connection, agreement.session)), agreement, parts)
  }

const open = (
  carry: Carry,
  agreement: Agreement,
  { records }: IdealOptions['parts'],
): Outcome<Channel, ChannelCode> => {
  const end = openClientChannel(agreement, records)
  let conversation: Conversation | null = null
  const there = carry({
    send: record => conversation?.received(end.answer(record)), // §channel.once
    end: () => conversation?.ended(),
  })
  if (there === null) return refused('UNAVAILABLE')
  conversation = converseOver(
    command => there.send(end.request(command)),
    () => {
      there.end()
      end.close() // §boundary.wiped
    },
  )
  return accepted(conversation.channel)
}
