/**
 * The channel between a client and an HSM. Its key exchange is ideal: both get the key and nobody else learns it. All else
 * is real: the HSM signs its ephemeral with the cluster's key, and every command and answer is an AES-256-GCM record.
 */
import { gcm } from '@noble/ciphers/aes.js'
import { clean } from '@noble/ciphers/utils.js'
import { encodeValue } from './cbor.ts'
import { cborCodec, type CertificateCodec } from './certificate.ts'
import type { Mode } from './encoding.ts'
import { sign, verify, type KeyPair } from './signature.ts'
import { encodeCommand, decodeAnswer, type Answer, type Command } from './wire.ts'

/** Authenticated encryption of one record under a nonce of 12 bytes; `open` answers null when the tag is wrong. */
export interface RecordCipher {
  seal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array
  open(key: Uint8Array, nonce: Uint8Array, record: Uint8Array): Uint8Array | null
}

// §channel.sealed
export const records: RecordCipher = {
  seal: (key, nonce, plaintext) => gcm(key, nonce).encrypt(plaintext),
  open: (key, nonce, record) => {
    try {
      return gcm(key, nonce).decrypt(record)
    } catch {
      return null
    }
  },
}

/** What stands for a channel key outside of HSMs: nothing can be read off it. §boundary.objects */
export interface ChannelKey {
  readonly kind: 'channel key'
}

const unclaimed = new WeakMap<ChannelKey, Uint8Array>()

/** Keeps a copy of 32 bytes for the client that claims it first. */
export const concealKey = (key: Uint8Array): ChannelKey => {
  const handle: ChannelKey = Object.freeze({ kind: 'channel key' })
  unclaimed.set(handle, key.slice())
  return handle
}

const claimKey = (handle: ChannelKey): Uint8Array => {
  const key = unclaimed.get(handle)
  if (key === undefined) throw new Error('expected a channel key that nobody has claimed')
  unclaimed.delete(handle)
  return key
}

/** What a client gets out of the ideal exchange. It could be shown to anyone: the key is the client's that opens its end of the channel. */
export interface Agreement {
  readonly session: number
  readonly key: ChannelKey
  /** The cluster certificate that the HSM presents; empty when it has none. */
  readonly certificate: Uint8Array
  readonly mode: Mode
  /** The HSM's own, of 32 bytes, for as long as it runs. */
  readonly ephemeral: Uint8Array
  /** By the cluster's key, over the ephemeral and the mode; empty without certificate. */
  readonly signature: Uint8Array
}

const transcript = (ephemeral: Uint8Array, mode: Mode): Uint8Array => encodeValue(['cloudhsm-channel', ephemeral, mode])

export const signEphemeral = (pair: KeyPair, ephemeral: Uint8Array, mode: Mode): Uint8Array =>
  sign(pair, transcript(ephemeral, mode))

/** The key of the HSM's certificate, if the authority vouches for it and the HSM has shown that it holds it; null otherwise. */
export const keyOfPeer = (
  agreement: Pick<Agreement, 'certificate' | 'ephemeral' | 'mode' | 'signature'>,
  anchor: Uint8Array,
  codec: CertificateCodec = cborCodec,
): Uint8Array | null => {
  const certified = codec.keyUnder(anchor, agreement.certificate) // §client.authority §client.expired
  if (certified === null) return null
  const shown = transcript(agreement.ephemeral, agreement.mode)
  return verify(certified, shown, agreement.signature) ? certified : null // §client.possession
}

/** Whether the HSM holds the key of a certificate that the customer's authority signed. */
export const verifyAgreement = (...asked: Parameters<typeof keyOfPeer>): boolean => keyOfPeer(...asked) !== null

/** Nonces are a direction and a counter: no pair of key and nonce occurs twice. */
export const recordNonce = (direction: 'command' | 'answer', counter: number): Uint8Array => {
  const nonce = new Uint8Array(12)
  const view = new DataView(nonce.buffer)
  view.setUint32(0, direction === 'command' ? 1 : 2)
  view.setBigUint64(4, BigInt(counter))
  return nonce
}

/** The client's end of a session: a command out, its answer in, then the next. */
export interface ClientChannel {
  request(command: Command): Uint8Array
  /** Null when the record is not the answer to the last request. */
  answer(record: Uint8Array): Answer | null
  /** Wipes the key. */
  close(): void
}

/** The client's end, once for each agreement. Throws where the key was claimed before. */
export const openClientChannel = (agreement: Agreement, cipher: RecordCipher = records): ClientChannel => {
  const key = claimKey(agreement.key)
  let sent = 0
  return {
    request: command => {
      const plaintext = encodeCommand(command)
      const record = cipher.seal(key, recordNonce('command', sent++), plaintext)
      clean(plaintext) // §boundary.wiped
      return record
    },
    answer: record => {
      const plaintext = cipher.open(key, recordNonce('answer', sent - 1), record)
      return plaintext === null ? null : decodeAnswer(plaintext)
    },
    close: () => clean(key), // §boundary.wiped
  }
}
