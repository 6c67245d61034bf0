/** One XState step of one machine, from plain data to plain data, or the reason why it cannot be explored. */
import { createActor, transition, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate'
import { entryOf, type Entry } from './entry.ts'
import type { EventLike } from './kind.ts'
import { foreign } from './plain.ts'
import { refusal, type Place } from './sound.ts'
import { whoThrew } from './thrown.ts'

export interface Reached {
  readonly value: string
  readonly context: object
}

/** What XState selected. */
export type Selected = ReturnType<AnyStateMachine['getTransitionData']>[number]

/** One step: what was selected, where it leads (null: a refusal and a bound lead nowhere), what its actions emit. */
export interface Ran {
  readonly selected: Selected
  readonly entry: Entry
  readonly reached: Reached | null
  readonly emitted: readonly EventLike[]
}

/** An action that XState would execute. Its types leave out the actions that emit. */
interface Executed {
  readonly type: string
  readonly params?: { readonly event: EventLike }
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll('\n', ' ')

/** Throws on what is not plain data. */
export const expectPlain = (place: Place, value: unknown, name: string): void => {
  const part = foreign(value, name)
  if (part !== null) throw refusal(place, `${part.path} is ${part.what}: ${part.instead}`)
}

const reachedBy = (place: Place, snapshot: AnyMachineSnapshot): Reached => {
  const { status, value, context, children, historyValue } = snapshot
  if (status !== 'active') throw refusal(place, `XState ends the machine, as ${status}: leave its own events to XState`)
  if (Object.keys(children).length > 0)
    throw refusal(place, 'it spawns an actor, which is not explored: make it a machine of the network')
  if (typeof value !== 'string' || Object.keys(historyValue).length > 0)
    throw refusal(place, 'expected a flat machine without history')
  expectPlain(place, context, 'context')
  return { value, context: context as object }
}

/** Where a machine starts. Throws where that is not plain data, or cannot be worked out. */
export const initialOf = (place: Place, machine: AnyStateMachine): Reached => {
  const snapshot = createActor(machine).getSnapshot() as AnyMachineSnapshot
  if (snapshot.status !== 'error') return reachedBy(place, snapshot)
  const { error } = snapshot as { readonly error?: unknown }
  const reason = `its initial context or an entry action throws "${messageOf(error)}": let it do without an input`
  throw refusal(place, reason, error)
}

const ask = <Answer>(
  place: Place,
  role: 'a guard' | 'an action',
  machine: AnyStateMachine,
  question: (machine: AnyStateMachine) => Answer,
): Answer => {
  try {
    return question(machine)
  } catch (caught) {
    const { name, error } = whoThrew(machine, caught, question)
    const who = name === null ? role : role.replace(/^an?/, 'the') + ` ${name}`
    throw refusal(
      place,
      `${who} throws "${messageOf(error)}": let it answer for every event that a rule may send`,
      error,
    )
  }
}

/** A machine that selects what was selected: each guard is asked once for each run. */
const pinned = (machine: AnyStateMachine, selected: readonly Selected[]): AnyStateMachine =>
  Object.create(machine, { getTransitionData: { value: () => selected } }) as AnyStateMachine

/** Takes one step; null where the event selects nothing. Throws where it cannot be explored. */
export const runStep = (
  place: Place,
  machine: AnyStateMachine,
  { context, event }: { readonly context: object; readonly event: EventLike },
): Ran | null => {
  const snapshot = machine.resolveState({ value: place.state ?? '', context })
  const all = ask(place, 'a guard', machine, asked => asked.getTransitionData({ ...snapshot, machine: asked }, event))
  const [selected] = all
  if (selected === undefined) return null
  if (all.length > 1) throw refusal(place, `expected one transition, got ${all.length}`)
  const entry = entryOf(place.machine, selected)
  if (entry.refuse !== undefined || entry.bound !== undefined) return { selected, entry, reached: null, emitted: [] }
  const [after, actions] = ask(place, 'an action', machine, asked =>
    transition(machine, { ...snapshot, machine: pinned(asked, all) }, event),
  )
  const emitted = (actions as readonly Executed[]).flatMap(({ type, params }) =>
    type === 'xstate.emit' && params !== undefined ? [params.event] : [],
  )
  emitted.forEach(event => expectPlain(place, event, 'emitted'))
  return { selected, entry, reached: reachedBy(place, after), emitted }
}
