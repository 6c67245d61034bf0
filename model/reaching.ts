/** What may be said of how far a client reaches within bounds: which HSM alone, which has the most capacity left, and what it checks. */
import type { As } from './machines/words.ts'

export interface Reaching {
  /** A client may reach one HSM only, which is each in turn; all of them, where nothing is said. */
  readonly isPartial?: boolean
  /** A client may check the availability of keys; none does, where nothing is said. */
  readonly checks?: boolean
  /** One HSM may have more capacity left than the others, each in turn; nothing is said of capacity otherwise. */
  readonly hasLoad?: boolean
  /** Who asks; whoever may be asked for, where nothing is said. */
  readonly askers?: readonly As[]
}

interface Slots {
  readonly slots: { readonly hsm: number }
}

const each = ({ slots }: Slots): readonly number[] => [...Array(slots.hsm).keys()]

/** The same input of a client that reaches all HSMs, and of one that reaches one only. */
export const partly = <I extends object>(bounds: Reaching & Slots, inputs: readonly I[]) =>
  bounds.isPartial === true
    ? inputs.flatMap(input => [input, ...each(bounds).map(only => ({ ...input, only }))])
    : inputs

/** The same input of a client without the check, and of one with it. */
const checking = <I extends object>({ checks }: Reaching, inputs: readonly I[]) =>
  checks === true ? inputs.flatMap(input => [input, { ...input, checked: true as const }]) : inputs

/** The same input while all HSMs have as much capacity left, and while one has the most. */
const loaded = <I extends object>(bounds: Reaching & Slots, inputs: readonly I[]) =>
  bounds.hasLoad === true
    ? inputs.flatMap(input => [input, ...each(bounds).map(freest => ({ ...input, freest }))])
    : inputs

type Ask = { readonly cluster: number; readonly as: As }
type Write = Ask & { readonly value: number }

export const generations = (bounds: Reaching & Slots, writes: readonly Write[]) =>
  checking(
    bounds,
    partly(
      bounds,
      writes.map(write => ({ rule: 'GenerateKey' as const, ...write })),
    ),
  )

export const uses = (bounds: Reaching & Slots, asked: readonly Ask[]) =>
  checking(
    bounds,
    loaded(
      bounds,
      asked.map(ask => ({ rule: 'UseKey' as const, ...ask })),
    ),
  )

export const deletions = (bounds: Reaching & Slots, asked: readonly Ask[]) =>
  partly(
    bounds,
    asked.map(ask => ({ rule: 'DeleteKey' as const, ...ask })),
  )

export const policies = (bounds: Reaching & Slots, writes: readonly Write[]) =>
  partly(
    bounds,
    writes.map(write => ({ rule: 'SetPolicy' as const, ...write })),
  )
