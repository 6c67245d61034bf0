/** Channels that are broken in one place, each with the clause whose check finds it; most of it shows in TLS or X.509 alone. */
import { createCipheriv } from 'node:crypto'
import { createSecureContext, type SecureContextOptions } from 'node:tls'
import { isPeer, isPinned, records, type Terminal } from '../../impl/index.ts'
import { PROTOCOL, pemOf, terminalParts, tlsTerminal } from '../../impl/tls/index.ts'
import { chainParts, toPem } from '../../impl/x509/index.ts'
import { placesWith, type Places, type Replaced } from './places.ts'
import { plainAdapter, plainTerminal } from './plain.ts'
import { resumingTerminal } from './raw.ts'
import { attester, codec } from './world.ts'

export interface ChannelFault {
  /** The clause that it breaks. */
  readonly clause: string
  /** What it does wrong, in a sentence. */
  readonly what: string
  readonly places: () => Places
}

const broken = (clause: string, what: string, replaced: Replaced): ChannelFault => ({
  clause,
  what,
  places: () => placesWith(replaced),
})

/** The HSM's end with other options than it should have. */
const offering = (options: SecureContextOptions): Terminal =>
  tlsTerminal({
    ...terminalParts,
    contextOf: identity =>
      createSecureContext({
        ...PROTOCOL,
        ...options,
        key: pemOf(identity),
        cert: toPem('CERTIFICATE', identity.certificate),
      }),
  })

const SAME = new Uint8Array(12)
const streamed = (key: Uint8Array, nonce: Uint8Array, text: Uint8Array): Uint8Array => {
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.concat([nonce, Buffer.alloc(4)]))
  return Uint8Array.from(Buffer.concat([cipher.update(text), cipher.final()]))
}

export const channelFaults: readonly ChannelFault[] = [
  {
    clause: '§channel.tls',
    what: 'frames commands and answers as TLS would, and encrypts nothing',
    places: () => {
      const places = placesWith({ terminal: plainTerminal })
      return { ...places, adapters: [...places.adapters.slice(0, 1), plainAdapter] }
    },
  },
  broken('§channel.version', 'speaks TLS 1.2 to whoever asks for it', {
    terminal: offering({ minVersion: 'TLSv1.2', ciphers: 'DEFAULT' }),
  }),
  broken('§channel.version', 'takes every cipher of TLS 1.3', {
    terminal: offering({ ciphers: 'TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256' }),
  }),
  broken('§channel.version', 'agrees on keys over a curve that FIPS 140-3 has not approved for it', {
    terminal: offering({ ecdhCurve: 'P-256:X25519' }),
  }),
  broken('§channel.fresh', 'resumes sessions', { terminal: resumingTerminal() }),
  broken('§channel.once', 'has one nonce for all records of a channel', {
    records: {
      seal: (key, _nonce, text) => records.seal(key, SAME, text),
      open: (key, _nonce, record) => records.open(key, SAME, record),
    },
  }),
  broken('§channel.once', 'encrypts records and does not authenticate them', {
    records: { seal: streamed, open: streamed },
  }),
  broken('§client.certificate', 'does not look at the mode that the HSM says it is in, in TLS', {
    tls: () => ({ isInMode: () => true }),
  }),
  broken('§client.authority', 'trusts every authority', { chain: { isIssuedBy: () => true } }),
  broken('§client.authority', 'looks at the names of issuers and not at signatures', {
    chain: { isIssuedBy: (certificate, issuer) => certificate.issuer !== certificate.subject && issuer.ca },
  }),
  broken('§client.authority', 'talks to an HSM whatever certificate it shows, in TLS', {
    tls: () => ({ isTrusted: () => true }),
  }),
  broken('§client.expired', 'does not look at the time of certificates', { chain: { isCurrent: () => true } }),
  broken('§client.expired', 'looks at the time of the authority alone', {
    chain: { isCurrent: (certificate, now) => !certificate.ca || chainParts.isCurrent(certificate, now) },
  }),
  broken('§client.expired', 'looks at the time of the HSM alone', {
    chain: { isCurrent: (certificate, now) => certificate.ca || chainParts.isCurrent(certificate, now) },
  }),
  broken('§client.selfsigned', 'takes what an HSM certifies by itself', {
    chain: {
      isIssuedBy: (certificate, issuer) =>
        chainParts.isIssuedBy(certificate, issuer) || certificate.verify(certificate.publicKey),
    },
  }),
  broken('§client.possession', 'does not ask for proof that the HSM has the key, on the ideal channel', {
    isTrusted: (agreement, peer) => {
      const key = codec.keyUnder(peer.anchor, agreement.certificate)
      return key !== null && agreement.mode === peer.mode && isPinned(key, peer)
    },
  }),
  broken('§client.pin', 'has a pin and does not look at it, on the ideal channel', {
    isTrusted: (agreement, { pin, ...peer }, by) => isPeer(agreement, peer, by),
  }),
  broken('§client.pin', 'has a pin and does not look at it, in TLS', {
    tls: ({ isTrusted }) => ({ isTrusted: (certificate, { pin, ...peer }) => isTrusted(certificate, peer) }),
  }),
  broken('§attest.chains', "asks for the manufacturer's chain alone", { attestation: { required: ['manufacturer'] } }),
  broken('§attest.key', 'does not compare the key of the HSM with that of the request', {
    attestation: { isOfRequest: () => true },
  }),
  broken('§attest.mode', 'does not compare the mode that the HSM states', { attestation: { isInMode: () => true } }),
  broken('§attest.mode', 'attests FIPS mode whatever the mode', {
    attester: { hsm: (hardware, publicKey) => attester.hsm(hardware, publicKey, 'FIPS') },
  }),
  broken('§certificate.request', 'certifies the key in a request whoever signed it', {
    codec: { readRequest: request => codec.readRequest(request) ?? new Uint8Array(33) },
  }),
]
