/** PutResourcePolicy, GetResourcePolicy, DeleteResourcePolicy, and what all requests about a backup first ask of who sends them. */
import { accepted, refused, type Outcome } from '../hsm/index.ts'
import type { ControlCode } from './clusters.ts'
import type { Backup } from './records.ts'
import { putBackup, type Site } from './site.ts'

/** A resource policy: the one account that may create clusters from the backup and list it. */
export interface ResourcePolicy {
  readonly consumer: string | null
}

/** The backup, for a request that only its owner may make. */
export const findOwn = ({ parts, stores }: Site, backupId: string, asker: string): Outcome<Backup, ControlCode> => {
  const backup = parts.findBackup(stores.backups, backupId)
  if (backup === undefined) return refused('ResourceNotFound') // §backup.unknown
  if (!parts.isVisibleTo(backup, asker)) return refused('ResourceNotFound') // §backup.hidden
  if (!parts.isOwnedBy(backup, asker)) return refused('AccessDenied') // §backup.denied
  return accepted(backup)
}

export const putPolicy = (
  site: Site,
  backupId: string,
  consumer: string,
  asker: string,
): Outcome<ResourcePolicy, ControlCode> => {
  const found = findOwn(site, backupId, asker)
  if (!found.ok) return found
  if (!site.parts.isShareable(found.value)) return refused('InvalidRequest') // §backup.share.state
  putBackup(site, site.parts.share(found.value, consumer)) // §backup.share §adversary.consumer
  return accepted({ consumer })
}

/** §backup.share.show */
export const getPolicy = (site: Site, backupId: string, asker: string): Outcome<ResourcePolicy, ControlCode> => {
  const found = findOwn(site, backupId, asker)
  return found.ok ? accepted({ consumer: site.parts.policyOf(found.value) }) : found
}

/** Answers the policy that is no more. Clusters that were created from the backup know nothing of it. §backup.unshare */
export const deletePolicy = (site: Site, backupId: string, asker: string): Outcome<ResourcePolicy, ControlCode> => {
  const found = findOwn(site, backupId, asker)
  if (!found.ok) return found
  putBackup(site, site.parts.unshare(found.value))
  return accepted({ consumer: found.value.consumer })
}
