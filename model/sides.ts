/** Both sides of every guard: what each named guard was asked and answered, in which state and on which event of its machine. */
import type { AnyStateMachine } from 'xstate'
import type { CloudHsm } from './cloudhsm.ts'
import { evaluate, guardNames } from './network/conditions.ts'
import type { EventLike, Local } from './network/kind.ts'
import type { Reactor } from './network/react.ts'

/** `machine/state/Event guard yes` or `no`. */
const sideOf = (machine: string, state: string, event: string, guard: string, answer: boolean): string =>
  `${machine}/${state}/${event} ${guard} ${answer ? 'yes' : 'no'}`

/** As much of a transition as it takes to ask its guard. */
interface Guarded {
  readonly guard?: unknown
}

const entriesOf = (machine: AnyStateMachine, state: string, event: string): readonly Guarded[] =>
  (machine.states[state]?.transitions.get(event) ?? []) as readonly Guarded[]

const sidesOfMachine = (name: string, machine: AnyStateMachine): readonly string[] =>
  Object.entries(machine.states).flatMap(([state, node]) =>
    [...node.transitions.keys()].flatMap(event => {
      const guards = entriesOf(machine, state, event).flatMap(({ guard }) => guardNames(machine, guard))
      return [...new Set(guards)].flatMap(guard =>
        [true, false].map(answer => sideOf(name, state, event, guard, answer)),
      )
    }),
  )

/** Every side of every guard, in the order in which they are written. */
export const sidesOf = ({ machines }: CloudHsm): readonly string[] =>
  Object.entries(machines).flatMap(([name, machine]) => sidesOfMachine(name, machine))

/** The sides that an event shows in a local state: its entries are asked in order, until one is selected. */
export const sidesShown = (
  name: string,
  machine: AnyStateMachine,
  local: Local,
  event: EventLike,
): readonly string[] => {
  const shown: string[] = []
  const given = { context: local.context, event }
  const told = (guard: string, answer: boolean) => void shown.push(sideOf(name, local.value, event.type, guard, answer))
  entriesOf(machine, local.value, event.type).find(
    ({ guard }) => guard === undefined || evaluate(machine, guard, given, told),
  )
  return shown
}

/** The same model, which tells what its machines are asked while it runs: each local state and event at least once. */
export const watching = (
  model: CloudHsm,
  tell: (machine: keyof CloudHsm['machines'], local: Local, event: EventLike) => void,
): CloudHsm => {
  const watched = ([name, reactor]: readonly [string, Reactor]) => {
    const react: Reactor['react'] = (local, event) => {
      const reaction = reactor.react(local, event)
      tell(name as keyof CloudHsm['machines'], local, event)
      return reaction
    }
    return [name, { ...reactor, react }] as const
  }
  return { ...model, reactors: Object.fromEntries(Object.entries(model.reactors).map(watched)) as CloudHsm['reactors'] }
}

/** The same model, which tells each side that its machines show while it runs. */
export const watchingSides = (model: CloudHsm, tell: (side: string) => void): CloudHsm =>
  watching(model, (name, local, event) => sidesShown(name, model.machines[name], local, event).forEach(tell))
