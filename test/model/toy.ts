/** A toy network small enough to check by hand: lamps that a switch lights, and a queue of tickets. */
import { assertEvent, assign, setup, type AnyStateMachine } from 'xstate'
import { fold, network, type Rule } from '../../model/network/index.ts'

type LampEvent =
  | { readonly type: 'Light'; readonly power: boolean }
  | { readonly type: 'Break' }
  | { readonly type: 'Glow'; readonly lit: boolean }
type TicketEvent = { readonly type: 'Issue'; readonly number: number } | { readonly type: 'Tear' }

export type Toy = {
  readonly lamp: { readonly value: 'off' | 'on' | 'broken'; readonly context: object; readonly event: LampEvent }
  readonly ticket: {
    readonly value: 'vacant' | 'issued'
    readonly context: { readonly number: number }
    readonly event: TicketEvent
  }
}
export type ToyInput =
  | { readonly rule: 'Light'; readonly lamp: number }
  | { readonly rule: 'Break'; readonly lamp: number }
  | { readonly rule: 'Pair' }
  | { readonly rule: 'Try'; readonly lamp: number }
  | { readonly rule: 'Follow'; readonly lamp: number }
  | { readonly rule: 'Issue'; readonly number: number }
  | { readonly rule: 'Tear'; readonly ticket: number }

const meta = { clause: '§toy' }

const lamp = setup({
  types: { events: {} as LampEvent },
  guards: {
    hasPower: ({ event }) => {
      assertEvent(event, 'Light')
      return event.power
    },
  },
}).createMachine({
  initial: 'off',
  states: {
    off: {
      on: {
        Light: [
          { guard: 'hasPower', target: 'on', description: 'is lit', meta },
          { description: 'refused: no power', meta: { ...meta, refuse: 'DARK' } },
        ],
        Break: { target: 'broken', description: 'breaks', meta: { ...meta, fail: 'BROKEN' } },
      },
    },
    on: { on: { Light: { description: 'refused: is lit', meta: { ...meta, refuse: 'LIT' } } } },
    broken: {},
  },
})

const ticket = setup({
  types: { context: {} as { readonly number: number }, events: {} as TicketEvent },
  actions: {
    number: assign({
      number: ({ event }) => {
        assertEvent(event, 'Issue')
        return event.number
      },
    }),
  },
}).createMachine({
  context: { number: 0 },
  initial: 'vacant',
  states: {
    vacant: { on: { Issue: { target: 'issued', actions: 'number', description: 'is issued', meta } } },
    issued: {
      on: { Tear: { target: 'vacant', actions: assign({ number: 0 }), description: 'is torn', meta } },
    },
  },
})

type ToyRule = Rule<Toy, number, ToyInput>
const rule = (
  name: string,
  holes: 'throw' | 'disabled',
  participants: (input: never, read: Parameters<ToyRule['participants']>[1]) => ReturnType<ToyRule['participants']>,
): ToyRule => ({
  name,
  family: 'toy',
  clauses: ['§toy'],
  description: name,
  holes,
  participants: (input, read) => participants(input as never, read),
})

/** Two lamps share power for one of them: the view counts those that are lit. */
export const toy = () =>
  network<Toy, number, ToyInput, string>({
    kinds: {
      lamp: { machine: lamp as unknown as AnyStateMachine, free: ['off'], queue: false },
      ticket: { machine: ticket as unknown as AnyStateMachine, free: ['vacant'], queue: true },
    },
    view: fold<Toy, number, number>({
      focuses: () => 1,
      initial: () => 0,
      add: (lit, { local }) => lit + (local.value === 'on' ? 1 : 0),
      result: lit => lit,
    }),
    rules: [
      rule('Light', 'throw', ({ lamp }: { readonly lamp: number }, { view }) => [
        { kind: 'lamp', slot: lamp, event: { type: 'Light', power: view[0] === 0 } },
      ]),
      rule('Break', 'disabled', ({ lamp }: { readonly lamp: number }) => [
        { kind: 'lamp', slot: lamp, event: { type: 'Break' } },
      ]),
      rule('Pair', 'disabled', (_, { view }) => [
        { kind: 'lamp', slot: 0, event: { type: 'Light', power: view[0] === 0 } },
        { kind: 'ticket', slot: 'free', event: ([first]) => ({ type: 'Issue', number: first?.branch === 0 ? 7 : 8 }) },
        { kind: 'ticket', slot: 0, optional: true, event: { type: 'Tear' } },
      ]),
      rule('Try', 'disabled', ({ lamp }: { readonly lamp: number }) => [
        { kind: 'lamp', slot: lamp, keeps: true, event: { type: 'Break' } },
        { kind: 'ticket', slot: 'free', event: { type: 'Issue', number: 9 } },
      ]),
      rule('Follow', 'disabled', ({ lamp }: { readonly lamp: number }) => [
        { kind: 'lamp', slot: lamp, optional: true, event: { type: 'Break' } },
        { kind: 'lamp', slot: 1 - lamp, along: 0, event: { type: 'Break' } },
        { kind: 'ticket', slot: 'free', event: ([, second]) => ({ type: 'Issue', number: second === null ? 1 : 2 }) },
      ]),
      rule('Issue', 'disabled', ({ number }: { readonly number: number }) => [
        { kind: 'ticket', slot: 'free', event: { type: 'Issue', number } },
      ]),
      rule('Tear', 'disabled', ({ ticket }: { readonly ticket: number }) => [
        { kind: 'ticket', slot: ticket, event: { type: 'Tear' } },
      ]),
    ],
  })
