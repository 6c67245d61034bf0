/** A toy whose slots refer to each other: locks, and keys that each open one lock. */
import { assertEvent, assign, setup, type AnyStateMachine } from 'xstate'
import { fold, network, type Rule } from '../../model/network/index.ts'

type LockEvent = { readonly type: 'Build' } | { readonly type: 'Turn' } | { readonly type: 'Demolish' }
type KeyEvent =
  | { readonly type: 'Cut'; readonly lock: number }
  | { readonly type: 'Use' }
  | { readonly type: 'Gone'; readonly lock: number }

export type Locks = {
  readonly lock: { readonly value: 'none' | 'shut' | 'open'; readonly context: object; readonly event: LockEvent }
  readonly key: {
    readonly value: 'none' | 'cut'
    readonly context: { readonly opens: number | null }
    readonly event: KeyEvent
  }
}
export interface LocksInput {
  readonly rule: 'Build' | 'Cut' | 'Use' | 'Demolish' | 'Jam'
  readonly lock?: number
  readonly key?: number
}

const meta = { clause: '§toy' }

const lock = setup({ types: { events: {} as LockEvent } }).createMachine({
  initial: 'none',
  states: {
    none: { on: { Build: { target: 'shut', description: 'is built', meta } } },
    shut: {
      on: {
        Turn: { target: 'open', description: 'opens', meta },
        Demolish: { target: 'none', description: 'is demolished', meta },
      },
    },
    open: { on: { Turn: { target: 'shut', description: 'shuts', meta } } },
  },
})

const key = setup({
  types: { context: {} as { readonly opens: number | null }, events: {} as KeyEvent },
  guards: {
    isOf: ({ context, event }) => {
      assertEvent(event, 'Gone')
      return context.opens === event.lock
    },
  },
  actions: {
    cut: assign(({ event }) => {
      assertEvent(event, 'Cut')
      return { opens: event.lock }
    }),
    lose: assign({ opens: null }),
  },
}).createMachine({
  context: { opens: null },
  initial: 'none',
  states: {
    none: { on: { Cut: { target: 'cut', actions: 'cut', description: 'is cut', meta } } },
    cut: {
      on: {
        Use: { description: 'is used', meta },
        Gone: { guard: 'isOf', target: 'none', actions: 'lose', description: 'is thrown away', meta },
      },
    },
  },
})

type LocksRule = Rule<Locks, number, LocksInput>

const rule = (name: LocksInput['rule'], participants: LocksRule['participants']): LocksRule => ({
  name,
  family: 'toy',
  clauses: ['§toy'],
  description: name,
  holes: 'disabled',
  participants,
})

/** Locks that are built and demolished, keys that are cut for them and used. `Jam` shuts the first lock, and no other. */
export const locks = () =>
  network<Locks, number, LocksInput, string>({
    kinds: {
      lock: { machine: lock as unknown as AnyStateMachine, free: ['none'], queue: false },
      key: { machine: key as unknown as AnyStateMachine, free: ['none'], queue: false },
    },
    view: fold<Locks, number, number>({
      focuses: () => 1,
      initial: () => 0,
      add: (open, { local }) => open + (local.value === 'open' ? 1 : 0),
      result: open => open,
    }),
    rules: [
      rule('Build', (_, { free }) => [{ kind: 'lock', slot: free('lock') ?? 0, event: { type: 'Build' } }]),
      rule('Cut', ({ lock: slot = 0 }, { local }) =>
        local('lock', slot).value === 'none' ? [] : [{ kind: 'key', slot: 'free', event: { type: 'Cut', lock: slot } }],
      ),
      rule('Use', ({ key: slot = 0 }, { local }) => [
        { kind: 'key', slot, event: { type: 'Use' } },
        { kind: 'lock', slot: local('key', slot).context.opens ?? 0, event: { type: 'Turn' } },
      ]),
      rule('Demolish', ({ lock: slot = 0 }, { all }) => [
        { kind: 'lock', slot, event: { type: 'Demolish' } },
        ...all('key').map(at => ({
          kind: 'key' as const,
          slot: at,
          optional: true,
          event: { type: 'Gone' as const, lock: slot },
        })),
      ]),
      rule('Jam', (_, { local }) =>
        local('lock', 0).value === 'open' ? [{ kind: 'lock', slot: 0, event: { type: 'Turn' } }] : [],
      ),
    ],
  })
