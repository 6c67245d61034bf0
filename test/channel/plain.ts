/** Both ends of a channel without cryptography, framed as TLS's are: what would be left if they did nothing for it. */
import { converseOver, decodeAnswer, encodeCommand, type Terminal, type Wire } from '../../impl/index.ts'
import { deframer, frame } from '../../impl/tls/index.ts'
import type { Adapter } from './world.ts'

export const plainTerminal: Terminal = {
  accept: (_identity, inside, client) => {
    const received = deframer(command => {
      const answer = inside.perform(command)
      if (answer === null) client.end()
      else client.send(frame(answer))
    })
    return { send: received, end: inside.closed }
  },
}

export const plainAdapter: Adapter = {
  name: 'TLS',
  open: async (hsm, _peer, tap = carry => carry) => {
    const ends: { there?: Wire | null } = {}
    const conversation = converseOver(
      command => ends.there?.send(frame(encodeCommand(command))),
      () => ends.there?.end(),
    )
    const received = deframer(message => conversation.received(decodeAnswer(message)))
    const carry = tap(client => hsm.connect(client, () => undefined))
    ends.there = carry({ send: received, end: conversation.ended })
    return { ok: true, value: conversation.channel }
  },
}
