/**
 * Opening a backup: the checks in their order, and the first that fails names the refusal. None of them tells an old backup from
 * a new one, nor yesterday's passwords from today's. §adversary.rollback §adversary.replay §adversary.former
 */
import { clean } from '@noble/ciphers/utils.js'
import { decodeContents, type Contents } from './contents.ts'
import type { Line, Mode } from './encoding.ts'
import { accepted, refused, type Outcome, type RestoreCode } from './outcome.ts'
import { handleFor, unwrapWith, type Handle } from './rom.ts'
import type { Parts } from './seams.ts'

/** What the opening unit is: the mode its firmware says it is in (none before the first boot), its line, and the ROM's handles. */
export interface Opener {
  readonly mode: Mode | null
  readonly line: Line
  readonly handles: readonly Handle[]
}

/** What was opened, and a digestible form of it: the plaintext, which the caller wipes. */
export interface Opened {
  readonly contents: Contents
  readonly plaintext: Uint8Array
}

export const openBackup = (parts: Parts, opener: Opener, bytes: Uint8Array): Outcome<Opened, RestoreCode> => {
  const backup = parts.format.parse(bytes)
  if (backup === null) return refused('FORMAT')
  if (!parts.checkMode(backup.mode, opener.mode)) return refused('MODE')
  if (!parts.checkType(backup.line, opener.line)) return refused('TYPE')
  // The label selects a handle and is no input of any key.
  const handle = handleFor(opener.handles, backup.line)
  const bek = handle === undefined ? null : unwrapWith(parts.keyWrap, handle, backup.wrapped)
  if (bek === null) return refused('UNWRAP') // §restore.unwrap
  const plaintext = parts.bulk.open(bek, backup.nonce, parts.associatedData(backup.header), backup.sealed)
  clean(bek)
  if (plaintext === null) return refused('SEAL') // §restore.splice
  const contents = decodeContents(plaintext)
  if (contents !== null) return accepted({ contents, plaintext })
  clean(plaintext) // §boundary.wiped
  return refused('FORMAT')
}
