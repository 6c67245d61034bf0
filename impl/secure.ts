/** An account with the certificates and the channel of the real service: X.509 everywhere, hardware that attests, HSMs that speak TLS. */
import type { AccountOptions } from './account.ts'
import { defaultClientParts, isPeer } from './client/index.ts'
import { certifies, defaultParts, type CertificateCodec, type Terminal } from './hsm/index.ts'
import { defaultServiceParts } from './service/index.ts'
import { tlsTerminal } from './tls/index.ts'
import { x509Attester, x509Codec } from './x509/index.ts'

export interface SecureOptions {
  /** Seconds since the epoch. */
  readonly now: () => number
  readonly codec?: CertificateCodec
  readonly terminal?: Terminal
}

/** To be given to `createAccount`. */
export const secure = ({
  now,
  codec = x509Codec({ now }),
  terminal = tlsTerminal(),
}: SecureOptions): Required<Pick<AccountOptions, 'parts' | 'hardware'>> => ({
  hardware: { codec, terminal, attester: x509Attester({ now }) },
  parts: {
    hsm: defaultParts,
    // §cluster.initialize.certificate
    service: { ...defaultServiceParts, certifiesCsr: (signed, csr, anchor) => certifies(signed, csr, anchor, codec) },
    client: { ...defaultClientParts, isTrusted: (agreement, peer) => isPeer(agreement, peer, codec) }, // §client.certificate
  },
})
