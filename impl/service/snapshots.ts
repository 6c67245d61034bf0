/** Backups in the making: the snapshot is sealed inside the HSM in one step, and handed over in a later one, or lost. */
import { refused } from '../hsm/index.ts'
import { keepBackup } from './archive.ts'
import { collectAudit } from './audit.ts'
import { newId } from './identifiers.ts'
import type { Notes } from './journal.ts'
import { readLabel } from './label.ts'
import type { Backup, HsmRecord } from './records.ts'
import { clusterOf, membersOf, putBackup, putHsm, unitOf, type Site } from './site.ts'

/** Takes a backup of an HSM now. `finalOf` is that HSM when it goes afterwards, else null. §backup.occasions */
export const takeSnapshot = (site: Site, hsm: HsmRecord, finalOf: string | null): Backup =>
  recordSnapshot(site, hsm, sealSnapshot(site, hsm), finalOf)

/** The HSM seals its contents, under the id that the backup will have. */
export const sealSnapshot = (site: Site, { hsmId }: HsmRecord): string => {
  const sealed = unitOf(site, hsmId).backup()
  if (!sealed.ok) throw new Error(`expected a backup of ${hsmId}, got ${sealed.code}`)
  collectAudit(site, hsmId)
  const backupId = newId(site.draw, 'backup')
  site.stores.sealing.set(backupId, sealed.value)
  return backupId
}

/** The id of what was sealed. */
export const madeBy = ({ made }: Notes): string => {
  if (made === null) throw new Error('expected a backup that was sealed, got none')
  return made
}

/** What was sealed and not written down is lost to nobody. */
export const dropSealed = ({ stores }: Site, _: unknown, { made }: Notes): void => {
  if (made !== null) stores.sealing.delete(made)
}

/** Writes down a backup that was sealed. */
export const recordSnapshot = (site: Site, hsm: HsmRecord, backupId: string, finalOf: string | null): Backup => {
  const cluster = clusterOf(site, hsm)
  const { clusterId, mode, hsmType, certificate } = cluster
  const backup: Backup = {
    backupId,
    clusterId,
    region: site.parts.regionOfBackup(cluster), // §backup.region
    account: site.parts.accountOfBackup(cluster), // §backup.account
    consumer: null,
    origin: null,
    state: 'CREATE_IN_PROGRESS',
    label: { mode, hsmType },
    takenOf: hsmType,
    createTimestamp: site.now(),
    deleteTimestamp: null,
    finalOf,
    refused: false,
    neverExpires: false,
    certificate,
  }
  putBackup(site, backup)
  return backup
}

const sealedOf = ({ stores }: Site, { backupId }: Backup): Uint8Array => {
  const sealed = stores.sealing.get(backupId)
  if (sealed === undefined) throw new Error(`expected the bytes of ${backupId}, got none`)
  return sealed
}

/** The sealed bytes leave the HSM for the archive. §backup.seal */
export const storeSealed = (site: Site, backup: Backup): void => {
  const sealed = sealedOf(site, backup)
  site.recorder.record('backup', backup.backupId, sealed)
  keepBackup(site, backup.backupId, sealed)
}

/** §backup.seal §hsm.delete.backup */
export const settleSealed = (site: Site, backup: Backup): void => {
  const { backupId, finalOf } = backup
  const sealed = sealedOf(site, backup)
  site.stores.sealing.delete(backupId)
  putBackup(site, site.parts.settleSealed(backup, readLabel(sealed)))
  const going = finalOf === null ? undefined : site.stores.hsms.get(finalOf)
  if (going !== undefined) putHsm(site, { ...going, saved: true })
}

/** The sealed bytes are lost. */
export const dropSnapshot = (site: Site, backup: Backup): void => {
  site.stores.sealing.delete(backup.backupId)
  putBackup(site, site.parts.dropBackup(backup))
}

/** The sealed bytes are lost: an HSM that was to go stays, else every HSM that is joining needs another copy. §backup.seal.failed */
export const failSeal = (site: Site, backup: Backup) => {
  const { parts, stores } = site
  dropSnapshot(site, backup)
  const going = backup.finalOf === null ? undefined : stores.hsms.get(backup.finalOf)
  if (going !== undefined)
    putHsm(site, parts.keepHsm(going)) // §hsm.delete.failed
  else
    for (const hsm of backup.clusterId === null ? [] : membersOf(site, backup.clusterId))
      if (parts.needsAnotherCopy(hsm) || parts.needsAnotherBackup(hsm)) putHsm(site, { ...hsm, copied: false }) // §hsm.join.again §migrate.backup
  return refused('SEAL_FAILED')
}
