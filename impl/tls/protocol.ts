/** What both ends of TLS offer each other, and nothing else. */
import type { SecureContextOptions } from 'node:tls'

/** TLS 1.3 alone, with algorithms that FIPS 140-3 approves: AES-256-GCM with SHA-384, ECDHE over P-256 or P-384. §channel.version */
export const PROTOCOL: SecureContextOptions = {
  minVersion: 'TLSv1.3',
  maxVersion: 'TLSv1.3',
  ciphers: 'TLS_AES_256_GCM_SHA384',
  ecdhCurve: 'P-256:P-384',
}
