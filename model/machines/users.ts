/** What the users of an HSM may do, each operation with its refusals in order; the HSM's own machine is made of it. */
import { and, assertEvent, not, setup } from 'xstate'
import type { Emitted } from './backup.ts'
import type { HsmContext, HsmEvent } from './hsm.ts'
import { refusal, type As } from './words.ts'

export type UserEvent =
  | { readonly type: 'Activate'; readonly value: number }
  | { readonly type: 'LogIn'; readonly as: As; readonly password: 'right' | 'wrong' }
  | { readonly type: 'CreateUser'; readonly as: As; readonly value: number }
  | { readonly type: 'GenerateKey'; readonly as: As; readonly value: number }
  | { readonly type: 'UseKey'; readonly as: As }
  | { readonly type: 'SetPolicy'; readonly as: As; readonly value: number }
  | { readonly type: 'SetQuorum'; readonly as: As; readonly value: number }

interface Asked {
  readonly context: HsmContext
  readonly event: HsmEvent
}

const { assign, emit } = setup({ types: { context: {} as HsmContext, events: {} as HsmEvent, emitted: {} as Emitted } })

const byUser = ['LogIn', 'CreateUser', 'GenerateKey', 'UseKey', 'SetPolicy', 'SetQuorum'] as const

const uncertified = {
  guard: not('isCertified'),
  ...refusal('CERTIFICATE', '§client.certificate', 'refused: the HSM cannot show a certificate of its cluster'),
} as const
const missing = {
  guard: not('exists'),
  ...refusal('USER_MISSING', '§user.login.missing', 'refused: there is no such user'),
} as const
const denied = (clause: string, who: string) => refusal('NOT_PERMITTED', clause, `refused: only a ${who} may`)

export const userGuards = {
  isCertified: ({ context }: Asked) => context.contents.certificates !== 0,
  isActivated: ({ context }: Asked) => context.contents.configuration !== 0,
  exists: ({ context, event }: Asked) => {
    assertEvent(event, byUser)
    return event.as === 'CO' ? context.contents.configuration !== 0 : context.contents.users !== 0
  },
  isRightPassword: ({ event }: Asked) => {
    assertEvent(event, 'LogIn')
    return event.password === 'right'
  },
  isOfficer: ({ event }: Asked) => {
    assertEvent(event, byUser)
    return event.as === 'CO'
  },
  isCryptoUser: ({ event }: Asked) => {
    assertEvent(event, byUser)
    return event.as === 'CU'
  },
  isTaken: ({ context }: Asked) => context.contents.users !== 0,
  hasKey: ({ context }: Asked) => context.contents.keys !== 0,
}

export const userActions = {
  setConfiguration: assign({
    contents: ({ context, event }) => {
      assertEvent(event, 'Activate')
      return { ...context.contents, configuration: event.value }
    },
  }),
  setUsers: assign({
    contents: ({ context, event }) => {
      assertEvent(event, 'CreateUser')
      return { ...context.contents, users: event.value }
    },
  }),
  setKeys: assign({
    contents: ({ context, event }) => {
      assertEvent(event, 'GenerateKey')
      return { ...context.contents, keys: event.value }
    },
  }),
  setPolicies: assign({
    contents: ({ context, event }) => {
      assertEvent(event, 'SetPolicy')
      return { ...context.contents, policies: event.value }
    },
  }),
  setQuorum: assign({
    contents: ({ context, event }) => {
      assertEvent(event, 'SetQuorum')
      return { ...context.contents, quorum: event.value }
    },
  }),
  exchangeRecord: emit({ type: 'record', under: ['CHANNEL'], wrapped: [] }),
}

/** What an ACTIVE HSM does for its users. */
export const byUsers = {
  Activate: [
    {
      guard: and(['isCertified', not('isActivated')]),
      actions: ['setConfiguration', 'exchangeRecord'],
      description: 'PRECO becomes the officer CO',
      meta: { clause: '§user.activate', also: ['§channel.sealed'] },
    },
    uncertified,
    refusal('ALREADY_ACTIVATED', '§user.activate.once', 'refused: PRECO is no more'),
  ],
  LogIn: [
    {
      guard: and(['isCertified', 'exists', 'isRightPassword']),
      actions: 'exchangeRecord',
      description: 'the user is let in',
      meta: { clause: '§user.login', also: ['§channel.sealed'] },
    },
    uncertified,
    missing,
    refusal('LOGIN_FAILURE', '§user.login.password', 'refused: the password is wrong'),
  ],
  CreateUser: [
    {
      guard: and(['isCertified', 'exists', 'isOfficer', not('isTaken')]),
      actions: ['setUsers', 'exchangeRecord'],
      description: 'the officer creates a crypto user',
      meta: { clause: '§user.create', also: ['§cluster.write', '§channel.sealed'] },
    },
    uncertified,
    missing,
    { guard: not('isOfficer'), ...denied('§user.permission', 'CO') },
    refusal('USER_EXISTS', '§user.create.exists', 'refused: the name is taken'),
  ],
  GenerateKey: [
    {
      guard: and(['isCertified', 'exists', 'isCryptoUser', not('hasKey')]),
      actions: ['setKeys', 'exchangeRecord'],
      description: 'the crypto user generates a key',
      meta: { clause: '§key.generate', also: ['§cluster.write', '§channel.sealed'] },
    },
    uncertified,
    missing,
    { guard: not('isCryptoUser'), ...denied('§key.permission', 'CU') },
    {
      description: 'a second key is created as the first, and not described',
      meta: { bound: 'one key stands for many', clause: '§key.generate' },
    },
  ],
  UseKey: [
    {
      guard: and(['isCertified', 'exists', 'isCryptoUser', 'hasKey']),
      actions: 'exchangeRecord',
      description: 'the crypto user computes with the key',
      meta: { clause: '§key.use', also: ['§channel.sealed'] },
    },
    uncertified,
    missing,
    { guard: not('isCryptoUser'), ...denied('§key.permission', 'CU') },
    refusal('KEY_MISSING', '§key.missing', 'refused: there is no such key'),
  ],
  SetPolicy: [
    {
      guard: and(['isCertified', 'exists', 'isOfficer']),
      actions: ['setPolicies', 'exchangeRecord'],
      description: 'the officer sets the policy',
      meta: { clause: '§policy.set', also: ['§cluster.write', '§channel.sealed'] },
    },
    uncertified,
    missing,
    denied('§policy.permission', 'CO'),
  ],
  SetQuorum: [
    {
      guard: and(['isCertified', 'exists', 'isOfficer']),
      actions: ['setQuorum', 'exchangeRecord'],
      description: 'the officer sets the quorum value',
      meta: { clause: '§quorum.set', also: ['§cluster.write', '§channel.sealed'] },
    },
    uncertified,
    missing,
    denied('§quorum.permission', 'CO'),
  ],
} as const

/** What reaches an HSM that is being deleted through its ACTIVE peers. */
export const throughPeers = {
  CreateUser: {
    actions: 'setUsers',
    description: 'gets the crypto user that its ACTIVE peer created',
    meta: { clause: '§cluster.write' },
  },
  GenerateKey: {
    actions: 'setKeys',
    description: 'gets the key that its ACTIVE peer generated',
    meta: { clause: '§cluster.write' },
  },
  SetPolicy: {
    actions: 'setPolicies',
    description: 'gets the policy that its ACTIVE peer was given',
    meta: { clause: '§cluster.write' },
  },
  SetQuorum: {
    actions: 'setQuorum',
    description: 'gets the quorum value that its ACTIVE peer was given',
    meta: { clause: '§cluster.write' },
  },
} as const
