/**
 * The door for a channel whose records are not this HSM's own, such as TLS: its HSM end is built into the unit, inside the boundary,
 * and the service carries bytes.
 */
import { signerOf, type CertificateCodec } from './certificate.ts'
import type { Certificates } from './contents.ts'
import type { Mode } from './encoding.ts'
import { decodeCommand, encodeAnswer, type Answer, type Command } from './wire.ts'

/** A way for bytes to one end of a channel. */
export interface Wire {
  /** Hands over bytes that come from the other end. */
  send(bytes: Uint8Array): void
  /** Nothing more comes from there. */
  end(): void
}

/** What an HSM shows on a channel, and the key by which it proves that it may. It is handed to the terminal and to nobody else. */
export interface Identity {
  /** 32 bytes, P-256. */
  readonly privateKey: Uint8Array
  readonly publicKey: Uint8Array
  readonly certificate: Uint8Array
  readonly mode: Mode
}

/** What the terminal asks of the HSM. */
export interface Inside {
  /** The encoded answer to an encoded command; null where nothing more is answered. */
  perform(command: Uint8Array): Uint8Array | null
  /** The channel is over. */
  closed(): void
}

/** The HSM's end of a channel: a way there for a client, given the way back. */
export interface Terminal {
  accept(identity: Identity, inside: Inside, client: Wire): Wire
}

/** An HSM that has no certificate yet shows one by itself, in which nobody else has a part. */
export const identityOf = (codec: CertificateCodec, certificates: Certificates, mode: Mode): Identity => {
  const { privateKey, publicKey, certificate } = certificates
  const own = certificate.length > 0 ? certificate : codec.issue(signerOf({ privateKey, publicKey }), publicKey)
  return { privateKey, publicKey, certificate: own, mode }
}

/** The encoded answer to an encoded command, where `done` does it; null for what is no command. */
export const performEncoded = (command: Uint8Array, done: (command: Command) => Answer | null): Uint8Array | null => {
  const decoded = decodeCommand(command)
  const answer = decoded === null ? null : done(decoded)
  return answer === null ? null : encodeAnswer(answer)
}
