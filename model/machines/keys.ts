/** What an HSM does about keys: for the crypto user, and what the service brings from its peers; the HSM's own machine is made of it. */
import { and, assertEvent, not, setup } from 'xstate'
import type { Emitted } from './backup.ts'
import type { HsmContext, HsmEvent } from './hsm.ts'
import { denied, locked, missing, uncertified } from './turned-away.ts'
import { refusal, type As } from './words.ts'

export type KeyEvent =
  | {
      readonly type: 'GenerateKey'
      readonly as: As
      readonly value: number
      /** An ACTIVE HSM of the cluster has a key. */
      readonly hasKey: boolean
      /** The client reaches as many HSMs as it asks for. */
      readonly isEnough: boolean
    }
  | {
      readonly type: 'UseKey'
      readonly as: As
      /** An ACTIVE HSM of the cluster has the key. */
      readonly hasKey: boolean
      /** As many have it as the client asks for. */
      readonly isEnough: boolean
      /** This is the HSM that computes. */
      readonly serves: boolean
    }
  | {
      readonly type: 'DeleteKey'
      readonly as: As
      /** An HSM that the client reaches has the key. */
      readonly hasKey: boolean
      /** The client does not reach all of them. */
      readonly isPartial: boolean
    }
  /** Another HSM of the cluster, and not this one, has been given another key. */
  | { readonly type: 'KeyReplaced' }
  /** `key`: that of a peer, 0 without one; `isDeleted`: a peer, or the HSM itself, has deleted it. */
  | { readonly type: 'KeysSynchronised'; readonly key: number; readonly isDeleted: boolean }
  /** This HSM is the peer that knows better. */
  | { readonly type: 'GiveKeys' }

interface Asked {
  readonly context: HsmContext
  readonly event: HsmEvent
}

export const keyGuards = {
  hasKey: ({ event }: Asked) => {
    assertEvent(event, ['GenerateKey', 'UseKey', 'DeleteKey'])
    return event.hasKey
  },
  isEnough: ({ event }: Asked) => {
    assertEvent(event, ['GenerateKey', 'UseKey'])
    return event.isEnough
  },
  serves: ({ event }: Asked) => {
    assertEvent(event, 'UseKey')
    return event.serves
  },
  holdsKey: ({ context }: Asked) => context.contents.keys !== 0,
  hasTombstone: ({ context }: Asked) => context.tombstone,
  isDeletedByPeer: ({ event }: Asked) => {
    assertEvent(event, 'KeysSynchronised')
    return event.isDeleted
  },
  isHeldByPeer: ({ event }: Asked) => {
    assertEvent(event, 'KeysSynchronised')
    return event.key !== 0
  },
}

const { assign } = setup({ types: { context: {} as HsmContext, events: {} as HsmEvent, emitted: {} as Emitted } })

export const keyActions = {
  setKeys: assign(({ context, event }) => {
    assertEvent(event, 'GenerateKey')
    return { contents: { ...context.contents, keys: event.value }, tombstone: false }
  }),
  removeKeys: assign(({ context }) => ({ contents: { ...context.contents, keys: 0 } })),
  noteDeletion: assign(({ event }) => {
    assertEvent(event, 'DeleteKey')
    return { tombstone: event.isPartial }
  }),
  forgetDeletion: assign({ tombstone: false }),
  takeKey: assign(({ context, event }) => {
    assertEvent(event, 'KeysSynchronised')
    return { contents: { ...context.contents, keys: event.key } }
  }),
  takeDeletion: assign(({ context }) => ({ contents: { ...context.contents, keys: 0 }, tombstone: true })),
}

const ADMITTED = ['isCertified', 'exists', not('isLocked'), 'isCryptoUser'] as const
const none = refusal('KEY_MISSING', '§key.missing', 'refused: there is no such key')

/** What an ACTIVE HSM does for the crypto user. */
export const byKeys = {
  GenerateKey: [
    {
      guard: and([...ADMITTED, not('hasKey'), 'isEnough']),
      actions: ['setKeys', 'exchangeRecord'],
      description: 'the crypto user generates a key',
      meta: { clause: '§key.generate', also: ['§cluster.write', '§sync.write', '§channel.sealed'] },
    },
    uncertified,
    missing,
    locked,
    { guard: not('isCryptoUser'), ...denied('§key.permission', 'CU') },
    {
      guard: 'hasKey',
      description: 'a second key is created as the first, and not described',
      meta: { bound: 'one key stands for many', clause: '§key.generate' },
    },
    refusal('KEY_UNAVAILABLE', '§key.availability.create', 'refused: the client reaches too few HSMs'),
  ],
  UseKey: [
    {
      guard: and([...ADMITTED, 'hasKey', 'isEnough', 'serves']),
      actions: 'exchangeRecord',
      description: 'the crypto user computes with the key',
      meta: { clause: '§key.use', also: ['§client.distribute', '§channel.sealed'] },
    },
    {
      guard: and([...ADMITTED, 'hasKey', 'isEnough', not('serves')]),
      description: 'has no part in it: another HSM computes',
      meta: { clause: '§client.distribute' },
    },
    uncertified,
    missing,
    locked,
    { guard: not('isCryptoUser'), ...denied('§key.permission', 'CU') },
    { guard: not('hasKey'), ...none },
    refusal('KEY_UNAVAILABLE', '§key.availability', 'refused: the key is on too few HSMs for this client'),
  ],
  DeleteKey: [
    {
      guard: and([...ADMITTED, 'hasKey']),
      actions: ['removeKeys', 'noteDeletion', 'exchangeRecord'],
      description: 'the crypto user deletes the key',
      meta: { clause: '§key.delete', also: ['§cluster.write', '§sync.write', '§channel.sealed'] },
    },
    uncertified,
    missing,
    locked,
    { guard: not('isCryptoUser'), ...denied('§key.permission', 'CU') },
    none,
  ],
  KeyReplaced: {
    guard: 'hasTombstone',
    actions: 'forgetDeletion',
    description: 'what it deleted is no longer of account: there is another key',
    meta: { clause: '§sync.deleted' },
  },
  KeysSynchronised: [
    {
      guard: and(['holdsKey', 'isDeletedByPeer']),
      actions: 'takeDeletion',
      description: 'loses the key that a peer has deleted',
      meta: { clause: '§sync.deleted', also: ['§sync.users'] },
    },
    {
      guard: and([not('holdsKey'), not('isDeletedByPeer'), 'isHeldByPeer']),
      actions: 'takeKey',
      description: 'gets the key that a peer has',
      meta: { clause: '§sync.keys', also: ['§sync.users'] },
    },
  ],
  GiveKeys: {
    actions: 'sendContents',
    description: 'hands a peer what it knows of keys',
    meta: { clause: '§sync.keys', also: ['§sync.deleted', '§channel.sealed'] },
  },
} as const
