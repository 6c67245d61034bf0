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

/** The backups in the archive, each with the keys that it takes. */
export const archived = (state: State): readonly Outside[] =>
  state.backup.flatMap(({ value, context }) =>
    value === 'READY' || value === 'PENDING_DELETION'
      ? [{ under: context.sealedUnder, wrapped: context.wrappedUnder }]
      : [],
  )
