/** What an HSM takes from a peer whose contents it does not share: what a write changed there, or what is known of keys. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Contents, Key, User } from './contents.ts'

/** What may be known outside of the keys of an HSM: digests, in hex, of those that it holds and of those that it has deleted. */
export interface KeyDigests {
  readonly held: readonly string[]
  readonly deleted: readonly string[]
}

/** A digest of a key, which may leave the HSM: a key has 256 bits, so nothing can be guessed from it. */
export const digestKey = ({ value }: Key): string =>
  bytesToHex(sha256(concatBytes(utf8ToBytes('cloudhsm key digest'), value)))

const textOf = ({ verifier, publicKey }: User): string => [verifier?.salt, verifier?.hash, publicKey].join(' ')
/** Another password has another salt. */
const isSame = (one: User, other: User): boolean => one.role === other.role && textOf(one) === textOf(other)

/** Digests of the keys that a write deleted. §sync.deleted */
export const deletedBy = (before: Contents, after: Contents): readonly string[] => {
  const left = after.keys.map(digestKey)
  return before.keys.map(digestKey).filter(digest => !left.includes(digest))
}

/** A peer's write done once more on contents that are not the peer's: what it changed is changed, and nothing else. §cluster.write §sync.alike */
export const redo = (own: Contents, before: Contents, after: Contents): Contents => {
  const gone = before.users.filter(({ name }) => !after.users.some(user => user.name === name)).map(({ name }) => name)
  const given = after.users.filter(user => !before.users.some(was => was.name === user.name && isSame(was, user)))
  const kept = own.users.filter(({ name }) => !gone.includes(name))
  const added = given.filter(({ name }) => !kept.some(user => user.name === name))
  const deleted = deletedBy(before, after)
  const known = [...before.keys, ...own.keys].map(digestKey)
  const generated = after.keys.filter(key => !known.includes(digestKey(key)))
  return {
    ...own,
    users: [...kept.map(user => given.find(({ name }) => name === user.name) ?? user), ...added],
    keys: [...own.keys.filter(key => !deleted.includes(digestKey(key))), ...generated],
    policies: after.policies === before.policies ? own.policies : after.policies,
    quorum: after.quorum === before.quorum ? own.quorum : after.quorum,
  }
}

/** The contents with what a peer knows of keys: those that the peer holds come, those that somebody has deleted go. §sync.keys §sync.deleted §sync.users */
export const withKeysOf = (own: Contents, peer: Contents, deleted: readonly string[]): Contents => {
  const known = own.keys.map(digestKey)
  const brought = peer.keys.filter(key => key.token && !known.includes(digestKey(key)))
  return { ...own, keys: [...own.keys, ...brought].filter(key => !deleted.includes(digestKey(key))) }
}
