/** Edits of bytes, as data: what an editor that knows nothing of their form can do. */
import fc from 'fast-check'
import { match } from 'ts-pattern'

/** `at` and `count` are fractions of 2^16 of the length of what is edited. */
export type Edit =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'set' | 'insert'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'remove' | 'repeat' | 'zero'; readonly at: number; readonly count: number }
  | { readonly kind: 'cut' | 'rotate'; readonly at: number }
  | { readonly kind: 'extend'; readonly bytes: Uint8Array }
  | { readonly kind: 'exchange'; readonly at: number; readonly other: number; readonly count: number }

const FRACTION = 65_536
const fraction = fc.integer({ min: 0, max: FRACTION - 1 })
/** Mostly a few bytes, now and then many. */
const few = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 2048 }) }, { weight: 1, arbitrary: fraction })
const bytes = fc.uint8Array({ minLength: 1, maxLength: 24 })

/** Edits that keep the length. */
/** What keeps the length. */
const alike: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: fraction, bit: fc.integer({ min: 0, max: 7 }) }),
  fc.record({ kind: fc.constant('set' as const), at: fraction, bytes }),
  fc.record({ kind: fc.constant('zero' as const), at: fraction, count: few }),
  fc.record({ kind: fc.constant('rotate' as const), at: fraction }),
  fc.record({ kind: fc.constant('exchange' as const), at: fraction, other: fraction, count: few }),
)
const longerOrShorter: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), at: fraction, bytes }),
  fc.record({ kind: fc.constantFrom('remove' as const, 'repeat' as const), at: fraction, count: few }),
  fc.record({ kind: fc.constant('cut' as const), at: fraction }),
  fc.record({ kind: fc.constant('extend' as const), bytes }),
)

/** Mostly one that keeps the length, which is what gets furthest. */
export const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 4, arbitrary: alike },
  { weight: 1, arbitrary: longerOrShorter },
)

const placed = (length: number, at: number): number => Math.floor((at * length) / FRACTION)
const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts))

export const edited = (from: Uint8Array, change: Edit): Uint8Array => {
  const place = (at: number): number => placed(from.length, at)
  const range = (at: number, count: number): readonly [number, number] => {
    const start = place(at)
    return [start, Math.min(from.length, start + 1 + place(count))]
  }
  return match(change)
    .with({ kind: 'flip' }, ({ at, bit }) => from.map((byte, n) => (n === place(at) ? byte ^ (1 << bit) : byte)))
    .with({ kind: 'set' }, ({ at, bytes: given }) => from.map((byte, n) => given[n - place(at)] ?? byte))
    .with({ kind: 'insert' }, ({ at, bytes: given }) =>
      joined(from.subarray(0, place(at)), given, from.subarray(place(at))),
    )
    .with({ kind: 'remove' }, ({ at, count }) => {
      const [start, end] = range(at, count)
      return joined(from.subarray(0, start), from.subarray(end))
    })
    .with({ kind: 'repeat' }, ({ at, count }) => {
      const [start, end] = range(at, count)
      return joined(from.subarray(0, end), from.subarray(start))
    })
    .with({ kind: 'zero' }, ({ at, count }) => {
      const [start, end] = range(at, count)
      return from.map((byte, n) => (n >= start && n < end ? 0 : byte))
    })
    .with({ kind: 'cut' }, ({ at }) => from.slice(0, place(at)))
    .with({ kind: 'rotate' }, ({ at }) => joined(from.subarray(place(at)), from.subarray(0, place(at))))
    .with({ kind: 'extend' }, ({ bytes: given }) => joined(from, given))
    .with({ kind: 'exchange' }, ({ at, other, count }) => {
      const [start, end] = range(at, count)
      const second = from.subarray(place(other), place(other) + end - start)
      const swapped = from.slice()
      swapped.set(from.subarray(start, start + second.length), place(other))
      swapped.set(second, start)
      return swapped
    })
    .exhaustive()
}
