/** The machines of the variant with wider local states: contents are a version and a policy, two numbers of their own. */
import { assertEvent, assign, setup } from 'xstate'
import type { Mode } from '../../network/machines.ts'

/** What an HSM or a backup holds; forgotten where there is nothing. */
export interface Contents {
  readonly version: number
  readonly policy: number
  readonly mode: Mode | null
}

export type HsmEvent =
  | { readonly type: 'Create' }
  | ({ readonly type: 'Activate' } & Contents)
  | { readonly type: 'Fail' }
  | { readonly type: 'DeleteFailed' }
  | { readonly type: 'Delete' }
  | { readonly type: 'BackUp' }
  | ({ readonly type: 'Restore'; readonly alone: boolean } & Contents)
  | { readonly type: 'Write'; readonly most: number }
  | { readonly type: 'SetPolicy'; readonly policy: number }
  | { readonly type: 'RaisePolicy'; readonly policy: number }
export type BackupEvent =
  | ({ readonly type: 'Take' } & Contents)
  | { readonly type: 'Finish' }
  | { readonly type: 'Read'; readonly mode: Mode }
  | { readonly type: 'DeleteBackup' }
  | { readonly type: 'Purge' }

const nothing: Contents = { version: 0, policy: 0, mode: null }

export const hsmMachine = setup({
  types: { context: {} as Contents, events: {} as HsmEvent },
  guards: {
    isAlone: ({ event }) => {
      assertEvent(event, 'Restore')
      return event.alone
    },
    isBelow: ({ context, event }) => {
      assertEvent(event, 'Write')
      return context.version < event.most
    },
    isOther: ({ context, event }) => {
      assertEvent(event, 'SetPolicy')
      return context.policy !== event.policy
    },
    isLower: ({ context, event }) => {
      assertEvent(event, 'RaisePolicy')
      return context.policy < event.policy
    },
  },
  actions: {
    hold: assign(({ event }) => {
      assertEvent(event, ['Activate', 'Restore'])
      return { version: event.version, policy: event.policy, mode: event.mode }
    }),
    count: assign({ version: ({ context }) => context.version + 1 }),
    setPolicy: assign(({ event }) => {
      assertEvent(event, ['SetPolicy', 'RaisePolicy'])
      return { policy: event.policy }
    }),
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
        SetPolicy: { guard: 'isOther', actions: 'setPolicy' },
        RaisePolicy: { guard: 'isLower', actions: 'setPolicy' },
      },
    },
    failed: { on: { DeleteFailed: { target: 'absent' } } },
  },
})

export const backupMachine = setup({
  types: { context: {} as Contents, events: {} as BackupEvent },
  guards: {
    isOfMode: ({ context, event }) => {
      assertEvent(event, 'Read')
      return context.mode === event.mode
    },
  },
  actions: {
    hold: assign(({ event }) => {
      assertEvent(event, 'Take')
      return { version: event.version, policy: event.policy, mode: event.mode }
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
