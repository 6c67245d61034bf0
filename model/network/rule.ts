/** A rule: an input, its participants in order, and the event that each one gets. */
import type { Local, Things } from './kind.ts'
import type { Entry } from './react.ts'

/** What a rule may look at: the view, and the local states of its own participants. */
export interface Reader<T extends Things, V> {
  /** One entry for each focus. */
  readonly view: readonly V[]
  readonly local: <K extends keyof T & string>(kind: K, slot: number) => Local<T[K]>
  /** All slots of a kind. */
  readonly all: (kind: keyof T & string) => readonly number[]
  /** The slot that a new thing of this kind would take; null where none is free. */
  readonly free: (kind: keyof T & string) => number | null
}

/** An event, or what event it is given the entries that the participants before it selected (null: none). */
type EventOf<E> = E | ((earlier: readonly (Entry | null)[]) => E)

/** One who takes part. `free`: the first free slot. Optional: may take part, and is passed over if it selects nothing. */
export type Participant<T extends Things> = {
  [K in keyof T & string]: {
    readonly kind: K
    readonly slot: number | 'free'
    readonly optional?: boolean
    /** Has to take the event, and stays as it is: whether it would is all that matters. */
    readonly keeps?: boolean
    /** Takes part only where the participant at this position did. */
    readonly along?: number
    readonly event: EventOf<T[K]['event']>
  }
}[keyof T & string]

export interface Rule<T extends Things, V, I, Family extends string = string> {
  readonly name: string
  readonly family: Family
  /** Clauses of SPEC.md that the rule as a whole models. */
  readonly clauses: readonly string[]
  readonly description: string
  /**
   * What a mandatory participant that selects nothing makes of the step: an error of the model (`throw`), or a step that is not
   * enabled (`disabled`: nor is it when nobody takes part at all; `unanswered`: then it is accepted, as with `throw`).
   */
  readonly holes: 'throw' | 'disabled' | 'unanswered'
  /** The participants, in the order in which they may refuse. Nobody at all: the step is accepted and changes nothing. */
  readonly participants: (input: I, read: Reader<T, V>) => readonly Participant<T>[]
}
