/** All that the channel is made of, each part of which a fault can replace. */
import {
  createFactory,
  defaultParts,
  isPeer,
  records,
  type Attester,
  type CertificateCodec,
  type Factory,
  type Terminal,
} from '../../impl/index.ts'
import { tlsClientParts, tlsTerminal, type TlsClientParts } from '../../impl/tls/index.ts'
import {
  attestationParts,
  chainParts,
  x509Codec,
  type AttestationParts,
  type ChainParts,
} from '../../impl/x509/index.ts'
import { attester, entropy, idealBy, now, tlsBy, type Adapter } from './world.ts'

export interface Replaced {
  /** How both clients and the service judge chains. */
  readonly chain?: Partial<ChainParts>
  readonly codec?: Partial<CertificateCodec>
  /** The client of the ideal channel. */
  readonly isTrusted?: typeof isPeer
  /** Both ends of the ideal channel. */
  readonly records?: typeof records
  /** The client of TLS. */
  readonly tls?: (parts: TlsClientParts) => Partial<TlsClientParts>
  /** The HSM's end of TLS. */
  readonly terminal?: Terminal
  /** Who certifies hardware. */
  readonly attester?: Partial<Attester>
  /** What a customer makes sure of. */
  readonly attestation?: Partial<AttestationParts>
}

export interface Places {
  readonly adapters: readonly Adapter[]
  readonly codec: CertificateCodec
  readonly factory: Factory
  readonly attestation: AttestationParts
}

/** The same with nothing replaced, unless it is said. */
export const placesWith = (replaced: Replaced = {}): Places => {
  const codec = { ...x509Codec({ now, parts: { ...chainParts, ...replaced.chain } }), ...replaced.codec }
  const parts = tlsClientParts(codec)
  const cipher = replaced.records ?? records
  return {
    adapters: [idealBy(codec, replaced.isTrusted, cipher), tlsBy({ ...parts, ...replaced.tls?.(parts) })],
    codec,
    factory: createFactory(
      entropy(1_000_000),
      { ...defaultParts, records: cipher },
      { codec, attester: { ...attester, ...replaced.attester }, terminal: replaced.terminal ?? tlsTerminal() },
    ),
    attestation: { ...attestationParts, ...replaced.attestation },
  }
}
