/** HSMs that are not what they show: with the certificate of another, or of nobody. */
import { createPrivateKey } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import type { Hsm } from '../../impl/index.ts'
import { PROTOCOL, pemOf, tlsTerminal, terminalParts } from '../../impl/tls/index.ts'
import { coordinatesOf, toPem } from '../../impl/x509/index.ts'
import { authority, codec, initialised, manufacturer, type Adapter, type Opened } from './world.ts'

/** The point of a P-256 key, uncompressed: the last bytes of SEC1's encoding. */
const POINT = 65
const WIDTH = 64

/**
 * A private key under another's public key, in PEM: OpenSSL believes the point that stands beside a private key, so with this a peer
 * can show a certificate without having its key.
 */
const mixedPem = (privatePem: string, publicKey: Uint8Array): string => {
  const own = createPrivateKey(privatePem).export({ type: 'sec1', format: 'der' })
  const { x, y } = coordinatesOf(publicKey)
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  const der = Buffer.concat([own.subarray(0, own.length - POINT), point])
  const lines = der.toString('base64').match(new RegExp(`.{1,${WIDTH}}`, 'g')) ?? []
  return ['-----BEGIN EC PRIVATE KEY-----', ...lines, '-----END EC PRIVATE KEY-----', ''].join('\n')
}

/** An HSM with a key of its own that shows the certificate of another. */
export const impostorOf = (original: Hsm, n: number): Hsm => {
  const certificate = original.certificate()
  const publicKey = codec.keyIn(certificate) ?? new Uint8Array(0)
  const terminal = tlsTerminal({
    ...terminalParts,
    contextOf: identity =>
      createSecureContext({
        ...PROTOCOL,
        key: mixedPem(pemOf(identity), publicKey),
        cert: toPem('CERTIFICATE', certificate),
      }),
  })
  return initialised(n, authority, manufacturer(terminal))
}

/** A channel to an impostor: on the ideal adapter it shows the other's certificate, and signs with its own key. */
export const openImpostor = ({ name, open }: Adapter, original: Hsm, impostor: Hsm): Opened => {
  const agree: Hsm['agree'] = nonce => {
    const agreement = impostor.agree(nonce)
    return agreement && { ...agreement, certificate: original.certificate() }
  }
  return open(name === 'TLS' ? impostor : { ...impostor, agree })
}
