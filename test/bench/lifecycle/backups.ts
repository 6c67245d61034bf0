/** The rules of SPEC.md §6 in Promela, for the backup of one slot, and the passing of time. */
import { rule } from './frame.ts'
import { close, each, when, type Slot } from './slots.ts'

/** A backup of a peer of the cluster is being sealed: a final one awaits an HSM. */
const isCopy = (b: Slot) => `backup${b}_awaited == 0 && backup${b}_owner == present`

/** Every rule about the backup of a slot. */
export const backupRules = (b: Slot): readonly string[] => [
  rule(
    'BackupSealed',
    '§backup.seal',
    `backup${b}_state == CREATE_IN_PROGRESS`,
    `backup${b}_state = READY; backup${b}_awaited = 0`,
  ),
  // §hsm.join.again decides that the copy of every HSM counts no more, whichever of them the backup was taken for.
  rule(
    'FailSeal',
    '§backup.seal.failed §hsm.delete.failed §hsm.join.again',
    `backup${b}_state == CREATE_IN_PROGRESS`,
    `${each(h => when(`backup${b}_awaited == hsm${h}`, `hsm${h}_state = ACTIVE`))}; ` +
      `${when(isCopy(b), 'hsm1_copied = 0; hsm2_copied = 0')}; ${close(b)}`,
  ),
  rule('DeleteBackup', '§backup.delete', `backup${b}_state == READY`, `backup${b}_state = PENDING_DELETION`),
  rule(
    'RestoreBackup',
    '§backup.undelete.state §backup.undelete.grace §backup.undelete',
    `backup${b}_state == PENDING_DELETION && backup${b}_grace != over`,
    `backup${b}_state = READY`,
  ),
  rule('BackupPurged', '§backup.purge', `backup${b}_state == PENDING_DELETION && backup${b}_grace == over`, close(b)),
]

/** Seven days pass for every backup that is being deleted. */
export const timeRule: string = rule(
  'Elapse',
  '§backup.purge §backup.undelete.grace',
  'true',
  each(b => when(`backup${b}_state == PENDING_DELETION`, `backup${b}_grace = over`)),
)
