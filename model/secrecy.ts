/** Who can read what has left a boundary: every item carries the names of the keys that it takes. */
import type { State } from './things.ts'

/** Something outside: the names of the keys that its text takes, and those that its BEK takes. */
export interface Outside {
  readonly under: readonly string[]
  readonly wrapped: readonly string[]
}

/** Whether it can be read with these keys: a BEK is held by whoever can unwrap it. */
export const readable = ({ under, wrapped }: Outside, held: readonly string[]): boolean => {
  const opens = wrapped.every(name => held.includes(name))
  return under.every(name => held.includes(name) || (name === 'BEK' && opens))
}

/** Names of the keys that the service holds: what its hardware has given away. */
export const heldByService = (state: State): readonly string[] => state.hardware.flatMap(({ context }) => context.held)

/** The backup in a slot, if it is in the archive, with the keys that it takes. */
export const archivedIn = ({ backup }: State, slot: number): readonly Outside[] => {
  const { value, context } = backup[slot] ?? {}
  if (context === undefined || (value !== 'READY' && value !== 'PENDING_DELETION')) return []
  return [{ under: context.sealedUnder, wrapped: context.wrappedUnder }]
}

/** The backups in the archive. */
export const archived = (state: State): readonly Outside[] => state.backup.flatMap((_, slot) => archivedIn(state, slot))
