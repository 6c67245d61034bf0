/** What the service does later while the HSMs of a cluster are replaced by others of another type. */
import { NO_NOTES, type Work } from './journal.ts'
import * as migrations from './migrations.ts'
import type { Cluster, HsmRecord } from './records.ts'
import { dropSealed, sealSnapshot } from './snapshots.ts'

export const onReplacingClusters: readonly Work<Cluster>[] = [
  { effect: 'ClusterMigrated', isDue: migrations.isMigrated, record: migrations.settleMigrated },
  // §job.rollback
  {
    effect: 'ClusterRolledBack',
    isDue: (_, { state }) => state === 'ROLLBACK_IN_PROGRESS',
    isAnew: true,
    steps: [
      { name: 'unit', run: migrations.takeReturning },
      { name: 'restore', run: migrations.restoreReturning },
    ],
    record: migrations.settleRolledBack,
    undo: migrations.giveBack,
  },
]

export const onMigratingHsms: readonly Work<HsmRecord>[] = [
  // §job.prepare
  {
    effect: 'HsmBackedUp',
    isDue: migrations.isBackupDue,
    isAnew: true,
    steps: [{ name: 'seal', run: (site, hsm) => ({ ...NO_NOTES, made: sealSnapshot(site, hsm) }) }],
    record: migrations.settleHsmBackedUp,
    undo: dropSealed,
  },
  // §job.migrate
  {
    effect: 'HsmMigrated',
    isDue: migrations.isHsmDue,
    isAnew: true,
    steps: [
      { name: 'unit', run: migrations.takeMigrating },
      { name: 'restore', run: migrations.restoreMigrating },
    ],
    record: migrations.settleHsmMigrated,
    undo: migrations.giveBack,
  },
]
