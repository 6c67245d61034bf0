/** The HSM's end of the channel: it agrees on keys with clients, and opens and seals the records of a session. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { clean, equalBytes } from '@noble/ciphers/utils.js'
import { concealKey, recordNonce, signEphemeral, type Agreement } from './channel.ts'
import type { Certificates } from './contents.ts'
import type { Draw } from './drbg.ts'
import type { Mode } from './encoding.ts'
import type { Parts } from './seams.ts'
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

/** The key of a session: 32 bytes, of the HSM's own secret, the session's number and the client's nonce. §boundary.nonce */
export const sessionKey = (secret: Uint8Array, session: number, nonce: Uint8Array): Uint8Array =>
  hmac(sha256, secret, concatBytes(numbered(session), nonce))

/** The ideal key exchange: the client is handed the key, with the signature by which it knows the HSM. */
export const agree = (
  parts: Pick<Parts, 'sessionKey'>,
  unit: UnitState,
  mode: Mode,
  nonce: Uint8Array,
): { readonly unit: UnitState; readonly agreement: Agreement } | null => {
  if (unit.ephemeral === null || unit.contents === null) return null
  const ephemeral = signed(unit.ephemeral, unit.contents.certificates, mode)
  const session = unit.agreed
  const key = parts.sessionKey(ephemeral.secret, session, nonce)
  const { shown, signature } = ephemeral
  const certificate = ephemeral.certificate ?? EMPTY
  return {
    unit: openSession({ ...unit, ephemeral }, key).unit,
    agreement: { session, key: concealKey(key), certificate, mode, ephemeral: shown, signature },
  }
}

/** A session whose key nobody is told: another channel's, which has keys of its own. */
export const openSession = (
  unit: UnitState,
  key: Uint8Array,
): { readonly unit: UnitState; readonly session: number } => {
  const session = unit.agreed
  const sessions = [...unit.sessions, { id: session, key, answered: 0 }]
  wipeKeys(sessions.slice(0, -MAX_SESSIONS)) // §boundary.wiped
  return { unit: { ...unit, agreed: session + 1, sessions: sessions.slice(-MAX_SESSIONS) }, session }
}

/** Signs once for each certificate, since a signature costs a millisecond. */
const signed = (ephemeral: Ephemeral, certificates: Certificates | null, mode: Mode): Ephemeral => {
  const certificate = certificates?.certificate ?? EMPTY
  if (certificates === null || certificate.length === 0) return { ...ephemeral, certificate: null, signature: EMPTY }
  if (ephemeral.certificate !== null && equalBytes(ephemeral.certificate, certificate)) return ephemeral
  return { ...ephemeral, certificate, signature: signEphemeral(certificates, ephemeral.shown, mode) }
}

type Ciphers = Pick<Parts, 'records' | 'noteSealing'>

/** The command in a record, or null for what is not the session's next record. §channel.sealed */
export const openCommand = (parts: Ciphers, session: Session, record: Uint8Array): Command | null => {
  const nonce = recordNonce('command', session.answered)
  const plaintext = parts.records.open(session.key, nonce, record)
  if (plaintext === null) return null
  parts.noteSealing('record', session.key, nonce) // The client's, which has no ledger of its own.
  const command = decodeCommand(plaintext)
  clean(plaintext)
  return command
}

/** §channel.sealed */
export const sealAnswer = (parts: Ciphers, session: Session, answer: Answer): Uint8Array => {
  const nonce = recordNonce('answer', session.answered)
  const plaintext = encodeAnswer(answer)
  parts.noteSealing('record', session.key, nonce)
  const record = parts.records.seal(session.key, nonce, plaintext)
  clean(plaintext) // §boundary.wiped
  return record
}

export const countAnswer = (unit: UnitState, session: Session): UnitState => ({
  ...unit,
  sessions: unit.sessions.map(open => (open === session ? { ...open, answered: open.answered + 1 } : open)),
})

/** §boundary.wiped */
const wipeKeys = (sessions: readonly Session[]): void => clean(...sessions.map(({ key }) => key))

/** Without those sessions, whose keys are wiped. */
export const endSessions = (unit: UnitState, isOver: (session: Session) => boolean = () => true): UnitState => {
  wipeKeys(unit.sessions.filter(isOver))
  return { ...unit, sessions: unit.sessions.filter(session => !isOver(session)) }
}

/** Wipes what channels were agreed with, at reset. §boundary.wiped */
export const wipeSessions = ({ sessions, ephemeral }: Pick<UnitState, 'sessions' | 'ephemeral'>): void => {
  wipeKeys(sessions)
  if (ephemeral !== null) clean(ephemeral.secret)
}

const numbered = (n: number): Uint8Array => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(n))
  return bytes
}
