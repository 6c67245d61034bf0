/** A variant of the benchmark network: another network of a few million states, on which nobody has tuned anything. */
import type { AnyStateMachine } from 'xstate'
import {
  initialState,
  step,
  type Kind,
  type Network,
  type NetworkState,
  type Rule,
  type Slots,
  type Things,
} from '../../../model/network/index.ts'

/** A network, its initial states, and every input of every rule. */
export interface Built<T extends Things, V, I extends { readonly rule: string }> {
  readonly net: Network<T, V, I>
  readonly starts: readonly NetworkState<T>[]
  readonly inputs: readonly I[]
}

/** A size, and what is counted there. */
export interface Counted<Size> {
  readonly size: Size
  readonly states: number
  readonly transitions: number
}

/** The same, and how deep Spin's search goes there. */
export interface CountedDeep<Size> extends Counted<Size> {
  readonly depth: number
}

export interface Variant<Size, T extends Things, V, I extends { readonly rule: string }> {
  readonly name: string
  readonly build: (size: Size) => Built<T, V, I>
  /** The same network for Spin, which counts one state and three transitions more: it starts, and chooses the mode. */
  readonly promelaOf: (size: Size) => string
  /** Small enough for the plain explorer in a test. */
  readonly small: Counted<Size>
  /** A few million states. */
  readonly large: CountedDeep<Size>
}

export const kind = (machine: unknown, free: readonly string[]): Kind => ({
  machine: machine as AnyStateMachine,
  free,
  queue: false,
})

/** A rule that is not enabled where one who has to take part cannot. */
export const rule = <T extends Things, V, I>(
  name: string,
  participants: Rule<T, V, I>['participants'],
): Rule<T, V, I, string> => ({
  name,
  family: 'bench',
  clauses: [],
  description: name,
  holes: 'disabled',
  participants,
})

/** What the only focus sees. Throws where there is none, which is nowhere. */
export const factsOf = <V>({ view: [facts] }: { readonly view: readonly V[] }): V => {
  if (facts === undefined) throw new Error('expected a view, got none')
  return facts
}

export const upTo = (count: number): readonly number[] => [...Array(count).keys()]

/** Every slot vacant, in the one mode and in the other. */
export const bothModes = <T extends Things, V, I extends { readonly rule: string }>(
  net: Network<T, V, I>,
  slots: Slots<T>,
): readonly NetworkState<T>[] => {
  const fips = initialState(net, slots)
  const other = step(net, fips, { rule: 'recreate' } as I)
  if (other.kind !== 'taken') throw new Error('expected an empty cluster to be recreated in the other mode')
  return [fips, other.after]
}
