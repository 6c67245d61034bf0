/** The benchmark network as one ordinary XState machine: its slots in the context, its rules as guarded transitions. */
import { assertEvent, assign, setup } from 'xstate'
import type { Size } from '../network/index.ts'
import { vacant, vacantSlots, type Backup, type Hsm, type Slots, type SlotsEvent } from './slots.ts'

const withHsm = (slots: Slots, h: number, hsm: Hsm): Partial<Slots> => ({ hsms: slots.hsms.with(h, hsm) })
const withBackup = (slots: Slots, b: number, backup: Backup): Partial<Slots> => ({
  backups: slots.backups.with(b, backup),
})

const activated = ({ mode, hsms, backups }: Slots): Hsm => {
  const active = hsms.find(({ is }) => is === 'active')
  if (active !== undefined) return active
  const usable = backups.filter(backup => backup.is === 'ready' && backup.mode === mode)
  return { is: 'active', version: Math.max(0, ...usable.map(({ version }) => version)), mode }
}

const isHsm = (slots: Slots, event: SlotsEvent, ...states: readonly Hsm['is'][]): boolean => {
  const hsm = 'h' in event ? slots.hsms[event.h] : undefined
  return hsm !== undefined && states.includes(hsm.is)
}
const isBackup = (slots: Slots, event: SlotsEvent, state: Backup['is']): boolean =>
  'b' in event && slots.backups[event.b]?.is === state

export const slotsMachine = setup({
  types: { context: {} as Slots, events: {} as SlotsEvent, input: {} as Size },
  guards: {
    isAbsent: ({ context, event }) => isHsm(context, event, 'absent'),
    isProvisioning: ({ context, event }) => isHsm(context, event, 'provisioning'),
    isUp: ({ context, event }) => isHsm(context, event, 'provisioning', 'active'),
    isFailed: ({ context, event }) => isHsm(context, event, 'failed'),
    isCreating: ({ context, event }) => isBackup(context, event, 'creating'),
    isReady: ({ context, event }) => isBackup(context, event, 'ready'),
    isDeleted: ({ context, event }) => isBackup(context, event, 'deleted'),
    canBackUp: ({ context, event }) => isHsm(context, event, 'active') && isBackup(context, event, 'empty'),
    canRestore: ({ context, event }) => {
      assertEvent(event, 'restore')
      const isOfMode = context.backups[event.b]?.mode === context.mode
      const isAlone = context.hsms.every(({ is }) => is !== 'active')
      return isHsm(context, event, 'provisioning') && isBackup(context, event, 'ready') && isOfMode && isAlone
    },
    isEmpty: ({ context }) => context.hsms.every(({ is }) => is === 'absent'),
    canWrite: ({ context }) => context.hsms.some(({ is, version }) => is === 'active' && version < context.most),
  },
  actions: {
    setMode: assign(({ event }) => {
      assertEvent(event, 'choose')
      return { mode: event.mode }
    }),
    flipMode: assign({ mode: ({ context }) => (context.mode === 'FIPS' ? 'NON_FIPS' : 'FIPS') }),
    setHsm: assign(({ context, event }, { is }: { readonly is: 'absent' | 'provisioning' | 'failed' }) => {
      assertEvent(event, ['createHsm', 'fail', 'deleteFailed', 'deleteHsm'])
      return withHsm(context, event.h, vacant(is))
    }),
    activate: assign(({ context, event }) => {
      assertEvent(event, 'activate')
      return withHsm(context, event.h, activated(context))
    }),
    restore: assign(({ context, event }) => {
      assertEvent(event, 'restore')
      const { version, mode } = context.backups[event.b] ?? vacant('empty')
      return withHsm(context, event.h, { is: 'active', version, mode })
    }),
    setBackup: assign(({ context, event }, { is }: { readonly is: 'empty' | 'deleted' }) => {
      assertEvent(event, ['deleteBackup', 'purge'])
      return withBackup(context, event.b, vacant(is))
    }),
    backUp: assign(({ context, event }) => {
      assertEvent(event, ['deleteHsm', 'startBackup'])
      const { version } = context.hsms[event.h] ?? vacant('absent')
      return withBackup(context, event.b, { is: 'creating', version, mode: context.mode })
    }),
    finish: assign(({ context, event }) => {
      assertEvent(event, 'finish')
      const { version, mode } = context.backups[event.b] ?? vacant('empty')
      return withBackup(context, event.b, { is: 'ready', version, mode })
    }),
    write: assign({
      hsms: ({ context }) =>
        context.hsms.map(hsm => (hsm.is === 'active' ? { ...hsm, version: hsm.version + 1 } : hsm)),
    }),
  },
}).createMachine({
  context: ({ input }) => vacantSlots(input),
  initial: 'choosing',
  states: {
    choosing: { on: { choose: { target: 'running', actions: 'setMode' } } },
    running: {
      on: {
        createHsm: { guard: 'isAbsent', actions: { type: 'setHsm', params: { is: 'provisioning' } } },
        activate: { guard: 'isProvisioning', actions: 'activate' },
        fail: { guard: 'isUp', actions: { type: 'setHsm', params: { is: 'failed' } } },
        deleteFailed: { guard: 'isFailed', actions: { type: 'setHsm', params: { is: 'absent' } } },
        deleteHsm: { guard: 'canBackUp', actions: ['backUp', { type: 'setHsm', params: { is: 'absent' } }] },
        startBackup: { guard: 'canBackUp', actions: 'backUp' },
        restore: { guard: 'canRestore', actions: 'restore' },
        finish: { guard: 'isCreating', actions: 'finish' },
        deleteBackup: { guard: 'isReady', actions: { type: 'setBackup', params: { is: 'deleted' } } },
        purge: { guard: 'isDeleted', actions: { type: 'setBackup', params: { is: 'empty' } } },
        recreate: { guard: 'isEmpty', actions: 'flipMode' },
        writeKey: { guard: 'canWrite', actions: 'write' },
      },
    },
  },
})
