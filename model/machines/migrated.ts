/** Another type of HSM, as an HSM sees it: backed up, then replaced where it stands; the HSM's own machine is made of it. */
import { and, assertEvent, not, setup } from 'xstate'
import type { Emitted } from './backup.ts'
import type { Contents } from './contents.ts'
import type { HsmContext, HsmEvent } from './hsm.ts'
import { NO_TOKENS } from './quorum.ts'
import { checks, type Attempt } from './restore.ts'
import { NO_FAILURES } from './users.ts'
import { refusal } from './words.ts'

export type MigratedEvent =
  | {
      readonly type: 'HsmBackedUp'
      readonly clusterState: string
      /** No HSM of the cluster is being migrated, and no backup of it is being made. */
      readonly free: boolean
    }
  | {
      readonly type: 'HsmMigrated'
      readonly clusterState: string
      /** A backup of the cluster is in CREATE_IN_PROGRESS. */
      readonly sealing: boolean
      /** The newest usable backup, handed to an HSM of the newer type; null without one. */
      readonly attempt: Attempt | null
    }
  /** A rollback begins. */
  | { readonly type: 'ModifyHsmType' }
  /** `contents`: of HSMs of the original type; null where none take the place of those of the newer. */
  | { readonly type: 'ClusterRolledBack'; readonly contents: Contents | null }

interface Asked {
  readonly context: HsmContext
  readonly event: HsmEvent
}

/** Every check of a backup is passed, or there is none to check. */
export const isAdmitted = (attempt: Attempt | null): boolean =>
  attempt === null || Object.values(checks).every(check => check(attempt))

export const migratedGuards = {
  isClusterChanging: ({ event }: Asked) => {
    assertEvent(event, 'DeleteHsm')
    return /^(MODIFY|ROLLBACK)_IN_PROGRESS$/.test(event.clusterState)
  },
  isClusterMigrating: ({ event }: Asked) => {
    assertEvent(event, ['HsmBackedUp', 'HsmMigrated'])
    return event.clusterState === 'MODIFY_IN_PROGRESS'
  },
  isOlder: ({ context }: Asked) => context.hsmType === 'hsm1.medium',
  isFree: ({ event }: Asked) => {
    assertEvent(event, 'HsmBackedUp')
    return event.free
  },
  isSealed: ({ event }: Asked) => {
    assertEvent(event, 'HsmMigrated')
    return !event.sealing
  },
  isAdmitted: ({ event }: Asked) => {
    assertEvent(event, 'HsmMigrated')
    return isAdmitted(event.attempt)
  },
  isGivenBack: ({ event }: Asked) => {
    assertEvent(event, 'ClusterRolledBack')
    return event.contents !== null
  },
}

const { assign } = setup({ types: { context: {} as HsmContext, events: {} as HsmEvent, emitted: {} as Emitted } })
const FRESH = { copied: false, failures: NO_FAILURES, tokens: NO_TOKENS } as const

export const migratedActions = {
  migrate: assign({ hsmType: 'hsm2m.medium', ...FRESH }),
  rollBack: assign(({ context, event }) => {
    assertEvent(event, 'ClusterRolledBack')
    return { hsmType: 'hsm1.medium' as const, contents: event.contents ?? context.contents, ...FRESH }
  }),
}

export const changing = {
  guard: 'isClusterChanging',
  ...refusal('InvalidRequest', '§hsm.delete.changing', 'refused: the HSMs of its cluster are being replaced'),
} as const

/** What becomes of an ACTIVE HSM whose cluster is to have another type. */
export const migrated = {
  HsmBackedUp: {
    guard: and(['isClusterMigrating', 'isOlder', 'isFree']),
    actions: 'noteCopy',
    description: 'is backed up before it is migrated',
    meta: { clause: '§migrate.backup' },
  },
  FailSeal: {
    guard: 'isCopied',
    actions: 'dropCopy',
    description: 'its backup failed: it needs a new one before it is migrated',
    meta: { clause: '§migrate.backup' },
  },
  HsmMigrated: [
    {
      guard: and(['isClusterMigrating', 'isCopied', 'isSealed', 'isAdmitted']),
      actions: ['migrate', 'sendContents'],
      description: 'a new HSM of the newer type takes its place, its address and its contents',
      meta: { clause: '§migrate.hsm', also: ['§user.lockout.own', '§quorum.own'] },
    },
    {
      guard: and(['isClusterMigrating', 'isCopied', 'isSealed', not('isAdmitted')]),
      actions: 'dropCopy',
      description: 'stays: the new HSM has refused the backup',
      meta: { fail: 'VALIDATION', clause: '§migrate.validation' },
    },
  ],
  ModifyHsmType: {
    guard: 'isCopied',
    actions: 'dropCopy',
    description: 'stays: its cluster goes back before it was migrated',
    meta: { clause: '§rollback.start' },
  },
  ClusterRolledBack: {
    guard: and([not('isOlder'), 'isGivenBack']),
    actions: 'rollBack',
    description: 'a new HSM of the original type takes its place and its address, with what is left of that type',
    meta: { clause: '§rollback.hsm', also: ['§user.lockout.own', '§quorum.own'] },
  },
} as const
