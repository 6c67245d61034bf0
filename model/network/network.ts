/** A network: machines in slots, rules that bring them together, and a view that is a fold over all local states. */
import type { Kind, Local, NetworkState, Slots, Things } from './kind.ts'
import { reactor, type Reactor } from './react.ts'
import type { Rule } from './rule.ts'
import { look, type View } from './view.ts'

/** What a network is built from. */
export interface Parts<T extends Things, V, I extends { readonly rule: string }, Family extends string = string> {
  readonly kinds: { readonly [K in keyof T & string]: Kind }
  readonly rules: readonly Rule<T, V, I, Family>[]
  readonly view: View<T, V>
}

export interface Network<
  T extends Things,
  V,
  I extends { readonly rule: string },
  Family extends string = string,
> extends Parts<T, V, I, Family> {
  /** Names of the kinds, in order. */
  readonly names: readonly (keyof T & string)[]
  readonly reactors: { readonly [K in keyof T & string]: Reactor }
  readonly rule: (name: string) => Rule<T, V, I, Family>
  /** Whether a new thing may take the slot that is in this local state. */
  readonly isFree: (kind: keyof T & string, local: Local) => boolean
  /** The view of a state, one entry for each focus, worked out once. */
  readonly viewOf: (state: NetworkState<T>) => readonly V[]
}

/** Puts the parts together. Local states belong to the network that made them. */
export const network = <T extends Things, V, I extends { readonly rule: string }, Family extends string>(
  parts: Parts<T, V, I, Family>,
): Network<T, V, I, Family> => {
  const names = Object.keys(parts.kinds) as (keyof T & string)[]
  const reactors = Object.fromEntries(names.map(name => [name, reactor(name, parts.kinds[name])]))
  const rules = new Map(parts.rules.map(rule => [rule.name, rule]))
  const views = new WeakMap<NetworkState<T>, readonly V[]>()
  return {
    ...parts,
    names,
    reactors: reactors as Network<T, V, I, Family>['reactors'],
    rule: name => {
      const rule = rules.get(name)
      if (rule === undefined) throw new RangeError(`expected a rule, got ${name}`)
      return rule
    },
    isFree: (kind, { value }) => parts.kinds[kind].free.includes(value),
    viewOf: state => {
      const known = views.get(state)
      if (known !== undefined) return known
      const view = look(parts.view, state)
      views.set(state, view)
      return view
    },
  }
}

/** The state in which every slot is vacant. */
export const initialState = <T extends Things, V, I extends { readonly rule: string }, Family extends string>(
  { names, reactors }: Network<T, V, I, Family>,
  slots: Slots<T>,
): NetworkState<T> =>
  Object.fromEntries(
    names.map(name => [name, Array.from({ length: slots[name] }, () => reactors[name].vacant)]),
  ) as unknown as NetworkState<T>

/** One text for one state. */
export const stateKey = <T extends Things>(names: readonly (keyof T & string)[], state: NetworkState<T>): string => {
  let key = ''
  for (const name of names) for (const local of state[name] as readonly Local[]) key += `${local.id},`
  return key
}
