/** Networks written as tables, small enough to see at a glance which of their runs are fair. */
import { createMachine, type AnyStateMachine } from 'xstate'
import {
  fold,
  initialState,
  network,
  type EventLike,
  type Network,
  type NetworkState,
  type Participant,
} from '../../model/network/index.ts'

export type Things = Record<string, { readonly value: string; readonly context: object; readonly event: EventLike }>
export type State = NetworkState<Things>
export interface Input {
  readonly rule: string
  readonly slot: number
}
export type Net = Network<Things, null, Input>

/** For each state what each event does: leads to a state, or fails on the way (`state!`), or is `REFUSED` or `BOUND`. */
export type Table = Readonly<Record<string, Readonly<Record<string, string>>>>

export interface ToyKind {
  readonly slots: number
  readonly queue?: boolean
  /** Its first state is that of an empty slot. */
  readonly states: Table
}

/** Who takes part: kind, slot and event, the event with `?` where taking part is optional. */
export type Part = readonly [kind: string, slot: number | 'free', event: string]

const entryOf = (does: string): object => {
  const clause = '§toy'
  if (does === 'REFUSED') return { meta: { clause, refuse: 'NO' } }
  if (does === 'BOUND') return { meta: { clause, bound: 'not described' } }
  return does.endsWith('!')
    ? { target: does.slice(0, -1), meta: { clause, fail: 'FAILED' } }
    : { target: does, meta: { clause } }
}

const machineOf = (states: Table): AnyStateMachine =>
  createMachine({
    initial: Object.keys(states)[0] as string,
    states: Object.fromEntries(
      Object.entries(states).map(([value, on]) => [
        value,
        { on: Object.fromEntries(Object.entries(on).map(([event, does]) => [event, entryOf(does)])) },
      ]),
    ),
  })

const participant = ([kind, slot, event]: Part): Participant<Things> => ({
  kind,
  slot,
  optional: event.endsWith('?'),
  event: { type: event.replace('?', '') },
})

/** A network, its empty state, and an input for each rule and slot. */
export const toyNet = (
  kinds: Readonly<Record<string, ToyKind>>,
  rules: Readonly<Record<string, (slot: number) => readonly Part[]>>,
): { readonly net: Net; readonly empty: State } => {
  const entries = Object.entries(kinds)
  const net = network<Things, null, Input, string>({
    kinds: Object.fromEntries(
      entries.map(([name, { states, queue = false }]) => {
        const [vacant] = Object.keys(states) as [string]
        return [name, { machine: machineOf(states), free: [vacant], queue }]
      }),
    ),
    view: fold<Things, null, null>({ focuses: () => 1, initial: () => null, add: () => null, result: () => null }),
    rules: Object.entries(rules).map(([name, parts]) => ({
      name,
      family: 'toy',
      clauses: ['§toy'],
      description: name,
      holes: 'disabled',
      participants: ({ slot }) => parts(slot).map(participant),
    })),
  })
  return { net, empty: initialState(net, Object.fromEntries(entries.map(([name, { slots }]) => [name, slots]))) }
}

/** Inputs written as `Rule` (slot 0) or `Rule 1`. */
export const inputsOf = (...names: readonly string[]): readonly Input[] =>
  names.map(name => {
    const [rule = '', slot = '0'] = name.split(' ')
    return { rule, slot: Number(slot) }
  })

/** The same, the other way round. */
export const nameOf = ({ rule, slot }: Input): string => (slot === 0 ? rule : `${rule} ${slot}`)

/** The value of one slot. */
export const valueOf = (state: State, kind: string, slot: number): string => state[kind]?.[slot]?.value ?? ''
