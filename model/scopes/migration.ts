/** The scopes of migration to the newer type of HSM and of rollback. */
import type { Input } from '../input.ts'
import { RULES } from '../vocabulary.ts'
import { HSM1, active, inUse } from './kinds.ts'
import { scope, type Scope } from './scope.ts'

/** A cluster of the older type that may have so many HSMs, and has two, without backups. */
const pair = (hsmLimit: number): readonly Input[] => [
  ...active(HSM1, { hsmLimit }),
  { rule: 'CreateHsm', cluster: 0 },
  { rule: 'PeerBackedUp', hsm: 1 },
  { rule: 'BackupSealed', backup: 0 },
  { rule: 'HsmRestored', hsm: 1 },
  { rule: 'DeleteBackup', backup: 0 },
  { rule: 'Elapse' },
  { rule: 'BackupPurged', backup: 0 },
]

const TO_NEWER = { rule: 'ModifyHsmType', cluster: 0, hsmType: 'hsm2m.medium' } as const

export const smokeMigration: readonly Scope[] = [
  scope({
    name: 'smoke.modify',
    why: 'One cluster of the older type with one HSM or none, in every state, asked to have either type, to take an HSM and to let one go: what is refused while it changes takes one HSM.',
    slots: [1, 1, 1, 0],
    rules: [
      'CreateCluster',
      'InitializeCluster',
      'DeleteCluster',
      'CreateHsm',
      'DeleteHsm',
      'Activate',
      'FailHsm',
      ...RULES.migration,
      ...RULES.settle,
    ],
    clusters: [HSM1],
  }),
  scope({
    name: 'smoke.migration',
    why: 'Two HSMs that are migrated one after the other, whose backups may fail, and go back in the window or not, or when one has failed: which is next takes two, and what is lost one policy.',
    slots: [1, 2, 2, 0],
    rules: [...RULES.migration, ...RULES.settle, ...RULES.time, 'SetPolicy', 'FailSeal', 'FailHsm'],
    starts: [pair(2), pair(3)],
  }),
  scope({
    name: 'smoke.limited',
    why: 'One HSM that is to be migrated, or to go back, asked everything that a client can ask, with each account locked or not: what a write is refused for takes one HSM; a second slot stands for one that is asked for.',
    slots: [1, 2, 1, 0],
    rules: [...RULES.migration, ...RULES.data, ...RULES.quorum, 'ModifyCluster', 'DescribeClusters', 'CreateHsm'],
    retentions: [6, 7],
    starts: [[...inUse(HSM1), TO_NEWER]],
  }),
  scope({
    name: 'smoke.validation',
    why: 'One HSM whose backups, of either type, are cut short or deleted while it is migrated and while it goes back: what it cannot be restored from takes one HSM and two backups.',
    slots: [1, 1, 2, 0],
    rules: [...RULES.migration, ...RULES.settle, ...RULES.plan, 'TruncateBackup', 'DeleteBackup'],
    starts: [active(HSM1)],
  }),
]

export const reviewerMigration: readonly Scope[] = [
  scope({
    name: 'reviewer.migration',
    why: 'Two HSMs and three backups: migrated, given back, written to in between and migrated again, in the window and after it, while HSMs and backups fail and every day has its backup.',
    slots: [1, 2, 3, 0],
    rules: [
      ...RULES.migration,
      ...RULES.settle,
      ...RULES.time,
      ...RULES.plan,
      'CreateHsm',
      'DeleteHsm',
      'SetPolicy',
      'FailSeal',
      'FailHsm',
    ],
    starts: [pair(3)],
  }),
  scope({
    name: 'reviewer.return',
    why: 'The same where no HSM fails, and backups are cut short and deleted: what two HSMs can go back to then.',
    slots: [1, 2, 3, 0],
    rules: [
      ...RULES.migration,
      ...RULES.settle,
      ...RULES.time,
      'ClusterBackedUp',
      'SetPolicy',
      'FailSeal',
      'TruncateBackup',
      'DeleteBackup',
    ],
    starts: [pair(3)],
  }),
]

export const deepMigration: readonly Scope[] = [
  scope({
    name: 'deep.migration',
    why: 'Two HSMs and three backups through all of that at once: HSMs fail while backups are cut short and deleted, so that there is less and less to go back to.',
    slots: [1, 2, 3, 0],
    rules: [
      ...RULES.migration,
      ...RULES.settle,
      ...RULES.time,
      ...RULES.plan,
      'CreateHsm',
      'DeleteHsm',
      'SetPolicy',
      'FailSeal',
      'FailHsm',
      'TruncateBackup',
      'DeleteBackup',
    ],
    starts: [pair(3)],
  }),
]
