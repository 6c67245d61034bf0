/** A network as numbers: its slots and focuses are sources, each with a number for its local state or for what it sees. */
import type { Local, NetworkState, Slots, Things } from '../../network/kind.ts'
import type { Network } from '../../network/network.ts'
import type { View } from '../../network/view.ts'
import { FocusFold } from './folds.ts'
import { Machine, type Slot } from './machines.ts'

/** A network whose things, view and inputs nobody here looks into. */
export type AnyNetwork = Network<Things, unknown, { readonly rule: string }>
export type AnyState = NetworkState<Things>
export type AnyView = View<Things, unknown>

/** Focuses have a bit each in a mask. */
const MOST_FOCUSES = 15

export class World {
  readonly net: AnyNetwork
  readonly machines: Readonly<Record<string, Machine>>
  readonly slots: readonly Slot[]
  /** What rules look at, and then the facts that questions look at. */
  readonly folds: readonly FocusFold[]
  /** How many of the folds are what rules look at. */
  readonly focuses: number
  /** By kind: the number of its first slot. */
  readonly first: Readonly<Record<string, number>>

  constructor(net: AnyNetwork, counts: Slots<Things>, facts: AnyView | null, onSensitive: () => void) {
    this.net = net
    const machineOf = (kind: string) => new Machine(kind, net.kinds[kind] as never, net.reactors[kind] as never)
    this.machines = Object.fromEntries(net.names.map(kind => [kind, machineOf(kind)]))
    this.slots = net.names.flatMap(kind =>
      Array.from({ length: counts[kind] ?? 0 }, (_, slot) => ({ machine: this.machines[kind] as Machine, kind, slot })),
    )
    this.first = Object.fromEntries(net.names.map(kind => [kind, this.slots.findIndex(slot => slot.kind === kind)]))
    const foldsOf = (view: AnyView) =>
      Array.from({ length: view.focuses(counts) }, (_, at) => new FocusFold(view, at, this.slots, onSensitive))
    this.focuses = net.view.focuses(counts)
    const all = [...foldsOf(net.view), ...(facts === null ? [] : foldsOf(facts))]
    if (all.length > MOST_FOCUSES) throw new RangeError(`expected at most ${MOST_FOCUSES} focuses, got ${all.length}`)
    this.folds = all
  }

  /** Sources: slots first, then focuses. */
  get sources(): number {
    return this.slots.length + this.folds.length
  }

  /** The local states of a state, with room for what each focus sees. */
  numbersOf(state: AnyState): Int32Array {
    const values = new Int32Array(this.sources)
    const locals = this.net.names.flatMap(kind => state[kind] as readonly Local[])
    locals.forEach((local, at) => {
      values[at] = (this.slots[at] as Slot).machine.know(local)
    })
    return values
  }

  /** The state with these local states. */
  stateOf(values: ArrayLike<number>): AnyState {
    const locals = this.slots.map(({ machine }, at) => machine.local(values[at] as number))
    return Object.fromEntries(
      this.net.names.map(kind => [kind, locals.filter((_, at) => this.slots[at]?.kind === kind)]),
    ) as AnyState
  }

  /** Sets what each focus sees of the local states in `values`. */
  look(values: Int32Array): void {
    const { length } = this.slots
    this.folds.forEach((fold, at) => {
      values[length + at] = fold.seen(values, 0, length)
    })
  }
}
