/** The audit log: who did what, with which answer, under the names of CloudHSM's own log; never a secret. */
import { encodeValue } from './cbor.ts'
import type { CommandCode, RestoreCode } from './outcome.ts'
import type { Operation } from './wire.ts'

export type Opcode =
  | 'CN_INIT_DONE'
  | 'CN_CERT_AUTH_STORE_CERT'
  | 'CN_CHANGE_PSWD'
  | 'CN_LOGIN'
  | 'CN_CREATE_USER'
  | 'CN_DELETE_USER'
  | 'CN_GENERATE_KEY'
  | 'CN_TOMBSTONE_OBJECT'
  | 'CN_SET_POLICY'
  | 'CN_SET_M_VALUE'
  | 'CN_GET_TOKEN'
  | 'CN_APPROVE_TOKEN'
  | 'CN_DELETE_TOKEN'
  | 'CN_BACKUP_BEGIN'
  | 'CN_BACKUP_END'
  | 'CN_RESTORE_BEGIN'
  | 'CN_RESTORE_END'
  | 'CN_ZEROIZE'

/** One entry; `user` is empty for what the appliance does by itself. §leak.audit §leak.login */
export interface AuditEntry {
  readonly opcode: Opcode
  readonly user: string
  readonly response: 'SUCCESS' | CommandCode | RestoreCode
}

/** The log, newest entry first, so that copies of an HSM share what they have in common. */
export interface AuditLog {
  readonly sequence: number
  readonly entry: AuditEntry
  readonly earlier: AuditLog | null
}

/** The opcode of a command; using a key and looking at users or contents are not management, and not logged. */
export const opcodeOf: Readonly<Record<Operation, Opcode | null>> = {
  Activate: 'CN_CHANGE_PSWD',
  LogIn: 'CN_LOGIN',
  ListUsers: null,
  CreateUser: 'CN_CREATE_USER',
  ChangePassword: 'CN_CHANGE_PSWD',
  DeleteUser: 'CN_DELETE_USER',
  GenerateKey: 'CN_GENERATE_KEY',
  UseKey: null,
  FindKey: null,
  DeleteKey: 'CN_TOMBSTONE_OBJECT',
  Encrypt: null,
  Decrypt: null,
  SetPolicy: 'CN_SET_POLICY',
  SetQuorum: 'CN_SET_M_VALUE',
  QuorumToken: 'CN_GET_TOKEN',
  ApproveToken: 'CN_APPROVE_TOKEN',
  DeleteToken: 'CN_DELETE_TOKEN',
  ListTokens: null,
  Inspect: null,
}

export const encodeEntry = (sequence: number, entry: AuditEntry): Uint8Array =>
  encodeValue([sequence, entry.opcode, entry.user, entry.response])

export const append = (log: AuditLog | null, entry: AuditEntry): AuditLog => ({
  sequence: log === null ? 0 : log.sequence + 1,
  entry,
  earlier: log,
})

/** The entries from a sequence number on, oldest first. */
export const entriesSince = (log: AuditLog | null, sequence: number): readonly AuditLog[] => {
  const entries: AuditLog[] = []
  for (let at = log; at !== null && at.sequence >= sequence; at = at.earlier) entries.push(at)
  return entries.reverse()
}
