/** The HSM: provisioned or joining, ACTIVE, failed, replaced, deleted after a final backup. It decides what its users may do. */
import { and, assertEvent, assign, emit, not, setup } from 'xstate'
import type { Emitted } from './backup.ts'
import { EMPTY, type Contents } from './contents.ts'
import { keyActions, keyGuards, type KeyEvent } from './keys.ts'
import { changing, migrated, migratedActions, migratedGuards, type MigratedEvent } from './migrated.ts'
import { byUsers, throughPeers } from './operations.ts'
import { NO_TOKENS, quorumActions, quorumGuards, type QuorumEvent, type Token } from './quorum.ts'
import { checks, type Attempt, type Label, type Sealed } from './restore.ts'
import { NO_FAILURES, userActions, userGuards, type Failures, type UserEvent } from './users.ts'
import { refusal, type HsmType, type Meta, type Zone } from './words.ts'

export type HsmState = 'vacant' | 'CREATE_IN_PROGRESS' | 'ACTIVE' | 'DEGRADED' | 'DELETE_IN_PROGRESS'

export interface HsmContext {
  /** Slot of its cluster; null for a vacant slot. */
  readonly cluster: number | null
  /** Where it stands, and whoever replaces it; null for a vacant slot. */
  readonly zone: Zone | null
  /** Of what type it is: its cluster's, but for one that is being migrated. */
  readonly hsmType: HsmType | null
  readonly contents: Contents
  /** While it joins: a peer was backed up for it; while it is ACTIVE: it was, to be migrated. No such backup has failed since. */
  readonly copied: boolean
  /** Logins of each user that failed since the last that was accepted, as this HSM has counted them. */
  readonly failures: Failures
  /** The tokens that it has issued and that are neither used nor gone. */
  readonly tokens: readonly Token[]
  /** It has deleted the key, which a peer that the client did not reach may have. */
  readonly tombstone: boolean
  /** Nothing keeps it from going: its final backup is READY, or none is taken. */
  readonly saved: boolean
}

export type HsmEvent =
  | { readonly type: 'CreateHsm'; readonly cluster: number; readonly zone: Zone; readonly hsmType: HsmType | null }
  | { readonly type: 'HsmProvisioned'; readonly clusterState: string }
  | { readonly type: 'PeerBackedUp'; readonly clusterState: string; readonly peer: boolean }
  /** This HSM is the peer that is backed up. */
  | { readonly type: 'BackUp' }
  /** The same, because it is time. */
  | { readonly type: 'BackUpInTime' }
  | {
      readonly type: 'HsmRestored'
      readonly clusterState: string
      /** A backup of the cluster is in CREATE_IN_PROGRESS or one of its HSMs is being deleted. */
      readonly busy: boolean
      readonly own: Label | null
      /** Contents of an ACTIVE HSM of the cluster. */
      readonly peer: Contents | null
      /** The newest usable backup. */
      readonly sealed: Sealed | null
    }
  /** This HSM is the peer whose contents an HSM that joins gets. */
  | { readonly type: 'Synchronise'; readonly joined: boolean }
  | {
      readonly type: 'HsmReplaced'
      readonly clusterState: string
      readonly source: boolean
      readonly hsmType: HsmType | null
    }
  | { readonly type: 'DeleteHsm'; readonly clusterState: string }
  | { readonly type: 'HsmDeleted' }
  | { readonly type: 'BackupSealed' }
  | { readonly type: 'FailSeal'; readonly final: boolean }
  | { readonly type: 'FailHsm' }
  | { readonly type: 'ClusterInitialized'; readonly value: number }
  | UserEvent
  | KeyEvent
  | QuorumEvent
  | MigratedEvent

const none: HsmContext = {
  cluster: null,
  zone: null,
  hsmType: null,
  contents: EMPTY,
  copied: false,
  failures: NO_FAILURES,
  tokens: NO_TOKENS,
  tombstone: false,
  saved: false,
}

const attempt = (event: HsmEvent): Attempt => {
  assertEvent(event, 'HsmRestored')
  if (event.sealed === null || event.own === null) throw new Error('expected a backup to check, got none')
  return { sealed: event.sealed, own: event.own }
}

const refused = (fail: string, clause: string, description: string) =>
  ({
    target: 'DEGRADED',
    actions: 'degrade',
    description: `${description}: DEGRADED, and nothing restored`,
    meta: { fail, clause, also: ['§hsm.join.refused', '§restore.atomic'] },
  }) as const

export const hsmMachine = (deleteCreating: 'refused' | 'accepted') =>
  setup({
    types: { context: {} as HsmContext, events: {} as HsmEvent, meta: {} as Meta, emitted: {} as Emitted },
    guards: {
      isUninitialized: ({ event }) => {
        assertEvent(event, ['HsmProvisioned', 'HsmReplaced'])
        return event.clusterState === 'UNINITIALIZED'
      },
      isClusterActive: ({ event }) => {
        assertEvent(event, ['PeerBackedUp', 'HsmRestored', 'HsmReplaced', 'DeleteHsm'])
        return event.clusterState === 'ACTIVE'
      },
      hasPeer: ({ event }) => {
        assertEvent(event, ['PeerBackedUp', 'HsmRestored'])
        return event.type === 'PeerBackedUp' ? event.peer : event.peer !== null
      },
      isCopied: ({ context }) => context.copied,
      isQuiet: ({ event }) => {
        assertEvent(event, 'HsmRestored')
        return !event.busy
      },
      isAloneOrCopied: ({ context, event }) => {
        assertEvent(event, 'HsmRestored')
        return event.peer === null || context.copied
      },
      isDue: and(['isClusterActive', 'isQuiet', 'isAloneOrCopied']),
      hasBackup: ({ event }) => {
        assertEvent(event, 'HsmRestored')
        return event.sealed !== null
      },
      isWellFormed: ({ event }) => checks.isWellFormed(attempt(event)),
      isLabelledOwnMode: ({ event }) => checks.isLabelledOwnMode(attempt(event)),
      isLabelledKnownType: ({ event }) => checks.isLabelledKnownType(attempt(event)),
      hasIntactWrap: ({ event }) => checks.hasIntactWrap(attempt(event)),
      isKeyOfOwnMode: ({ event }) => checks.isKeyOfOwnMode(attempt(event)),
      isKeyOfOwnLine: ({ event }) => checks.isKeyOfOwnLine(attempt(event)),
      hasIntactHeader: ({ event }) => checks.hasIntactHeader(attempt(event)),
      hasIntactBody: ({ event }) => checks.hasIntactBody(attempt(event)),
      hasOwnBek: ({ event }) => checks.hasOwnBek(attempt(event)),
      hasJoined: ({ event }) => {
        assertEvent(event, 'Synchronise')
        return event.joined
      },
      hasSource: ({ event }) => {
        assertEvent(event, 'HsmReplaced')
        return event.source
      },
      isSaved: ({ context }) => context.saved,
      isFinal: ({ event }) => {
        assertEvent(event, 'FailSeal')
        return event.final
      },
      'choice.hsm.delete.creating': () => deleteCreating === 'accepted',
      ...userGuards,
      ...keyGuards,
      ...quorumGuards,
      ...migratedGuards,
    },
    actions: {
      enter: assign(({ event }) => {
        assertEvent(event, 'CreateHsm')
        const { cluster, zone, hsmType } = event
        return { cluster, zone, hsmType }
      }),
      renew: assign({
        hsmType: ({ event }) => {
          assertEvent(event, 'HsmReplaced')
          return event.hsmType
        },
      }),
      noteCopy: assign({ copied: true }),
      dropCopy: assign({ copied: false }),
      synchronise: assign(({ event }) => {
        assertEvent(event, 'HsmRestored')
        return { contents: event.peer ?? EMPTY, copied: false }
      }),
      restore: assign(({ event }) => {
        assertEvent(event, 'HsmRestored')
        return { contents: event.sealed?.contents ?? EMPTY, copied: false }
      }),
      degrade: assign({
        contents: EMPTY,
        copied: false,
        failures: NO_FAILURES,
        tokens: NO_TOKENS,
        tombstone: false,
      }),
      letGo: assign({ saved: true, copied: false, failures: NO_FAILURES, tokens: NO_TOKENS }),
      giveUp: assign({ contents: EMPTY, saved: true, failures: NO_FAILURES }),
      forget: assign(none),
      loadCertificate: assign({
        contents: ({ context, event }) => {
          assertEvent(event, 'ClusterInitialized')
          return { ...context.contents, certificates: event.value }
        },
      }),
      ...userActions,
      ...keyActions,
      ...quorumActions,
      ...migratedActions,
      sendContents: emit({ type: 'synchronisation', under: ['CHANNEL'], wrapped: [] }),
    },
  }).createMachine({
    id: 'hsm',
    context: none,
    initial: 'vacant',
    states: {
      vacant: {
        on: {
          CreateHsm: {
            target: 'CREATE_IN_PROGRESS',
            actions: 'enter',
            description: 'a new HSM with an id and an address, in the zone that was named',
            meta: { clause: '§hsm.create', also: ['§hsm.zone'] },
          },
          DeleteHsm: refusal('ResourceNotFound', '§hsm.unknown', 'refused: there is no such HSM'),
        },
      },
      CREATE_IN_PROGRESS: {
        on: {
          HsmProvisioned: {
            guard: 'isUninitialized',
            target: 'ACTIVE',
            description: 'the first HSM is ready, with initial contents',
            meta: { clause: '§hsm.provision', also: ['§cluster.csr'] },
          },
          PeerBackedUp: {
            guard: and(['isClusterActive', 'hasPeer', not('isCopied')]),
            actions: 'noteCopy',
            description: 'a peer is backed up for it',
            meta: { clause: '§hsm.join.snapshot' },
          },
          FailSeal: {
            guard: and(['isCopied', not('isFinal')]),
            actions: 'dropCopy',
            description: 'the backup of a peer failed, its own or another: it needs a new one',
            meta: { clause: '§hsm.join.again' },
          },
          FailHsm: {
            target: 'DEGRADED',
            actions: 'degrade',
            description: 'fails before it was ready',
            meta: { clause: '§hsm.fail.creating' },
          },
          HsmRestored: [
            {
              guard: and(['isDue', not('hasBackup'), not('hasPeer')]),
              target: 'DEGRADED',
              actions: 'degrade',
              description: 'nothing to restore from: DEGRADED',
              meta: { fail: 'NO_BACKUP', clause: '§hsm.join.none' },
            },
            {
              guard: and(['isDue', not('hasBackup'), 'hasPeer']),
              target: 'ACTIVE',
              actions: 'synchronise',
              description: 'no usable backup: joins with the contents of its peer',
              meta: { clause: '§hsm.join.sync', also: ['§hsm.join.wait'] },
            },
            {
              guard: and(['isDue', 'hasBackup', not('isWellFormed')]),
              ...refused('FORMAT', '§restore.format', 'the backup was cut short'),
            },
            {
              guard: and(['isDue', 'hasBackup', not('isLabelledOwnMode')]),
              ...refused('MODE', '§restore.mode', 'the backup is labelled with the other mode'),
            },
            {
              guard: and(['isDue', 'hasBackup', not('isLabelledKnownType')]),
              ...refused('TYPE', '§restore.type', 'the backup is labelled with a newer line'),
            },
            {
              guard: and(['isDue', 'hasBackup', not('hasIntactWrap')]),
              ...refused('UNWRAP', '§restore.unwrap', 'the wrapped BEK was altered'),
            },
            {
              guard: and(['isDue', 'hasBackup', not('isKeyOfOwnMode')]),
              ...refused('UNWRAP', '§key.mode', 'the backup was made in the other mode'),
            },
            {
              guard: and(['isDue', 'hasBackup', not('isKeyOfOwnLine')]),
              ...refused('UNWRAP', '§key.line', 'the backup was made by the other line'),
            },
            {
              guard: and(['isDue', 'hasBackup', not('hasIntactHeader')]),
              ...refused('SEAL', '§restore.header', 'the header was altered'),
            },
            {
              guard: and(['isDue', 'hasBackup', not('hasIntactBody')]),
              ...refused('SEAL', '§restore.seal', 'the encrypted contents were altered'),
            },
            {
              guard: and(['isDue', 'hasBackup', not('hasOwnBek')]),
              ...refused('SEAL', '§restore.splice', "the wrapped BEK is another backup's"),
            },
            {
              guard: and(['isDue', 'hasBackup', 'hasPeer']),
              target: 'ACTIVE',
              actions: 'synchronise',
              description: 'restored, then brought to the contents of its peer',
              meta: { clause: '§hsm.join.sync', also: ['§hsm.join.latest', '§hsm.join.wait'] },
            },
            {
              guard: and(['isDue', 'hasBackup', not('hasPeer')]),
              target: 'ACTIVE',
              actions: 'restore',
              description: 'restored from the newest usable backup',
              meta: { clause: '§hsm.join.latest', also: ['§restore.exact', '§hsm.join.wait'] },
            },
          ],
          DeleteHsm: [
            {
              guard: 'choice.hsm.delete.creating',
              target: 'DELETE_IN_PROGRESS',
              actions: 'letGo',
              description: 'goes before it was ready, without a backup',
              meta: { clause: '§hsm.delete', also: ['§hsm.delete.state'] },
            },
            refusal('InvalidRequest', '§hsm.delete.state', 'refused: the HSM is being created'),
          ],
        },
      },
      ACTIVE: {
        on: {
          BackUp: { description: 'is backed up for an HSM that joins', meta: { clause: '§hsm.join.snapshot' } },
          BackUpInTime: {
            description: 'is backed up because it is time',
            meta: { clause: '§backup.daily', also: ['§backup.first'] },
          },
          Synchronise: {
            guard: 'hasJoined',
            actions: 'sendContents',
            description: 'gives its contents to an HSM that joins',
            meta: { clause: '§hsm.join.sync', also: ['§channel.sealed'] },
          },
          FailHsm: {
            target: 'DEGRADED',
            actions: 'degrade',
            description: 'fails, and its contents with it',
            meta: { clause: '§hsm.fail' },
          },
          DeleteHsm: [
            changing,
            {
              guard: 'isClusterActive',
              target: 'DELETE_IN_PROGRESS',
              actions: 'dropTokens',
              description: 'waits for its final backup before it goes',
              meta: { clause: '§hsm.delete.backup', also: ['§quorum.own'] },
            },
            {
              guard: and([not('isClusterActive'), not('isClusterChanging')]),
              target: 'DELETE_IN_PROGRESS',
              actions: 'letGo',
              description: 'goes without a backup: its cluster is not ACTIVE',
              meta: { clause: '§hsm.delete.unsaved' },
            },
          ],
          ClusterInitialized: {
            actions: 'loadCertificate',
            description: 'gets the cluster certificate',
            meta: { clause: '§cluster.initialize' },
          },
          TenMinutes: {
            guard: 'hasTokens',
            actions: 'dropTokens',
            description: 'its tokens have had their time',
            meta: { clause: '§quorum.expire' },
          },
          ...byUsers,
          ...migrated,
        },
      },
      DEGRADED: {
        on: {
          HsmReplaced: [
            {
              guard: and(['isClusterActive', 'hasSource']),
              target: 'CREATE_IN_PROGRESS',
              actions: 'renew',
              description: 'a new HSM takes its place, its zone and its address, and joins',
              meta: { clause: '§hsm.replace', also: ['§hsm.zone'] },
            },
            {
              guard: 'isUninitialized',
              target: 'CREATE_IN_PROGRESS',
              description: 'a new first HSM takes its place, its zone and its address, and is provisioned',
              meta: { clause: '§hsm.replace.first', also: ['§hsm.zone'] },
            },
          ],
          DeleteHsm: [
            changing,
            {
              guard: not('isClusterChanging'),
              target: 'DELETE_IN_PROGRESS',
              actions: 'letGo',
              description: 'goes without a backup: it has failed',
              meta: { clause: '§hsm.delete.unsaved' },
            },
          ],
        },
      },
      DELETE_IN_PROGRESS: {
        on: {
          BackupSealed: {
            actions: 'letGo',
            description: 'its final backup is READY',
            meta: { clause: '§hsm.delete.backup' },
          },
          FailSeal: {
            guard: 'isFinal',
            target: 'ACTIVE',
            description: 'its final backup failed: it stays',
            meta: { clause: '§hsm.delete.failed' },
          },
          FailHsm: {
            actions: 'giveUp',
            description: 'fails, has nothing left to keep, and goes',
            meta: { clause: '§hsm.fail.deleting' },
          },
          HsmDeleted: {
            guard: 'isSaved',
            target: 'vacant',
            actions: 'forget',
            description: 'is DELETED, and its cluster no longer lists it',
            meta: { clause: '§hsm.delete', also: ['§cluster.empty'] },
          },
          DeleteHsm: refusal('InvalidRequest', '§hsm.delete.state', 'refused: the HSM is being deleted'),
          ...throughPeers,
        },
      },
    },
  })
