/** Kinds of things and the slots they are in: what a network of machines is made of, whatever the machines describe. */
import type { AnyStateMachine } from 'xstate'

/** For each kind of thing: the names of its states, its context, and the events of its machine. */
export type Things = Record<string, { readonly value: string; readonly context: object; readonly event: EventLike }>

export interface EventLike {
  readonly type: string
}

/** The local state of one slot. Interned: equal local states of a kind are one object, told apart by `id`. */
export interface Local<Thing extends Things[string] = Things[string]> {
  readonly id: number
  /** Canonical JSON of value and context. */
  readonly key: string
  readonly value: Thing['value']
  readonly context: Thing['context']
}

/** The state of a network: the local states of each kind's slots. */
export type NetworkState<T extends Things> = { readonly [K in keyof T]: readonly Local<T[K]>[] }

export interface Kind {
  readonly machine: AnyStateMachine
  /** Values of slots that a new thing may take; the first is that of an empty slot. */
  readonly free: readonly string[]
  /** The order of slots is one of age: an emptied slot is closed by moving the later ones down. */
  readonly queue: boolean
  /** Context fields that are kept at these values, whatever the machine makes of them. */
  readonly frozen?: Readonly<Record<string, unknown>>
}

export type Slots<T extends Things> = { readonly [K in keyof T]: number }
