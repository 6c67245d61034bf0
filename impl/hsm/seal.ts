/** Making a backup: contents under a fresh BEK, the BEK under PBK, and nothing else leaves. */
import { gcm } from '@noble/ciphers/aes.js'
import { clean } from '@noble/ciphers/utils.js'
import { encodeContents, type Contents } from './contents.ts'
import type { Draw } from './drbg.ts'
import { encodeHeader, SNAPSHOT_LENGTH, type Line, type Mode } from './encoding.ts'
import type { Parts } from './seams.ts'

/** Authenticated encryption of a backup's contents; `open` answers null when the tag is wrong. */
export interface Bulk {
  seal(key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, plaintext: Uint8Array): Uint8Array
  open(key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, sealed: Uint8Array): Uint8Array | null
}

/** AES-256-GCM, SP 800-38D, with a tag of 16 bytes at the end. */
export const bulk: Bulk = {
  // §backup.sealed
  seal: (key, nonce, associated, plaintext) => gcm(key, nonce, associated).encrypt(plaintext),
  // §restore.seal
  open: (key, nonce, associated, sealed) => {
    try {
      return gcm(key, nonce, associated).decrypt(sealed)
    } catch {
      return null
    }
  },
}

/** What the sealing unit is: the mode it says it is in, its line, and its own wrapping key. */
export interface Sealer {
  readonly mode: Mode
  readonly line: Line
  readonly pbk: Uint8Array
}

/** Seals what leaves for another HSM. */
export const sealBackup = (parts: Parts, draw: Draw, sealer: Sealer, contents: Contents): Uint8Array => {
  const header = encodeHeader({ mode: sealer.mode, line: sealer.line, snapshot: draw(SNAPSHOT_LENGTH) })
  const bek = parts.drawBek(draw)
  const nonce = parts.drawNonce(draw)
  const plaintext = encodeContents(contents)
  parts.noteSealing('backup', bek, nonce)
  const sealed = parts.bulk.seal(bek, nonce, parts.associatedData(header), plaintext)
  // §backup.wrapped
  const wrapped = parts.keyWrap.wrap(sealer.pbk, bek)
  clean(bek, plaintext)
  return parts.format.encode({ header, wrapped, nonce, sealed })
}

/** What a backup carries of the contents. */
export const snapshotOf = (parts: Parts, contents: Contents): Contents => ({
  users: parts.snapshotUsers(contents),
  keys: parts.snapshotKeys(contents),
  certificates: parts.snapshotCertificates(contents),
  policies: parts.snapshotPolicies(contents),
  quorum: parts.snapshotQuorum(contents),
  configuration: parts.snapshotConfiguration(contents),
})

/** What an HSM gives to another of its cluster: everything but session keys. §hsm.join.sync §cluster.write */
export const synchronisedOf = (contents: Contents): Contents => ({
  ...contents,
  keys: contents.keys.filter(key => key.token),
})
