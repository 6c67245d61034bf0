/** The users of an HSM: what they ask, what is asked of them, and what becomes of it; the HSM's own machine is made of it. */
import { assertEvent, setup } from 'xstate'
import type { Emitted } from './backup.ts'
import type { Contents, Part } from './contents.ts'
import type { HsmContext, HsmEvent } from './hsm.ts'
import type { Everywhere } from './quorum.ts'
import { OFFICERS, type As } from './words.ts'

export type UserEvent =
  | { readonly type: 'Activate'; readonly value: number }
  | { readonly type: 'LogIn'; readonly as: As; readonly password: 'right' | 'wrong' }
  | { readonly type: 'ListUsers' }
  | ({ readonly type: 'CreateUser'; readonly as: As; readonly user: As; readonly value: number } & Everywhere)
  | ({ readonly type: 'ChangePassword'; readonly as: As; readonly user: As; readonly value: number } & Everywhere)
  | ({ readonly type: 'DeleteUser'; readonly as: As; readonly user: As } & Everywhere)
  | { readonly type: 'SetPolicy'; readonly as: As; readonly value: number }
  | ({ readonly type: 'SetQuorum'; readonly as: As; readonly quorum: number } & Everywhere)

export type Failures = Readonly<Record<As, number>>

export const NO_FAILURES: Failures = { CO: 0, CO2: 0, CO3: 0, CU: 0 }

/** After so many failures an account is locked. */
const MOST_FAILURES = 5

/** The part of the contents that holds a user's password. */
export const PASSWORD: Readonly<Record<As, Part>> = { CO: 'officer', CO2: 'second', CO3: 'third', CU: 'users' }

/** The users whom an HSM has locked out. */
export const lockedIn = ({ failures }: Pick<HsmContext, 'failures'>): readonly As[] =>
  ([...OFFICERS, 'CU'] as const).filter(user => failures[user] >= MOST_FAILURES)

interface Asked {
  readonly context: HsmContext
  readonly event: HsmEvent
}

const { assign, emit } = setup({
  types: { context: {} as HsmContext, events: {} as HsmEvent, emitted: {} as Emitted },
})

const byUser = [
  'LogIn',
  'CreateUser',
  'ChangePassword',
  'DeleteUser',
  'GenerateKey',
  'UseKey',
  'DeleteKey',
  'SetPolicy',
  'SetQuorum',
  'QuorumToken',
  'ApproveToken',
] as const
const aboutUser = ['CreateUser', 'ChangePassword', 'DeleteUser'] as const

/** The contents with one part set. */
const set = (part: Part, value: number, { contents }: HsmContext): { readonly contents: Contents } => ({
  contents: { ...contents, [part]: value },
})
/** The count of a user's failures begins anew. */
const anew = (user: As, { failures }: HsmContext): { readonly failures: Failures } => ({
  failures: { ...failures, [user]: 0 },
})

export const userGuards = {
  isCertified: ({ context }: Asked) => context.contents.certificates !== 0,
  isActivated: ({ context }: Asked) => context.contents.configuration !== 0,
  exists: ({ context, event }: Asked) => {
    assertEvent(event, byUser)
    return context.contents[PASSWORD[event.as]] !== 0
  },
  isLocked: ({ context, event }: Asked) => {
    assertEvent(event, byUser)
    return context.failures[event.as] >= MOST_FAILURES
  },
  isRightPassword: ({ event }: Asked) => {
    assertEvent(event, 'LogIn')
    return event.password === 'right'
  },
  isOfficer: ({ event }: Asked) => {
    assertEvent(event, byUser)
    return event.as !== 'CU'
  },
  isCryptoUser: ({ event }: Asked) => {
    assertEvent(event, byUser)
    return event.as === 'CU'
  },
  /** Who asks is whom it is done to. */
  isSelf: ({ event }: Asked) => {
    assertEvent(event, aboutUser)
    return event.as === event.user
  },
  /** The user whom it is done to exists. */
  isThere: ({ context, event }: Asked) => {
    assertEvent(event, aboutUser)
    return context.contents[PASSWORD[event.user]] !== 0
  },
  ownsKeys: ({ context, event }: Asked) => {
    assertEvent(event, aboutUser)
    return event.user === 'CU' && context.contents.keys !== 0
  },
}

export const userActions = {
  activate: assign(({ context, event }) => {
    assertEvent(event, 'Activate')
    return { contents: { ...context.contents, configuration: event.value, officer: event.value } }
  }),
  countFailure: assign(({ context, event }) => {
    assertEvent(event, 'LogIn')
    return { failures: { ...context.failures, [event.as]: context.failures[event.as] + 1 } }
  }),
  countAnew: assign(({ context, event }) => {
    assertEvent(event, 'LogIn')
    return anew(event.as, context)
  }),
  setPassword: assign(({ context, event }) => {
    assertEvent(event, ['CreateUser', 'ChangePassword'])
    return set(PASSWORD[event.user], event.value, context)
  }),
  removeUser: assign(({ context, event }) => {
    assertEvent(event, 'DeleteUser')
    return set(PASSWORD[event.user], 0, context)
  }),
  unlock: assign(({ context, event }) => {
    assertEvent(event, ['ChangePassword', 'DeleteUser'])
    return anew(event.user, context)
  }),
  setPolicies: assign(({ context, event }) => {
    assertEvent(event, 'SetPolicy')
    return set('policies', event.value, context)
  }),
  setQuorum: assign(({ context, event }) => {
    assertEvent(event, 'SetQuorum')
    return set('quorum', event.quorum, context)
  }),
  exchangeRecord: emit({ type: 'record', under: ['CHANNEL'], wrapped: [] }),
}
