/** The collaborators that decide about backups outside the HSM: one function for each thing that SPEC.md §6 says of them. */
import type { Choices } from './choices.ts'
import { unlessDeleted, type Backup, type ShownLabel } from './records.ts'

const SEVEN_DAYS = 7 * 24 * 60 * 60

/** Seven days of grace from now on. */
export const scheduleDeletion = (backup: Backup, now: number): Backup => ({
  ...backup,
  state: 'PENDING_DELETION',
  deleteTimestamp: now + SEVEN_DAYS,
})

/** Guards answer whether something may go on; the others answer what becomes of a record. Times are in seconds. */
export const backupParts = {
  // §backup.seal
  settleSealed: (backup: Backup, label: ShownLabel | null): Backup => ({
    ...backup,
    state: 'READY',
    label: label ?? backup.label,
    finalOf: null,
  }),
  // §backup.seal.failed
  dropBackup: (backup: Backup): Backup => ({ ...backup, state: 'DELETED', finalOf: null }),
  // §backup.unknown
  findBackup: (backups: ReadonlyMap<string, Backup>, id: string) => unlessDeleted(backups.get(id)),
  // §backup.archive
  bytesToKeep: (sealed: Uint8Array): Uint8Array => sealed,
  // §backup.archive §cluster.delete
  backupWithoutCluster: (backup: Backup): Backup => backup,
  // §backup.delete.state
  mayDeleteBackup: ({ state }: Backup, choices: Choices): boolean =>
    state === 'PENDING_DELETION' ? choices['choice.backup.delete.again'] === 'accepted' : state === 'READY',
  // §backup.delete
  scheduleDeletion,
  // §backup.undelete.state
  mayUndelete: ({ state }: Backup): boolean => state === 'PENDING_DELETION',
  // §backup.undelete.grace
  isInGrace: ({ deleteTimestamp }: Backup, now: number): boolean => deleteTimestamp === null || now < deleteTimestamp,
  // §backup.undelete
  undelete: (backup: Backup): Backup => ({ ...backup, state: 'READY', deleteTimestamp: null }),
  // §backup.purge
  isPurgeDue: ({ deleteTimestamp }: Backup, now: number): boolean => deleteTimestamp !== null && now >= deleteTimestamp,
  // §backup.purge
  settlePurged: (backup: Backup): Backup => ({ ...backup, state: 'DELETED', deleteTimestamp: null }),
  // §backup.describe
  isBackupListed: ({ backupId, state }: Backup, filter: string | undefined): boolean =>
    state !== 'DELETED' && (filter === undefined || filter === backupId),
}
