/** Lamps to be refused: the machine `lamp` by what is wrong with it. */
import { createMachine, type AnyStateMachine } from 'xstate'
import { fold, network, type EventLike, type Network } from '../../model/network/index.ts'

type Lamps = { readonly lamp: { readonly value: string; readonly context: object; readonly event: EventLike } }
type Reactor = Network<Lamps, null, { readonly rule: string }>['reactors']['lamp']

const view = fold<Lamps, null, null>({ focuses: () => 0, initial: () => null, add: () => null, result: () => null })

/** Makes the machine `lamp`, in a network of its own. */
export const made = (config: object, implementations: object = {}): Reactor => {
  const machine = createMachine(config as never, implementations as never) as unknown as AnyStateMachine
  return network<Lamps, null, { readonly rule: string }, string>({
    kinds: { lamp: { machine, free: ['off'], queue: false } },
    rules: [],
    view,
  }).reactors.lamp
}

/** A lamp whose state `off` is this. */
export const lamp = (off: object, more: object = {}): object => ({ initial: 'off', states: { off, on: {} }, ...more })

/** A lamp that `Light` lights, with this entry. */
export const lit = (entry: object, context: unknown = {}): object =>
  lamp({ on: { Light: { target: 'on', ...entry } } }, { context })

/** What a new lamp does on an event. */
export const light = (
  config: object,
  implementations?: object,
  event: object = { type: 'Light' },
): ReturnType<Reactor['react']> => {
  const { vacant, react } = made(config, implementations)
  return react(vacant, event as EventLike)
}

/** How a refusal begins. */
export const OFF = 'machine lamp in state off: '
export const LIGHT = 'machine lamp in state off on event Light: '

/** What is thrown. */
export const thrownBy = (act: () => unknown): Error => {
  try {
    act()
  } catch (error) {
    return error as Error
  }
  throw new Error('expected it to throw')
}
