/** What an HSM gives to the others of its cluster and takes from them, sealed for HSMs of its kind: the service carries it. */
import { clean } from '@noble/ciphers/utils.js'
import { deletedBy, digestKey, type KeyDigests } from './change.ts'
import { digestContents, type Contents } from './contents.ts'
import type { NotOperational } from './hsm.ts'
import { openBackup, type Opener } from './open.ts'
import { accepted, refused, type Outcome, type RestoreCode } from './outcome.ts'
import type { Parts } from './seams.ts'
import type { UnitState } from './unit.ts'

/** The contents that a peer has sealed; null as the opener: it does not run. */
export const openPeer = (
  parts: Parts,
  opener: Opener | null,
  sealed: Uint8Array,
): Outcome<Contents, RestoreCode | NotOperational> => {
  if (opener === null) return refused('NOT_OPERATIONAL')
  const opened = openBackup(parts, opener, sealed)
  if (!opened.ok) return opened
  clean(opened.value.plaintext)
  return accepted(opened.value.contents)
}

/** A unit with contents that a peer had a part in. What is tied to users who are no more goes with them, as in a restore. */
const holding = (parts: Parts, unit: UnitState, contents: Contents): UnitState => ({
  ...unit,
  contents,
  failures: parts.failuresAfterRestore(unit.failures, contents),
  tokens: parts.tokensAfterRestore(unit.tokens, contents), // §quorum.deleted
})

/** Does a peer's write once more. §cluster.write */
export const afterRedo = (parts: Parts, unit: UnitState, before: Contents, after: Contents): UnitState =>
  unit.contents === null ? unit : holding(parts, unit, parts.redo(unit.contents, before, after))

/** Takes what a peer and the service know of keys. §sync.keys §sync.deleted */
export const afterKeys = (parts: Parts, unit: UnitState, peer: Contents, deleted: readonly string[]): UnitState => {
  if (unit.contents === null) return unit
  const tombstones = [...new Set([...unit.tombstones, ...deleted])]
  return { ...unit, contents: parts.withKeysOf(unit.contents, peer, tombstones), tombstones }
}

/** Remembers what a client's write changed. §sync.deleted */
export const afterWrite = (parts: Parts, unit: UnitState, before: Contents): UnitState =>
  unit.contents === null || unit.contents === before
    ? unit
    : { ...unit, before, tombstones: [...unit.tombstones, ...parts.tombstonesOf(deletedBy(before, unit.contents))] }

/** What is told of its keys to whoever asks. */
export const keyDigestsOf = ({ contents, tombstones }: UnitState): KeyDigests => ({
  held: contents?.keys.filter(({ token }) => token).map(digestKey) ?? [],
  deleted: tombstones,
})

export const digestBeforeOf = ({ before }: UnitState): string => (before === null ? '' : digestContents(before))
