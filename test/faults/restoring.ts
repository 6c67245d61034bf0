/** HSMs that break a clause about what is checked of a backup, and what a restore does. */
import { ctr, gcm } from '@noble/ciphers/aes.js'
import { equalBytes } from '@noble/ciphers/utils.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { defaultParts } from '../../impl/index.ts'
import type { Contents } from '../../impl/hsm/seams.ts'
import { inHsm, type Fault } from './fault.ts'

const EMPTY = new Uint8Array(0)
const TAG_LENGTH = 16
/** Where GCM with a nonce of 12 bytes begins to count for its keystream. */
const FIRST_COUNTER = Uint8Array.of(0, 0, 0, 2)

/** A key that is the same everywhere, and none that anybody would try. */
const SHARED = Uint8Array.from({ length: 32 }, (_, at) => (at * 37 + 11) % 256)

/** GCM that authenticates the header and not the contents. */
const headerOnly = {
  encrypt: (key: Uint8Array, nonce: Uint8Array, bytes: Uint8Array): Uint8Array =>
    ctr(key, concatBytes(nonce, FIRST_COUNTER)).encrypt(bytes),
  tag: (key: Uint8Array, nonce: Uint8Array, associated: Uint8Array): Uint8Array =>
    gcm(key, nonce, associated).encrypt(EMPTY),
}

const withLastBitFlipped = (bytes: Uint8Array): Uint8Array =>
  bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte))

const addedInFront = (users: Contents['users'], user: Contents['users'][number]): Contents['users'] => [
  user,
  ...users.filter(({ name }) => name !== user.name),
]

export const restoringFaults: readonly Fault[] = [
  inHsm('§restore.format', 'fills up a backup that was cut short', {
    format: {
      ...defaultParts.format,
      parse: bytes =>
        defaultParts.format.parse(bytes) ?? defaultParts.format.parse(concatBytes(bytes, Uint8Array.of(0))),
    },
  }),
  inHsm('§restore.mode', 'does not look at the mode that a backup is labelled with', { checkMode: () => true }),
  inHsm('§restore.type', 'does not look at the line that a backup is labelled with', { checkType: () => true }),
  inHsm('§restore.unwrap', 'repairs a wrapped BEK of which a bit was altered', {
    keyWrap: {
      ...defaultParts.keyWrap,
      unwrap: (key, wrapped) =>
        defaultParts.keyWrap.unwrap(key, wrapped) ?? defaultParts.keyWrap.unwrap(key, withLastBitFlipped(wrapped)),
    },
  }),
  inHsm('§restore.header', 'does not authenticate the header of a backup', { associatedData: () => EMPTY }),
  inHsm('§restore.seal', 'does not authenticate the contents of a backup', {
    bulk: {
      seal: (key, nonce, associated, plaintext) =>
        concatBytes(headerOnly.encrypt(key, nonce, plaintext), headerOnly.tag(key, nonce, associated)),
      open: (key, nonce, associated, sealed) =>
        equalBytes(headerOnly.tag(key, nonce, associated), sealed.slice(-TAG_LENGTH))
          ? headerOnly.encrypt(key, nonce, sealed.slice(0, -TAG_LENGTH))
          : null,
    },
  }),
  inHsm('§restore.splice', 'encrypts every backup under one key that all HSMs share, and only carries a BEK', {
    bulk: {
      seal: (_, nonce, associated, plaintext) => defaultParts.bulk.seal(SHARED, nonce, associated, plaintext),
      open: (_, nonce, associated, sealed) => defaultParts.bulk.open(SHARED, nonce, associated, sealed),
    },
  }),
  inHsm('§restore.atomic', 'clears its contents before it checks a backup', {
    contentsAfterRestore: (_, opened) => (opened.ok ? opened.value : null),
  }),
  inHsm('§restore.exact', 'adds the users of a backup one by one to those that it has', {
    contentsAfterRestore: (current, opened) => {
      if (!opened.ok) return current
      if (current === null) return opened.value
      return { ...opened.value, users: opened.value.users.reduce(addedInFront, current.users) }
    },
  }),
]
