/** A user of the variant with another machine: who enrols, mistakes the password a few times and is locked, logs in and out. */
import { assertEvent, assign, setup } from 'xstate'

export interface Mistakes {
  /** How often the password was wrong since it was last right; forgotten where nobody waits for it. */
  readonly mistakes: number
}

export type UserEvent =
  | { readonly type: 'Enrol' }
  | { readonly type: 'LogIn' }
  | { readonly type: 'Mistake'; readonly most: number }
  | { readonly type: 'LogOut' }
  | { readonly type: 'Unlock'; readonly isUp: boolean }
  | { readonly type: 'Clone' }
  | { readonly type: 'Write'; readonly isOpen: boolean }
  | { readonly type: 'Remove' }
  | { readonly type: 'Vanish' }

const none: Mistakes = { mistakes: 0 }

export const userMachine = setup({
  types: { context: {} as Mistakes, events: {} as UserEvent },
  guards: {
    isLast: ({ context, event }) => {
      assertEvent(event, 'Mistake')
      return context.mistakes + 1 >= event.most
    },
    isUp: ({ event }) => {
      assertEvent(event, 'Unlock')
      return event.isUp
    },
    isOpen: ({ event }) => {
      assertEvent(event, 'Write')
      return event.isOpen
    },
  },
  actions: {
    count: assign({ mistakes: ({ context }) => context.mistakes + 1 }),
    forget: assign(none),
  },
}).createMachine({
  context: none,
  initial: 'none',
  states: {
    none: { on: { Enrol: { target: 'out' } } },
    out: {
      on: {
        LogIn: { target: 'in', actions: 'forget' },
        Mistake: [{ guard: 'isLast', target: 'locked', actions: 'forget' }, { actions: 'count' }],
        Remove: { target: 'none', actions: 'forget' },
        Vanish: { target: 'none', actions: 'forget' },
      },
    },
    in: {
      on: {
        LogOut: { target: 'out' },
        Clone: {},
        Write: { guard: 'isOpen' },
        Vanish: { target: 'none' },
      },
    },
    locked: { on: { Unlock: { guard: 'isUp', target: 'out' }, Vanish: { target: 'none' } } },
  },
})
