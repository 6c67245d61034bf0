/** A state under observation: whoever looks at it gets what is there, and what was looked at is written down. */
import type { EventLike, Local } from '../../network/kind.ts'
import type { Reaction } from '../../network/react.ts'
import type { Lens } from './lens.ts'
import { ITSELF, type Machine, type Slot } from './machines.ts'
import type { Read } from './tree.ts'
import type { AnyNetwork, AnyState, World } from './world.ts'

/** A local state, or what it becomes on an event, of which every part that is read is written down. */
export class Watched implements Local {
  readonly source: number
  readonly event: number
  readonly #tracker: Tracker
  readonly #machine: Machine

  constructor(tracker: Tracker, source: number, event: number) {
    this.source = source
    this.event = event
    this.#tracker = tracker
    this.#machine = (tracker.world.slots[source] as Slot).machine
  }

  get id(): number {
    this.#tracker.see(this.source, this.#machine.whole(this.event))
    return this.now.id
  }

  get key(): string {
    this.#tracker.see(this.source, this.#machine.whole(this.event))
    return this.now.key
  }

  get value(): string {
    this.#tracker.see(
      this.source,
      this.#machine.part(this.event, 'value', ({ value }) => value),
    )
    return this.now.value
  }

  get context(): object {
    const see = (field: string, of: (context: Readonly<Record<string, unknown>>) => unknown) =>
      this.#tracker.see(
        this.source,
        this.#machine.part(this.event, field, ({ context }) => of(context as never)),
      )
    return new Proxy(this.now.context, {
      get: (context, field) => {
        if (typeof field === 'string') see(`context.${field}`, all => all[field])
        return (context as Readonly<Record<string | symbol, unknown>>)[field]
      },
      has: (context, field) => {
        see('fields', Object.keys)
        return field in context
      },
      ownKeys: context => {
        see('fields', Object.keys)
        return Reflect.ownKeys(context)
      },
      getOwnPropertyDescriptor: (context, field) => {
        if (typeof field === 'string') see(`context.${field}`, all => all[field])
        return Reflect.getOwnPropertyDescriptor(context, field)
      },
    })
  }

  /** The local state itself; whoever uses it writes down what for. */
  get now(): Local {
    return this.#machine.local(this.#machine.next(this.event, this.#tracker.values[this.source] as number))
  }
}

export class Tracker {
  readonly world: World
  /** A number for each source. */
  readonly values: Int32Array
  /** What was read since the last call of `begin`, each thing once. */
  reads: Read[] = []
  readonly #watched: Watched[][] = []

  constructor(world: World, values: Int32Array) {
    this.world = world
    this.values = values
  }

  begin(): void {
    this.reads = []
  }

  see(source: number, lens: Lens): void {
    if (this.reads.some(read => read.source === source && read.lens === lens)) return
    this.reads.push({ source, lens, seen: lens.at(this.values[source] as number) })
  }

  /** One object for one slot and event. */
  watched(source: number, event: number = ITSELF): Watched {
    const known = (this.#watched[source] ??= [])
    return (known[event + 1] ??= new Watched(this, source, event))
  }

  /** A state out of these local states. */
  stateOf(locals: readonly Watched[]): AnyState {
    const { net, slots } = this.world
    return Object.fromEntries(
      net.names.map(kind => [kind, locals.filter((_, at) => slots[at]?.kind === kind)]),
    ) as unknown as AnyState
  }

  state(): AnyState {
    return this.stateOf(this.world.slots.map((_, source) => this.watched(source)))
  }

  /** The network as it is for the state under observation. */
  network(): AnyNetwork {
    const { net, machines } = this.world
    const reactors = Object.fromEntries(
      Object.entries(net.reactors).map(([kind, reactor]) => {
        const react = (local: Local, event: EventLike) =>
          local instanceof Watched ? this.#react(machines[kind] as Machine, local, event) : reactor.react(local, event)
        return [kind, { ...reactor, react }]
      }),
    )
    return {
      ...net,
      reactors,
      viewOf: () => this.#seen(0, this.world.focuses),
      isFree: (kind, local) => this.#isFree(kind, local),
    }
  }

  #react(machine: Machine, { source }: Watched, event: EventLike): Reaction | null {
    const number = machine.eventOf(event)
    const local = this.values[source] as number
    this.see(source, machine.answer(number))
    const reaction = machine.reaction(number, local)
    if (reaction === null) return null
    return { ...reaction, next: this.watched(source, reaction.next.id === local ? ITSELF : number) as Local }
  }

  #isFree(kind: string, local: Local): boolean {
    if (!(local instanceof Watched)) return this.world.net.isFree(kind, local)
    const { machine } = this.world.slots[local.source] as Slot
    if (local.event === ITSELF) this.see(local.source, machine.free())
    return machine.isFree(local.now)
  }

  /** What each focus of the facts sees. */
  facts(): readonly unknown[] {
    return this.#seen(this.world.focuses, this.world.folds.length)
  }

  #seen(from: number, to: number): readonly unknown[] {
    const { folds, slots } = this.world
    const view: unknown[] = []
    folds.slice(from, to).forEach((fold, focus) => {
      const source = slots.length + from + focus
      const get = (): unknown => {
        const result = fold.result(this.values[source] as number)
        if (typeof result !== 'object' || result === null) {
          this.see(source, fold.field())
          return result
        }
        return new Proxy(result, {
          get: (facts, name) => {
            if (typeof name === 'string') this.see(source, fold.field(name))
            return (facts as Readonly<Record<string | symbol, unknown>>)[name]
          },
          has: (facts, name) => {
            this.see(source, fold.field())
            return name in facts
          },
          ownKeys: facts => {
            this.see(source, fold.field())
            return Reflect.ownKeys(facts)
          },
          getOwnPropertyDescriptor: (facts, name) => {
            if (typeof name === 'string') this.see(source, fold.field(name))
            return Reflect.getOwnPropertyDescriptor(facts, name)
          },
        })
      }
      Object.defineProperty(view, focus, { get, enumerable: true })
    })
    return view
  }
}
