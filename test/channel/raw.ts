/** A client of Node's own TLS, for what the adapter's client would never offer. */
import { connect, createSecureContext, type ConnectionOptions, type SecureContext } from 'node:tls'
import type { Hsm, Terminal } from '../../impl/index.ts'
import { PROTOCOL, pemOf, streamOver, terminalParts, tlsTerminal } from '../../impl/tls/index.ts'
import { toPem } from '../../impl/x509/index.ts'

/** What came of a handshake: what it was, and what the HSM gave for the next. */
export interface Shaken {
  readonly protocol: string | null
  readonly cipher: string
  readonly isReused: boolean
  readonly tickets: readonly Buffer[]
}

/** The code of its error where it fails. */
export const shake = (hsm: Hsm, options: ConnectionOptions = {}): Promise<Shaken | string> =>
  new Promise((shaken, fail) => {
    const stream = streamOver(client => hsm.connect(client, () => undefined))
    if (stream === null) return fail(new Error('expected a way to the HSM, got none'))
    const socket = connect({ socket: stream, rejectUnauthorized: false, ...options })
    const tickets: Buffer[] = []
    socket.on('session', ticket => tickets.push(ticket))
    // The greeting comes after the tickets.
    socket.on('data', () => {
      const { name } = socket.getCipher()
      shaken({ protocol: socket.getProtocol(), cipher: name, isReused: socket.isSessionReused(), tickets })
      socket.destroy()
    })
    socket.on('error', ({ code = 'no code' }: NodeJS.ErrnoException) => shaken(code))
    socket.on('close', () => shaken('closed'))
  })

/** An HSM's end as Node's own defaults have it: one context for all channels, which issues tickets and takes them. */
export const resumingTerminal = (): Terminal => {
  let kept: SecureContext | null = null
  return tlsTerminal({
    ...terminalParts,
    contextOf: identity => {
      const cert = toPem('CERTIFICATE', identity.certificate)
      kept ??= createSecureContext({ ...PROTOCOL, key: pemOf(identity), cert })
      return kept
    },
  })
}
