/** The client's end of TLS 1.3: it makes sure whose the HSM is, by the clock that it was given, before it sends anything. */
import { connect, type TLSSocket } from 'node:tls'
import {
  accepted,
  decodeAnswer,
  encodeCommand,
  refused,
  type CertificateCodec,
  type Mode,
  type Outcome,
} from '../hsm/index.ts'
import { converseOver, isPinned, type Carry, type Channel, type ChannelCode, type Peer } from '../client/index.ts'
import { deframer, frame } from './frames.ts'
import { decodeGreeting } from './greeting.ts'
import { PROTOCOL } from './protocol.ts'
import { streamOver } from './stream.ts'

/** The collaborators of the client's end, each replaceable by itself. */
export interface TlsClientParts {
  /** Whether the certificate that the HSM has proved to hold the key of is one of the peer's. */
  readonly isTrusted: (certificate: Uint8Array, peer: Peer) => boolean
  /** Whether it is in the mode that is asked for. §client.certificate */
  readonly isInMode: (mode: Mode | null, peer: Peer) => boolean
}

/** Certificates are read and judged by this codec, which has the clock. */
export const tlsClientParts = (codec: CertificateCodec): TlsClientParts => ({
  // §client.authority §client.expired §client.selfsigned §client.pin
  isTrusted: (certificate, peer) => {
    const key = codec.keyUnder(peer.anchor, certificate)
    return key !== null && isPinned(key, peer)
  },
  isInMode: (mode, peer) => mode === peer.mode,
})

/** TLS's own errors that say of the other end that it has not proved whose it is. §client.possession */
const UNPROVEN = /SIGNATURE|CERT/

/**
 * A way to the HSM behind the bytes that are carried. Node's own check of certificates is off, since it goes by the machine's clock
 * and knows no pin; that the HSM holds the certificate's key is proved by TLS itself.
 */
export const openTls =
  (carry: Carry, parts: TlsClientParts) =>
  (peer: Peer): Promise<Outcome<Channel, ChannelCode>> => {
    const stream = streamOver(carry)
    if (stream === null) return Promise.resolve(refused('UNAVAILABLE'))
    const socket = connect({ socket: stream, rejectUnauthorized: false, ...PROTOCOL })
    socket.on('close', () => stream.destroy())
    return opened(socket, parts, peer)
  }

const opened = (socket: TLSSocket, parts: TlsClientParts, peer: Peer): Promise<Outcome<Channel, ChannelCode>> =>
  new Promise(resolve => {
    const refuse = (code: ChannelCode): void => {
      resolve(refused(code))
      socket.destroy()
    }
    const conversation = converseOver(
      command => void socket.write(frame(encodeCommand(command))),
      () => socket.destroy(),
    )
    let isGreeted = false
    const received = deframer(message => {
      if (isGreeted) return conversation.received(decodeAnswer(message))
      if (!parts.isInMode(decodeGreeting(message), peer)) return refuse('CERTIFICATE')
      isGreeted = true
      resolve(accepted(conversation.channel))
    })
    let isTrusted = false
    socket.on('secureConnect', () => {
      const shown = socket.getPeerX509Certificate()
      isTrusted = shown !== undefined && parts.isTrusted(Uint8Array.from(shown.raw), peer)
      if (!isTrusted) refuse('CERTIFICATE')
    })
    socket.on('data', (bytes: Buffer) => {
      if (isTrusted && !received(bytes)) socket.destroy()
    })
    socket.on('error', ({ code = '' }: NodeJS.ErrnoException) =>
      refuse(UNPROVEN.test(code) ? 'CERTIFICATE' : 'UNAVAILABLE'),
    )
    socket.on('end', () => socket.destroy())
    socket.on('close', () => {
      resolve(refused('UNAVAILABLE'))
      conversation.ended()
    })
  })
