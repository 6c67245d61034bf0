/** The collaborators that decide about another type of HSM: who may have it, how each HSM gets it, and the way back. */
import type { Backup, Cluster, HsmRecord, HsmType } from './records.ts'

const ORIGINAL: HsmType = 'hsm1.medium'
const NEWER: HsmType = 'hsm2m.medium'
/** Seconds from the start of a migration within which it can be undone. */
const WINDOW = 24 * 60 * 60

/** It is ACTIVE, or being migrated. */
const isReversible = ({ state }: Cluster): boolean => state === 'ACTIVE' || state === 'MODIFY_IN_PROGRESS'

/** Guards answer whether something may go on; the others answer what becomes of a record. Times are in seconds. */
export const migrationParts = {
  // §migrate.state
  mayModifyType: ({ state }: Cluster, asked: HsmType): boolean =>
    state === 'ACTIVE' || (state === 'MODIFY_IN_PROGRESS' && asked === ORIGINAL),
  // §migrate.same
  isOfType: ({ state, hsmType }: Cluster, asked: HsmType): boolean => state === 'ACTIVE' && hsmType === asked,
  // §rollback.window
  isInWindow: ({ rollbackExpiration }: Cluster, now: number): boolean =>
    rollbackExpiration !== null && now < rollbackExpiration,
  // §migrate.hsms
  areAllActive: (members: readonly HsmRecord[]): boolean =>
    members.length > 0 && members.every(({ state }) => state === 'ACTIVE'),
  // §migrate.limit
  hasRoom: ({ hsmLimit }: Cluster, members: readonly HsmRecord[]): boolean => members.length < hsmLimit,
  // §migrate.start
  startMigration: (cluster: Cluster, now: number): Cluster => ({
    ...cluster,
    state: 'MODIFY_IN_PROGRESS',
    rollbackExpiration: now + WINDOW,
  }),
  // §rollback.start §migrate.validation
  startRollback: (cluster: Cluster): Cluster => ({
    ...cluster,
    state: 'ROLLBACK_IN_PROGRESS',
    rollbackExpiration: null,
  }),
  // §rollback.window
  shownExpiration: (cluster: Cluster, now: number): number | null => {
    const { rollbackExpiration: expiration } = cluster
    return isReversible(cluster) && expiration !== null && now < expiration ? expiration : null
  },
  // §limited.write
  takesWrites: ({ state }: Cluster): boolean => state !== 'MODIFY_IN_PROGRESS' && state !== 'ROLLBACK_IN_PROGRESS',
  // §migrate.backup
  isNextToMigrate: (hsm: HsmRecord, members: readonly HsmRecord[], sealing: boolean): boolean =>
    hsm.hsmType === ORIGINAL && !sealing && !members.some(({ state, copied }) => state === 'ACTIVE' && copied),
  // §migrate.backup
  needsAnotherBackup: ({ state }: HsmRecord): boolean => state === 'ACTIVE',
  // §migrate.backup
  isBackedUp: ({ copied }: HsmRecord, sealing: boolean): boolean => copied && !sealing,
  // §migrate.hsm §rollback.hsm
  standInFor: (old: HsmRecord, fresh: HsmRecord, hsmType: HsmType): HsmRecord => ({
    ...fresh,
    state: 'ACTIVE',
    hsmType,
    eniIp: old.eniIp,
    activated: old.activated,
  }),
  // §migrate.validation
  afterRefusal: (cluster: Cluster): Cluster => migrationParts.startRollback(cluster),
  // §migrate.end
  isMigrated: (active: readonly HsmRecord[]): boolean => active.every(({ hsmType }) => hsmType === NEWER),
  // §migrate.end
  settleMigrated: (cluster: Cluster): Cluster => ({ ...cluster, state: 'ACTIVE', hsmType: NEWER }),
  // §rollback.hsm
  backupToGoBackTo: (usable: readonly Backup[]): Backup | undefined =>
    usable.filter(({ takenOf }) => takenOf === ORIGINAL).at(-1),
  // §rollback.refused
  areRestored: (restored: readonly boolean[]): boolean => restored.every(isRestored => isRestored),
  // §rollback.refused
  markRefusedInRollback: (backup: Backup): Backup => ({ ...backup, refused: true }),
  // §rollback.none
  settleWithoutWay: (cluster: Cluster): Cluster => ({ ...cluster, state: 'ACTIVE', hsmType: NEWER }),
  // §rollback.end
  settleRolledBack: (cluster: Cluster): Cluster => ({ ...cluster, state: 'ACTIVE', hsmType: ORIGINAL }),
  // §rollback.backups
  backupAfterRollback: (backup: Backup): Backup => (backup.takenOf === NEWER ? { ...backup, refused: true } : backup),
}
