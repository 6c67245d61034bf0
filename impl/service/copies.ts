/** CopyBackupToRegion: the bytes of a backup are read at once, and arrive in the archive of another Region later, or get lost. */
import { accepted, refused, type Outcome } from '../hsm/index.ts'
import { fetchBackup, keepBackup } from './archive.ts'
import type { ControlCode } from './clusters.ts'
import { newId } from './identifiers.ts'
import { readLabel } from './label.ts'
import type { Backup, Origin } from './records.ts'
import { findOwn } from './shares.ts'
import { putBackup, type Site } from './site.ts'

/** What the answer says of a copy. It does not name it: the copy is found by what it is a copy of. */
export interface DestinationBackup extends Omit<Origin, 'copyTimestamp'> {
  /** That of the source: the instant of the snapshot. */
  readonly createTimestamp: number
}

export const copyBackup = (
  site: Site,
  backupId: string,
  region: string,
  account: string,
): Outcome<DestinationBackup, ControlCode> => {
  const { parts, stores } = site
  const found = findOwn(site, backupId, account)
  if (!found.ok) return found
  const source = found.value
  if (!parts.isCopyable(source)) return refused('InvalidRequest') // §backup.copy.state
  if (!parts.isOtherRegion(source, region)) return refused('InvalidRequest') // §backup.copy.region
  const origin = originOf(site, source)
  const started = parts.startCopy(source, { backupId: newId(site.draw, 'backup'), region, account, origin })
  const copy = { ...started, clusterId: parts.clusterOfCopy(source) } // §backup.copy.detached
  const sealed = fetchBackup(site, backupId)
  // §backup.copy.exact
  if (sealed !== null) stores.copying.set(copy.backupId, parts.bytesToCopy(sealed))
  putBackup(site, copy)
  const { copyTimestamp: _copyTimestamp, ...answered } = origin
  return accepted({ createTimestamp: copy.createTimestamp, ...answered })
}

const originOf = (site: Site, { backupId, region, clusterId, origin }: Backup): Origin => ({
  sourceBackup: backupId,
  sourceRegion: region,
  sourceCluster: clusterId ?? origin?.sourceCluster ?? null,
  copyTimestamp: site.now(),
})

/** The bytes go into an envelope of the copy's own. §backup.copy.ready */
export const storeCopy = (site: Site, { backupId }: Backup): void => {
  const sealed = site.stores.copying.get(backupId)
  if (sealed !== undefined) keepBackup(site, backupId, sealed)
}

/** What could not be read in its own Region never arrives. §backup.copy.ready */
export const settleCopied = (site: Site, copy: Backup): Outcome<null, 'COPY_FAILED'> => {
  const sealed = site.stores.copying.get(copy.backupId)
  if (sealed === undefined) return failCopy(site, copy)
  site.stores.copying.delete(copy.backupId)
  putBackup(site, site.parts.settleCopied({ ...copy, label: readLabel(sealed) ?? copy.label }))
  return accepted(null)
}

/** §backup.copy.failed */
export const failCopy = (site: Site, copy: Backup) => {
  site.stores.copying.delete(copy.backupId)
  putBackup(site, site.parts.dropCopy(copy))
  return refused('COPY_FAILED')
}
