/** The machines of a network as numbers: local states, events, and what each makes of the other, run once through XState. */
import { canonical } from '../../network/canonical.ts'
import type { EventLike, Kind, Local } from '../../network/kind.ts'
import type { Reaction, Reactor } from '../../network/react.ts'
import { Lens } from './lens.ts'
import { Numbers, textOf } from './numbers.ts'

/** What a lens looks at: a local state itself, or what it becomes on an event. */
export const ITSELF = -1

/** One machine. Local states are numbered as its reactor numbers them, events as they are met. */
export class Machine {
  readonly name: string
  readonly locals: Local[] = []
  readonly kind: Kind
  readonly #reactor: Reactor
  readonly #events = new Numbers<EventLike>()
  /** By event and local state. */
  readonly #next: number[][] = []
  readonly #reactions: (Reaction | null)[][] = []
  readonly #lenses = new Map<string, Lens>()

  constructor(name: string, kind: Kind, reactor: Reactor) {
    this.name = name
    this.kind = kind
    this.#reactor = reactor
  }

  /** The number of a local state. */
  know(local: Local): number {
    this.locals[local.id] = local
    return local.id
  }

  local(id: number): Local {
    const local = this.locals[id]
    if (local === undefined) throw new RangeError(`expected a local state of ${this.name}, got ${id}`)
    return local
  }

  isFree(local: Local): boolean {
    return this.kind.free.includes(local.value)
  }

  eventOf(event: EventLike): number {
    const number = this.#events.named(JSON.stringify(event), event)
    this.#reactions[number] ??= []
    this.#next[number] ??= []
    return number
  }

  /** What the local state makes of the event; null where it selects nothing. */
  reaction(event: number, id: number): Reaction | null {
    const known = this.#reactions[event]?.[id]
    if (known !== undefined) return known
    const reaction = this.#reactor.react(this.local(id), this.#events.values[event] as EventLike)
    if (reaction !== null) this.know(reaction.next)
    ;(this.#reactions[event] as (Reaction | null)[])[id] = reaction
    return reaction
  }

  /** The local state after the event. */
  next(event: number, id: number): number {
    if (event === ITSELF) return id
    const row = this.#next[event] as number[]
    return row[id] ?? (row[id] = this.reaction(event, id)?.next.id ?? id)
  }

  /** The whole local state, or the whole of what it becomes. */
  whole(event: number): Lens {
    return this.#lens(`${event} whole`, id => String(this.next(event, id)))
  }

  /** A part of it: its value, or a field of its context. */
  part(event: number, path: string, of: (local: Local) => unknown): Lens {
    return this.#lens(`${event} ${path}`, id => textOf(of(this.local(this.next(event, id)))))
  }

  /** Whether a new thing may take its slot. */
  free(): Lens {
    return this.#lens('free', id => String(this.isFree(this.local(id))))
  }

  /** What it makes of an event, but for where that leads: what is selected, what is emitted, whether it stays as it is. */
  answer(event: number): Lens {
    return this.#lens(`${event} answer`, id => {
      const reaction = this.reaction(event, id)
      if (reaction === null) return 'nothing'
      const { entry, alone, emitted, next } = reaction
      return canonical([entry.id, alone, emitted, next.id === id, this.isFree(next)])
    })
  }

  #lens(name: string, textOf: (id: number) => string): Lens {
    const known = this.#lenses.get(name) ?? new Lens(`${this.name} ${name}`, textOf)
    this.#lenses.set(name, known)
    return known
  }
}

/** A slot: its machine, and its place among the slots of its kind. */
export interface Slot {
  readonly machine: Machine
  readonly kind: string
  readonly slot: number
}
