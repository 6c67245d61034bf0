/** The benchmark network's machines: one cluster, HSM slots and backup slots, with a version number for contents. */
import { assertEvent, assign, setup } from 'xstate'

export type Mode = 'FIPS' | 'NON_FIPS'

/** What an HSM or a backup holds: a version, and the mode that it comes from. Both are forgotten where there is nothing. */
export interface Held {
  readonly version: number
  readonly mode: Mode | null
}

export type ClusterEvent = { readonly type: 'Recreate'; readonly allAbsent: boolean }
export type HsmEvent =
  | { readonly type: 'Create' }
  | ({ readonly type: 'Activate' } & Held)
  | { readonly type: 'Fail' }
  | { readonly type: 'DeleteFailed' }
  | { readonly type: 'Delete' }
  | { readonly type: 'BackUp' }
  | ({ readonly type: 'Restore'; readonly alone: boolean } & Held)
  | { readonly type: 'Write'; readonly most: number }
export type BackupEvent =
  | ({ readonly type: 'Take' } & Held)
  | { readonly type: 'Finish' }
  | { readonly type: 'Read'; readonly mode: Mode }
  | { readonly type: 'DeleteBackup' }
  | { readonly type: 'Purge' }

const nothing: Held = { version: 0, mode: null }

export const clusterMachine = setup({
  types: { events: {} as ClusterEvent },
  guards: { isEmpty: ({ event }) => event.allAbsent },
}).createMachine({
  initial: 'FIPS',
  states: {
    FIPS: { on: { Recreate: { guard: 'isEmpty', target: 'NON_FIPS' } } },
    NON_FIPS: { on: { Recreate: { guard: 'isEmpty', target: 'FIPS' } } },
  },
})

export const hsmMachine = setup({
  types: { context: {} as Held, events: {} as HsmEvent },
  guards: {
    isAlone: ({ event }) => {
      assertEvent(event, 'Restore')
      return event.alone
    },
    isBelow: ({ context, event }) => {
      assertEvent(event, 'Write')
      return context.version < event.most
    },
  },
  actions: {
    hold: assign(({ event }) => {
      assertEvent(event, ['Activate', 'Restore'])
      return { version: event.version, mode: event.mode }
    }),
    count: assign({ version: ({ context }) => context.version + 1 }),
    forget: assign(nothing),
  },
}).createMachine({
  context: nothing,
  initial: 'absent',
  states: {
    absent: { on: { Create: { target: 'provisioning' } } },
    provisioning: {
      on: {
        Activate: { target: 'active', actions: 'hold' },
        Restore: { guard: 'isAlone', target: 'active', actions: 'hold' },
        Fail: { target: 'failed' },
      },
    },
    active: {
      on: {
        Fail: { target: 'failed', actions: 'forget' },
        Delete: { target: 'absent', actions: 'forget' },
        BackUp: {},
        Write: { guard: 'isBelow', actions: 'count' },
      },
    },
    failed: { on: { DeleteFailed: { target: 'absent' } } },
  },
})

export const backupMachine = setup({
  types: { context: {} as Held, events: {} as BackupEvent },
  guards: {
    isOfMode: ({ context, event }) => {
      assertEvent(event, 'Read')
      return context.mode === event.mode
    },
  },
  actions: {
    hold: assign(({ event }) => {
      assertEvent(event, 'Take')
      return { version: event.version, mode: event.mode }
    }),
    forget: assign(nothing),
  },
}).createMachine({
  context: nothing,
  initial: 'empty',
  states: {
    empty: { on: { Take: { target: 'creating', actions: 'hold' } } },
    creating: { on: { Finish: { target: 'ready' } } },
    ready: { on: { Read: { guard: 'isOfMode' }, DeleteBackup: { target: 'deleted', actions: 'forget' } } },
    deleted: { on: { Purge: { target: 'empty' } } },
  },
})
