/** The view: facts that rules may look at, each a fold over all slots in order, so that an explorer can keep them as numbers. */
import type { Local, NetworkState, Slots, Things } from './kind.ts'

/** A local state and where it is. */
export type Placed<T extends Things> = {
  [K in keyof T & string]: { readonly kind: K; readonly slot: number; readonly local: Local<T[K]> }
}[keyof T & string]

/** One fold for each focus (a cluster slot, say; a network without such things has one focus). Accumulators are plain data. */
export interface Fold<T extends Things, A, V> {
  /** How many focuses there are. */
  readonly focuses: (slots: Slots<T>) => number
  readonly initial: (focus: number) => A
  /** The accumulator after one more slot. */
  readonly add: (seen: A, placed: Placed<T>, focus: number) => A
  readonly result: (seen: A) => V
}

/** A fold whose accumulator nobody else looks into. */
export type View<T extends Things, V> = Fold<T, unknown, V>

/** Hides the accumulator's type. */
export const fold = <T extends Things, A, V>(parts: Fold<T, A, V>): View<T, V> => parts as unknown as View<T, V>

/** Every slot of a state, kinds in order. */
const placed = <T extends Things>(state: NetworkState<T>): readonly Placed<T>[] =>
  Object.keys(state).flatMap(kind =>
    (state[kind] as readonly Local[]).map((local, slot) => ({ kind, slot, local }) as unknown as Placed<T>),
  )

/** The view of a state: what each focus sees. */
export const look = <T extends Things, A, V>(
  { focuses, initial, add, result }: Fold<T, A, V>,
  state: NetworkState<T>,
): readonly V[] => {
  const slots = Object.fromEntries(
    Object.entries(state).map(([kind, locals]) => [kind, (locals as readonly []).length]),
  )
  const all = placed(state)
  return Array.from({ length: focuses(slots as Slots<T>) }, (_, focus) =>
    result(all.reduce((seen, one) => add(seen, one, focus), initial(focus))),
  )
}
