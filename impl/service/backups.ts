/** DeleteBackup, RestoreBackup, and the end of a backup after its days of grace. */
import { accepted, refused, type Outcome } from '../hsm/index.ts'
import type { ControlCode } from './clusters.ts'
import type { Backup } from './records.ts'
import { findOwn } from './shares.ts'
import { copiesOf, putBackup, type Site } from './site.ts'

export const deleteBackup = (site: Site, backupId: string, asker: string): Outcome<Backup, ControlCode> => {
  const { parts } = site
  const found = findOwn(site, backupId, asker)
  if (!found.ok) return found
  const backup = found.value
  if (!parts.mayDeleteBackup(backup, site.choices)) return refused('InvalidRequest') // §backup.delete.state
  // §backup.delete
  const scheduled = backup.state === 'PENDING_DELETION' ? backup : parts.scheduleDeletion(backup, site.now())
  putBackup(site, scheduled)
  // §backup.copy.apart
  for (const copy of copiesOf(site, backupId)) putBackup(site, parts.copyWithoutSource(copy))
  return accepted(scheduled)
}

export const restoreBackup = (site: Site, backupId: string, asker: string): Outcome<Backup, ControlCode> => {
  const { parts } = site
  const found = findOwn(site, backupId, asker)
  if (!found.ok) return found
  const backup = found.value
  if (!parts.mayUndelete(backup)) return refused('InvalidRequest') // §backup.undelete.state
  if (!parts.isInGrace(backup, site.now())) return refused('InvalidRequest') // §backup.undelete.grace
  const kept = parts.undelete(backup) // §backup.undelete
  putBackup(site, kept)
  return accepted(kept)
}

/** §backup.purge §loss.deleted */
export const eraseBackup = ({ stores }: Site, { backupId }: Backup): void => void stores.archive.delete(backupId)

/** §backup.purge */
export const settlePurged = (site: Site, backup: Backup): void => putBackup(site, site.parts.settlePurged(backup))
