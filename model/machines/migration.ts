/** Another type of HSM, as the cluster sees it: what it is asked, what it becomes meanwhile, and the way back. */
import { and, assertEvent, not, setup } from 'xstate'
import type { Emitted } from './backup.ts'
import type { ClusterContext, ClusterEvent } from './cluster.ts'
import { refusal, type HsmType } from './words.ts'

export type MigrationEvent =
  | {
      readonly type: 'ModifyHsmType'
      readonly hsmType: HsmType
      /** How many HSMs it has, and how many of them are ACTIVE. */
      readonly hsms: number
      readonly active: number
    }
  /** `refused`: the new HSM has refused the backup of the one that it was to take the place of. */
  | { readonly type: 'HsmMigrated'; readonly refused: boolean }
  /** `hasOlder`: an ACTIVE HSM of it is of the older type. */
  | { readonly type: 'ClusterMigrated'; readonly hasOlder: boolean }
  | {
      readonly type: 'ClusterRolledBack'
      /** There is contents for HSMs of the older type, or no need of any. */
      readonly supplied: boolean
      /** HSMs of the older type take the backup that there is. */
      readonly admitted: boolean
    }
  | { readonly type: 'Elapse' }
  /** A client asks for what changes the contents. */
  | { readonly type: 'Write' }

const ORIGINAL: HsmType = 'hsm1.medium'
const NEWER: HsmType = 'hsm2m.medium'

interface Asked {
  readonly context: ClusterContext
  readonly event: ClusterEvent
}

export const migrationGuards = {
  isOwnType: ({ context, event }: Asked) => {
    assertEvent(event, 'ModifyHsmType')
    return event.hsmType === context.hsmType
  },
  isForOriginal: ({ event }: Asked) => {
    assertEvent(event, 'ModifyHsmType')
    return event.hsmType === ORIGINAL
  },
  isRollbackOpen: ({ context }: Asked) => context.rollbackOpen,
  areAllActive: ({ event }: Asked) => {
    assertEvent(event, 'ModifyHsmType')
    return event.hsms > 0 && event.active === event.hsms
  },
  isRefused: ({ event }: Asked) => {
    assertEvent(event, 'HsmMigrated')
    return event.refused
  },
  hasOlder: ({ event }: Asked) => {
    assertEvent(event, 'ClusterMigrated')
    return event.hasOlder
  },
  isSupplied: ({ event }: Asked) => {
    assertEvent(event, 'ClusterRolledBack')
    return event.supplied
  },
  isAdmitted: ({ event }: Asked) => {
    assertEvent(event, 'ClusterRolledBack')
    return event.admitted
  },
}

const { assign } = setup({
  types: { context: {} as ClusterContext, events: {} as ClusterEvent, emitted: {} as Emitted },
})

export const migrationActions = {
  openWindow: assign({ rollbackOpen: true }),
  closeWindow: assign({ rollbackOpen: false }),
  becomeNewer: assign({ hsmType: NEWER }),
  becomeOriginal: assign({ hsmType: ORIGINAL }),
}

export const unmigratable = refusal('InvalidRequest', '§migrate.state', 'refused: the cluster is not ACTIVE')

const tooLate = {
  guard: and(['isForOriginal', not('isRollbackOpen')]),
  ...refusal('InvalidRequest', '§rollback.window', 'refused: no migration began in the last 24 hours'),
} as const

/** What ModifyCluster does that names a type while the cluster is ACTIVE. */
export const modifiedActive = [
  {
    guard: and([not('isOwnType'), not('isForOriginal'), 'areAllActive', not('isFull')]),
    target: 'MODIFY_IN_PROGRESS',
    actions: 'openWindow',
    description: 'its HSMs are migrated to the newer type, one after the other',
    meta: { clause: '§migrate.start', also: ['§rollback.window'] },
  },
  {
    guard: and([not('isOwnType'), 'isForOriginal', 'isRollbackOpen', 'areAllActive']),
    target: 'ROLLBACK_IN_PROGRESS',
    actions: 'closeWindow',
    description: 'goes back to its original type',
    meta: { clause: '§rollback.start' },
  },
  { guard: 'isOwnType', ...refusal('InvalidRequest', '§migrate.same', 'refused: it has that type') },
  tooLate,
  {
    guard: not('areAllActive'),
    ...refusal('InvalidRequest', '§migrate.hsms', 'refused: it has no HSM, or one that is not ACTIVE'),
  },
  refusal('InvalidRequest', '§migrate.limit', 'refused: it has as many HSMs as it may'),
] as const

/** The 24 hours are over. */
export const outlived = {
  guard: 'isRollbackOpen',
  actions: 'closeWindow',
  description: 'can be rolled back no more',
  meta: { clause: '§rollback.window' },
} as const

const Write = refusal('LIMITED_WRITE', '§limited.write', 'refused: its HSMs take no writes')

/** While its HSMs are migrated. */
export const inModification = {
  ModifyHsmType: [
    {
      guard: and(['isForOriginal', 'isRollbackOpen']),
      target: 'ROLLBACK_IN_PROGRESS',
      actions: 'closeWindow',
      description: 'goes back to its original type, before all of it was migrated',
      meta: { clause: '§rollback.start' },
    },
    tooLate,
    unmigratable,
  ],
  HsmMigrated: {
    guard: 'isRefused',
    target: 'ROLLBACK_IN_PROGRESS',
    actions: 'closeWindow',
    description: 'goes back by itself: a new HSM has refused the backup',
    meta: { clause: '§migrate.validation' },
  },
  ClusterMigrated: {
    guard: not('hasOlder'),
    target: 'ACTIVE',
    actions: 'becomeNewer',
    description: 'all its HSMs are of the newer type, and so is it',
    meta: { clause: '§migrate.end' },
  },
  Elapse: outlived,
  Write,
} as const

/** While they are replaced by HSMs of the original type. */
export const inRollback = {
  ClusterRolledBack: [
    {
      guard: and(['isSupplied', 'isAdmitted']),
      target: 'ACTIVE',
      actions: 'becomeOriginal',
      description: 'all its HSMs are of the original type again, and so is it',
      meta: { clause: '§rollback.end' },
    },
    {
      guard: not('isAdmitted'),
      description: 'waits for the next older backup: this one was refused',
      meta: { fail: 'VALIDATION', clause: '§rollback.refused' },
    },
    {
      guard: not('isSupplied'),
      target: 'ACTIVE',
      actions: 'becomeNewer',
      description: 'stays with the newer type: no backup of the original one is left',
      meta: { fail: 'NO_BACKUP', clause: '§rollback.none' },
    },
  ],
  Write,
} as const
