/** The scopes in which the service crashes: before and after every step of every job, and what may happen before it is back. */
import type { CrashInput, Input, RuleName } from '../input.ts'
import { RULES } from '../vocabulary.ts'
import { FIPS, HSM1, REGIONS, active, empty, inUse, paired } from './kinds.ts'
import { scope, type Scope } from './scope.ts'

const [hsmType, mode] = FIPS

/** A cluster that waits for its first HSM. */
const founded: readonly Input[] = [
  { rule: 'CreateCluster', hsmType, mode, source: null },
  { rule: 'ClusterCreated', cluster: 0 },
]

/** A backup that is to be purged. */
const purging: readonly Input[] = [...empty(FIPS), { rule: 'DeleteBackup', backup: 0 }, { rule: 'Elapse' }]

/** A backup that is being copied. */
const copying: readonly Input[] = [...empty(FIPS), { rule: 'CopyBackupToRegion', backup: 0, region: 'us-west-2' }]

/** An HSM that goes, whose final backup is the older of two that are being made. */
const leaving: readonly Input[] = [
  ...paired(FIPS),
  { rule: 'DeleteHsm', hsm: 1 },
  { rule: 'Day' },
  { rule: 'ClusterBackedUp', cluster: 0 },
]

const TO_NEWER = { rule: 'ModifyHsmType', cluster: 0, hsmType: 'hsm2m.medium' } as const

/** An HSM that is to be migrated. */
const migrating: readonly Input[] = [...active(HSM1), TO_NEWER]

/** An HSM that was migrated and is to go back, with the backup that was made of it before. */
const returning: readonly Input[] = [
  ...migrating,
  { rule: 'HsmBackedUp', hsm: 0 },
  { rule: 'BackupSealed', backup: 0 },
  { rule: 'HsmMigrated', hsm: 0 },
  { rule: 'ClusterMigrated', cluster: 0 },
  { rule: 'ModifyHsmType', cluster: 0, hsmType: 'hsm1.medium' },
]

/** The same, whose backup is to be purged. */
const bare: readonly Input[] = [...returning, { rule: 'DeleteBackup', backup: 0 }]

/** The HSMs of a cluster of two that are migrated one after the other, each with its backup. */
const migratingPair = (hsms: readonly number[]): readonly Input[] => [
  ...paired(HSM1),
  TO_NEWER,
  ...hsms.flatMap(hsm => [
    { rule: 'HsmBackedUp', hsm } as const,
    { rule: 'BackupSealed', backup: hsm } as const,
    { rule: 'HsmMigrated', hsm } as const,
  ]),
]

/** Such a cluster that is to go back when one of its HSMs was migrated, or both. */
const returningPair = (hsms: readonly number[]): readonly Input[] => [
  ...migratingPair(hsms),
  { rule: 'ModifyHsmType', cluster: 0, hsmType: 'hsm1.medium' },
]

/** What waits for the service. */
const BY_SERVICE: readonly RuleName[] = [...RULES.settle, 'ClusterBackedUp', 'FailSeal', 'FailCopy']

/** A cluster whose first backup a crash has stopped. */
const stoppedAt = (point: Pick<CrashInput, 'step' | 'moment'>): readonly Input[] => [
  ...active(FIPS),
  { rule: 'Crash', job: 'ClusterBackedUp', cluster: 0, ...point },
]

/** A cluster in use whose migration a crash has stopped. */
const stoppedMigrating: readonly Input[] = [
  ...inUse(HSM1),
  TO_NEWER,
  { rule: 'Crash', job: 'HsmBackedUp', hsm: 0, step: 'seal', moment: 'after' },
]

/** Everything that the service does in several steps, and a failure that takes its reason away. */
const STEPS: readonly RuleName[] = [...RULES.crash, ...RULES.settle, 'ClusterBackedUp', 'FailHsm']

export const smokeCrash: readonly Scope[] = [
  scope({
    name: 'smoke.crash',
    why: 'Every job, stopped before and after each step, of HSMs and backups that come, fail and go: a crash stops one job, and one failure is enough to take away what it was about.',
    slots: [1, 2, 1, 0, 1],
    rules: [...STEPS, ...RULES.time],
    starts: [
      [...founded, { rule: 'CreateHsm', cluster: 0 }],
      [...founded, { rule: 'DeleteCluster', cluster: 0 }],
      [...active(FIPS), { rule: 'CreateHsm', cluster: 0 }],
      [...active(FIPS), { rule: 'DeleteHsm', hsm: 0 }],
      purging,
      migrating,
      returning,
      bare,
    ],
  }),
  scope({
    name: 'smoke.crashes',
    why: 'The same of two backups: one that is copied, and one that is sealed while an older one is lost.',
    slots: [1, 2, 2, 0, 1],
    rules: [...RULES.crash, 'BackupSealed', 'BackupCopied', 'ClusterRolledBack', 'FailHsm', 'FailSeal', 'FailCopy'],
    starts: [copying, leaving, returningPair([0]), returningPair([0, 1])],
  }),
  scope({
    name: 'smoke.outage',
    why: 'Every request while the service is out, with a cluster that its customer goes on using, or reading while it is migrated: it takes one job that was stopped before its last step, and one that was after it.',
    slots: [1, 1, 2, 0, 1],
    rules: [
      ...RULES.control,
      ...RULES.retention,
      ...RULES.describe,
      ...RULES.copies,
      ...RULES.sharing,
      ...RULES.migration,
      ...BY_SERVICE,
      'SetPolicy',
      'UseKey',
    ],
    clusters: [FIPS],
    regions: REGIONS,
    retentions: [7],
    starts: [
      stoppedAt({ step: 'seal', moment: 'before' }),
      stoppedAt({ step: 'record', moment: 'after' }),
      stoppedMigrating,
    ],
  }),
]

export const reviewerCrash: readonly Scope[] = [
  scope({
    name: 'reviewer.crash',
    why: 'Every job before and after each step, of one cluster from its creation to its end, with two HSMs and two backups: whatever else is under way when the service crashes, and whatever fails before it is back.',
    slots: [1, 2, 2, 0, 1],
    rules: [
      ...STEPS,
      'CreateHsm',
      'DeleteHsm',
      'DeleteCluster',
      'DeleteBackup',
      'CopyBackupToRegion',
      'SetPolicy',
      'FailSeal',
      'Elapse',
    ],
    regions: ['us-west-2'],
    starts: [[...founded, { rule: 'CreateHsm', cluster: 0 }], active(FIPS)],
  }),
  scope({
    name: 'reviewer.stopped',
    why: 'The same of two HSMs that are migrated one after the other and go back, in time, with backups that fail or are cut short: what of that a crash comes into the middle of, and what fails before the service is back.',
    slots: [1, 2, 2, 0, 1],
    rules: [
      ...RULES.crash,
      ...RULES.migration,
      'BackupSealed',
      'HsmBackedUp',
      'HsmMigrated',
      'ClusterMigrated',
      'ClusterRolledBack',
      'FailHsm',
      'FailSeal',
      'TruncateBackup',
      'Elapse',
    ],
    starts: [migratingPair([])],
  }),
]

export const deepCrash: readonly Scope[] = [
  scope({
    name: 'deep.crash',
    why: 'Every job, those of a migration among them, of one cluster of either type from its creation to its end: whatever is under way when the service crashes, and whatever fails before it is back.',
    slots: [1, 2, 2, 0, 1],
    rules: [
      ...STEPS,
      ...RULES.migration,
      'CreateHsm',
      'DeleteHsm',
      'DeleteCluster',
      'DeleteBackup',
      'CopyBackupToRegion',
      'SetPolicy',
      'FailSeal',
      'Elapse',
    ],
    regions: ['us-west-2'],
    starts: [[...founded, { rule: 'CreateHsm', cluster: 0 }], active(FIPS), migrating],
  }),
]
