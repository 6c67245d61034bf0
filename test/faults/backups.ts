/** Services that break a clause about backups outside the HSM. */
import { defaultServiceParts } from '../../impl/index.ts'
import { inService, type Fault } from './fault.ts'

const SIX_DAYS = 6 * 24 * 60 * 60

export const backupFaults: readonly Fault[] = [
  inService('§backup.seal', 'says of every backup that it was made by hsm1.medium', {
    settleSealed: (backup, label) => {
      const sealed = defaultServiceParts.settleSealed(backup, label)
      return { ...sealed, label: { ...sealed.label, hsmType: 'hsm1.medium' } }
    },
  }),
  inService('§backup.seal.failed', 'leaves a backup in CREATE_IN_PROGRESS when its sealing failed', {
    dropBackup: backup => backup,
  }),
  inService('§backup.unknown', 'answers InvalidRequest for a backup that does not exist', {
    findBackup: (backups, backupId) =>
      defaultServiceParts.findBackup(backups, backupId) ?? {
        backupId,
        clusterId: '',
        region: 'us-east-1',
        account: '111122223333',
        consumer: null,
        origin: null,
        state: 'CREATE_IN_PROGRESS',
        label: { mode: 'FIPS', hsmType: 'hsm2m.medium' },
        takenOf: 'hsm2m.medium',
        createTimestamp: 0,
        deleteTimestamp: null,
        finalOf: null,
        refused: false,
        neverExpires: false,
        certificate: null,
      },
  }),
  inService('§backup.archive', 'deletes the backups of a cluster with it', {
    backupWithoutCluster: backup => ({ ...backup, state: 'DELETED' }),
  }),
  inService('§backup.delete.state', 'deletes a backup that is still being made', {
    mayDeleteBackup: (backup, choices) =>
      backup.state === 'CREATE_IN_PROGRESS' || defaultServiceParts.mayDeleteBackup(backup, choices),
  }),
  inService('§backup.delete', 'gives a deleted backup six days of grace', {
    scheduleDeletion: (backup, now) => ({ ...backup, state: 'PENDING_DELETION', deleteTimestamp: now + SIX_DAYS }),
  }),
  inService('§backup.undelete.state', 'accepts RestoreBackup of a READY backup', {
    mayUndelete: ({ state }) => state === 'PENDING_DELETION' || state === 'READY',
  }),
  inService('§backup.undelete.grace', 'restores a deleted backup after its seven days are over', {
    isInGrace: () => true,
  }),
  inService('§backup.undelete', 'keeps the DeleteTimestamp of a backup that was restored', {
    undelete: backup => ({ ...backup, state: 'READY' }),
  }),
  inService('§backup.purge', 'deletes a backup for ever without waiting for its seven days', {
    isPurgeDue: () => true,
  }),
  inService('§backup.describe', 'lists every backup, whichever was asked for', {
    isBackupListed: ({ state }) => state !== 'DELETED',
  }),
]
