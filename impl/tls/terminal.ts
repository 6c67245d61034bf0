/**
 * The HSM's end of TLS 1.3 (RFC 8446). It stands inside the boundary, built into the unit: the HSM hands it the cluster's private key,
 * and it hands that to Node's TLS and to nobody else.
 */
import { constants, createPrivateKey } from 'node:crypto'
import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls'
import type { Identity, Terminal, Wire } from '../hsm/index.ts'
import { coordinatesOf, toPem } from '../x509/index.ts'
import { deframer, frame } from './frames.ts'
import { encodeGreeting } from './greeting.ts'
import { PROTOCOL } from './protocol.ts'
import { streamOver } from './stream.ts'

/** The collaborators of the HSM's end, each replaceable by itself. */
export interface TerminalParts {
  /** What the HSM shows and proves, and the versions, ciphers and groups that it offers; made anew for each channel. §channel.fresh */
  readonly contextOf: (identity: Identity) => SecureContext
  /** The mode that it says it is in. §client.certificate */
  readonly modeOf: (identity: Identity) => Identity['mode']
}

/** In PEM: a string, which nothing can wipe; it lasts as long as the collector of garbage lets it. */
export const pemOf = ({ privateKey, publicKey }: Pick<Identity, 'privateKey' | 'publicKey'>): string => {
  const d = Buffer.from(privateKey).toString('base64url')
  const key = createPrivateKey({ key: { kty: 'EC', crv: 'P-256', d, ...coordinatesOf(publicKey) }, format: 'jwk' })
  return key.export({ type: 'pkcs8', format: 'pem' }) as string
}

export const terminalParts: TerminalParts = {
  // §channel.fresh §channel.version §channel.tls
  contextOf: identity =>
    createSecureContext({
      ...PROTOCOL,
      key: pemOf(identity),
      cert: toPem('CERTIFICATE', identity.certificate),
      secureOptions: constants.SSL_OP_NO_TICKET,
    }),
  modeOf: identity => identity.mode,
}

export const tlsTerminal = (parts: TerminalParts = terminalParts): Terminal => ({
  accept: (identity, inside, client) => {
    let near: Wire | null = null
    const stream = streamOver(wire => {
      near = wire
      return client
    })
    if (stream === null || near === null) throw new Error('expected a stream to the client, got none')
    const socket = new TLSSocket(stream, { isServer: true, secureContext: parts.contextOf(identity) })
    const received = deframer(command => {
      // What came in one piece with what ended the channel is not done any more.
      if (socket.destroyed) return
      const answer = inside.perform(command)
      if (answer === null) socket.destroy()
      else socket.write(frame(answer))
    })
    socket.on('secure', () => socket.write(frame(encodeGreeting(parts.modeOf(identity)))))
    socket.on('data', (bytes: Buffer) => {
      if (!received(bytes)) socket.destroy()
    })
    // A client that breaks off, or whatever an adversary puts in its place, is nobody to talk to any more.
    socket.on('error', () => socket.destroy())
    socket.on('end', () => socket.destroy())
    socket.on('close', () => {
      stream.destroy()
      inside.closed()
    })
    return near
  },
})
