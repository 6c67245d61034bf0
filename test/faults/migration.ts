/** Services and HSMs that break a clause about another type of HSM. */
import { defaultParts, defaultServiceParts } from '../../impl/index.ts'
import { inHsm, inService, type Fault } from './fault.ts'

const { isLimitedWrite } = defaultParts
const { isNextToMigrate, standInFor, startMigration } = defaultServiceParts

export const migrationFaults: readonly Fault[] = [
  inService('§migrate.state', 'begins to migrate a cluster that is being migrated', {
    mayModifyType: ({ state }) => state === 'ACTIVE' || state === 'MODIFY_IN_PROGRESS',
  }),
  inService('§migrate.same', 'migrates a cluster to the type that it has', { isOfType: () => false }),
  inService('§rollback.window', 'rolls a cluster back however long ago it was migrated', {
    isInWindow: ({ rollbackExpiration }) => rollbackExpiration !== null,
  }),
  inService('§migrate.hsms', 'migrates a cluster with an HSM that has failed', { areAllActive: () => true }),
  inService('§migrate.limit', 'migrates a cluster that has no room for another HSM', { hasRoom: () => true }),
  inService('§migrate.start', 'goes on as an ACTIVE cluster when it is to be migrated', {
    startMigration: (cluster, now) => ({ ...startMigration(cluster, now), state: 'ACTIVE' }),
  }),
  inService('§rollback.start', 'says that it has gone back at once', {
    startRollback: cluster => ({ ...cluster, state: 'ACTIVE', rollbackExpiration: null }),
  }),
  inService('§migrate.backup', 'backs up all HSMs at a time that are to be migrated', {
    isNextToMigrate: (hsm, _, sealing) => isNextToMigrate(hsm, [], sealing),
  }),
  inService('§migrate.hsm', 'gives a new HSM of the newer type an address of its own', {
    standInFor: (old, fresh, hsmType) => {
      const { eniIp } = hsmType === 'hsm2m.medium' ? fresh : old
      return { ...standInFor(old, fresh, hsmType), eniIp }
    },
  }),
  inService('§migrate.validation', 'goes on with a migration in which a new HSM has refused its backup', {
    afterRefusal: cluster => cluster,
  }),
  inService('§migrate.end', 'ends a migration when the first HSM is migrated', {
    isMigrated: active => active.length === 0 || active.some(({ hsmType }) => hsmType === 'hsm2m.medium'),
  }),
  inService('§rollback.hsm', 'gives a new HSM of the original type an address of its own', {
    standInFor: (old, fresh, hsmType) => {
      const { eniIp } = hsmType === 'hsm1.medium' ? fresh : old
      return { ...standInFor(old, fresh, hsmType), eniIp }
    },
  }),
  inService('§rollback.end', 'never ends a rollback', { settleRolledBack: cluster => cluster }),
  inService('§rollback.refused', 'takes an HSM into service that has refused the backup', {
    areRestored: () => true,
  }),
  inService('§rollback.none', 'waits for ever for a backup to go back to', { settleWithoutWay: cluster => cluster }),
  inService('§rollback.backups', 'gives HSMs of the original type backups of the newer', {
    backupAfterRollback: backup => backup,
  }),
  inHsm('§limited.write', 'generates keys while its cluster is migrated', {
    isLimitedWrite: operation => operation !== 'GenerateKey' && isLimitedWrite(operation),
  }),
  inService('§hsm.delete.changing', 'deletes an HSM that is to be migrated', { mayLoseHsm: () => true }),
]
