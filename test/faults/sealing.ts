/** HSMs that break a clause about how a backup is made, and what it carries. */
import { gcm } from '@noble/ciphers/aes.js'
import { equalBytes } from '@noble/ciphers/utils.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { defaultParts, instantiate } from '../../impl/index.ts'
import { inHsm, type Fault } from './fault.ts'

const { bulk } = defaultParts
const EMPTY = new Uint8Array(0)
const TAG_LENGTH = 16
const CHECK_LENGTH = 8

/** Authenticates and does not encrypt. */
const tagOf = (key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, plaintext: Uint8Array): Uint8Array =>
  gcm(key, nonce, concatBytes(associated, plaintext)).encrypt(EMPTY)

const checkOf = (wrappingKey: Uint8Array, key: Uint8Array): Uint8Array =>
  hmac(sha256, wrappingKey, key).subarray(0, CHECK_LENGTH)

export const sealingFaults: readonly Fault[] = [
  inHsm('§backup.bek', 'keeps one BEK and one nonce for all backups', {
    drawBek: () => new Uint8Array(32).fill(0x42),
    drawNonce: () => new Uint8Array(12).fill(0x24),
  }),
  inHsm('§backup.generator', "takes the generator's state along in a backup", {
    // What stands first in a backup are the officer's name and verifier, which no later write changes.
    generatorAfterRestore: (_, plaintext) => instantiate(plaintext.slice(1, 33), EMPTY),
  }),
  inHsm('§backup.sealed', 'authenticates the contents of a backup and does not encrypt them', {
    bulk: {
      seal: (key, nonce, associated, plaintext) => concatBytes(plaintext, tagOf(key, nonce, associated, plaintext)),
      open: (key, nonce, associated, sealed) => {
        const plaintext = sealed.slice(0, -TAG_LENGTH)
        return equalBytes(tagOf(key, nonce, associated, plaintext), sealed.slice(-TAG_LENGTH)) ? plaintext : null
      },
    },
  }),
  inHsm('§backup.wrapped', 'hands the BEK over with a checksum under PBK in place of being wrapped', {
    keyWrap: {
      wrap: (wrappingKey, key) => concatBytes(key, checkOf(wrappingKey, key)),
      unwrap: (wrappingKey, wrapped) => {
        const key = wrapped.slice(0, -CHECK_LENGTH)
        return equalBytes(checkOf(wrappingKey, key), wrapped.slice(-CHECK_LENGTH)) ? key : null
      },
    },
  }),
  inHsm('§boundary.candidates', 'encrypts a backup under a hash of its header, whatever it wraps', {
    bulk: {
      seal: (_, nonce, header, plaintext) => bulk.seal(sha256(header), nonce, header, plaintext),
      open: (_, nonce, header, sealed) => bulk.open(sha256(header), nonce, header, sealed),
    },
  }),
  inHsm('§contents.users', 'leaves crypto users out of a backup', {
    snapshotUsers: ({ users }) => users.filter(({ role }) => role !== 'CU'),
  }),
  inHsm('§contents.keys', 'leaves the values of keys out of a backup', {
    snapshotKeys: ({ keys }) => keys.map(key => ({ ...key, value: new Uint8Array(32) })),
  }),
  inHsm('§contents.certificates', 'leaves the cluster certificate out of a backup', {
    snapshotCertificates: ({ certificates }) =>
      certificates === null ? null : { ...certificates, certificate: EMPTY },
  }),
  inHsm('§contents.policies', 'counts a backup as a change of the policy', {
    snapshotPolicies: ({ policies }) => policies + 1,
  }),
  inHsm('§contents.quorum', 'asks for one approval more after a restore', {
    snapshotQuorum: ({ quorum }) => quorum + 1,
  }),
  inHsm('§contents.configuration', 'leaves the configuration out of a backup', {
    snapshotConfiguration: () => ({ label: '' }),
  }),
]
