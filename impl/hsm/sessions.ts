/** The HSM's end of the channel: it agrees on keys with clients, and opens and seals the records of a session. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { clean, equalBytes } from '@noble/ciphers/utils.js'
import { recordNonce, signEphemeral, type Agreement, type RecordCipher } from './channel.ts'
import type { Certificates } from './contents.ts'
import type { Draw } from './drbg.ts'
import type { Mode } from './encoding.ts'
import type { Ephemeral, Session, UnitState } from './unit.ts'
import { decodeCommand, encodeAnswer, type Answer, type Command } from './wire.ts'

/** Older sessions are dropped. */
export const MAX_SESSIONS = 64
const EMPTY = new Uint8Array(0)

/** A new one at each boot, and never in a backup: a recorded session is of no use elsewhere. */
export const newEphemeral = (draw: Draw): Ephemeral => {
  const secret = draw(32)
  return { secret, shown: hmac(sha256, secret, utf8ToBytes('shown')), certificate: null, signature: EMPTY }
}

/** The ideal key exchange: the client is handed the key, with the signature by which it knows the HSM. */
export const agree = (
  unit: UnitState,
  mode: Mode,
  nonce: Uint8Array,
): { readonly unit: UnitState; readonly agreement: Agreement } | null => {
  if (unit.ephemeral === null || unit.contents === null) return null
  const ephemeral = signed(unit.ephemeral, unit.contents.certificates, mode)
  const session = unit.agreed
  const key = hmac(sha256, ephemeral.secret, concatBytes(numbered(session), nonce))
  const { shown, signature } = ephemeral
  const certificate = ephemeral.certificate ?? EMPTY
  return {
    unit: openSession({ ...unit, ephemeral }, key).unit,
    agreement: { session, key, certificate, mode, ephemeral: shown, signature },
  }
}

/** A session whose key nobody is told: another channel's, which has keys of its own. */
export const openSession = (
  unit: UnitState,
  key: Uint8Array,
): { readonly unit: UnitState; readonly session: number } => {
  const session = unit.agreed
  const sessions = [...unit.sessions, { id: session, key, answered: 0 }].slice(-MAX_SESSIONS)
  return { unit: { ...unit, agreed: session + 1, sessions }, session }
}

/** Signs once for each certificate, since a signature costs a millisecond. */
const signed = (ephemeral: Ephemeral, certificates: Certificates | null, mode: Mode): Ephemeral => {
  const certificate = certificates?.certificate ?? EMPTY
  if (certificates === null || certificate.length === 0) return { ...ephemeral, certificate: null, signature: EMPTY }
  if (ephemeral.certificate !== null && equalBytes(ephemeral.certificate, certificate)) return ephemeral
  return { ...ephemeral, certificate, signature: signEphemeral(certificates, ephemeral.shown, mode) }
}

/** The command in a record, or null for what is not the session's next record. §channel.sealed */
export const openCommand = (records: RecordCipher, session: Session, record: Uint8Array): Command | null => {
  const plaintext = records.open(session.key, recordNonce('command', session.answered), record)
  if (plaintext === null) return null
  const command = decodeCommand(plaintext)
  clean(plaintext)
  return command
}

/** §channel.sealed */
export const sealAnswer = (records: RecordCipher, session: Session, answer: Answer): Uint8Array =>
  records.seal(session.key, recordNonce('answer', session.answered), encodeAnswer(answer))

export const countAnswer = (unit: UnitState, session: Session): UnitState => ({
  ...unit,
  sessions: unit.sessions.map(open => (open === session ? { ...open, answered: open.answered + 1 } : open)),
})

const numbered = (n: number): Uint8Array => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(n))
  return bytes
}
