/** An HSM joins an ACTIVE cluster: a peer is backed up first, the newest backup is restored, then the peer's contents are taken. */
import { accepted, refused, type Outcome, type RestoreCode } from '../hsm/index.ts'
import { fetchBackup } from './archive.ts'
import { collectAudit } from './audit.ts'
import { takeUnit } from './hsms.ts'
import { NO_NOTES, type Notes, type Settled } from './journal.ts'
import type { HsmRecord } from './records.ts'
import { activeOf, clusterOf, putBackup, putHsm, sourcesOf, unitOf, type Site } from './site.ts'
import { recordSnapshot, sealSnapshot } from './snapshots.ts'

/** Why an HSM did not join: there was nothing to restore, or it refused what there was. */
export type JoinCode = RestoreCode | 'NOT_OPERATIONAL' | 'TAMPERED' | 'NO_BACKUP'

/** The id that the backup of a peer will have. §hsm.join.snapshot */
export const sealPeer = (site: Site, joining: HsmRecord): string => sealSnapshot(site, peerOf(site, joining))

/** §hsm.join.snapshot */
export const settlePeerBackedUp = (site: Site, joining: HsmRecord, backupId: string): void => {
  recordSnapshot(site, peerOf(site, joining), backupId, null)
  putHsm(site, { ...joining, copied: true })
}

const peerOf = (site: Site, { clusterId, hsmId }: HsmRecord): HsmRecord => {
  const peer = activeOf(site, clusterId)
  if (peer === undefined) throw new Error(`expected a peer of ${hsmId}, got none`)
  return peer
}

/** A unit to restore, unless there is nothing to restore it from. §hsm.join.none */
export const takeJoining = (site: Site, joining: HsmRecord): Notes => {
  const cluster = clusterOf(site, joining)
  const { active, newest } = sourcesOf(site, cluster)
  if (site.parts.isWithoutSource(active, newest)) return { ...NO_NOTES, code: 'NO_BACKUP' }
  site.stores.units.set(joining.hsmId, takeUnit(site, cluster))
  return NO_NOTES
}

/** The unit is given the newest backup, then what its peers have; or the notes say which backup was refused, and why. */
export const restoreJoining = (site: Site, joining: HsmRecord, notes: Notes): Notes => {
  const { parts, stores } = site
  if (!stores.units.has(joining.hsmId)) return notes
  const { active, newest } = sourcesOf(site, clusterOf(site, joining))
  const chosen = newest && parts.backupToRestore(newest, [...stores.backups.values()]) // §hsm.tenant
  // §hsm.join.latest §invariant.lossless
  const restored = chosen === undefined ? accepted(null) : restoreFrom(site, joining.hsmId, chosen.backupId)
  if (newest !== undefined && !restored.ok) return { ...NO_NOTES, made: newest.backupId, code: restored.code }
  // §hsm.join.sync
  const synchronised =
    active !== undefined && parts.mustSynchronise(active, newest)
      ? synchronise(site, active.hsmId, joining.hsmId)
      : restored
  return synchronised.ok ? NO_NOTES : { ...NO_NOTES, code: synchronised.code }
}

export const settleRestored = (site: Site, joining: HsmRecord, { made, code }: Notes): Settled => {
  const { parts, stores } = site
  if (code === null) {
    putHsm(site, { ...joining, state: 'ACTIVE', copied: false })
    return accepted(null)
  }
  const tried = made === null ? undefined : stores.backups.get(made)
  if (tried !== undefined) putBackup(site, parts.markRefused(tried)) // §hsm.join.refused §loss.altered
  const isWithout = code === 'NO_BACKUP'
  putHsm(site, isWithout ? parts.degradeWithoutSource(joining) : parts.degradeRefusing(joining)) // §hsm.join.none
  return refused(code)
}

/** An envelope that does not open never reaches the HSM. */
export const restoreFrom = (site: Site, hsmId: string, backupId: string): Outcome<null, JoinCode> => {
  const sealed = fetchBackup(site, backupId)
  if (sealed === null) return refused('FORMAT')
  const restored = unitOf(site, hsmId).restore(sealed)
  collectAudit(site, hsmId)
  return restored
}

/** Carries the contents of one HSM to another of its cluster. */
export const synchronise = (site: Site, from: string, to: string): Outcome<null, JoinCode> => {
  const sealed = unitOf(site, from).synchronise()
  if (!sealed.ok) throw new Error(`expected the contents of ${from}, got ${sealed.code}`)
  site.recorder.record('synchronisation', from, sealed.value)
  const taken = unitOf(site, to).restore(sealed.value)
  collectAudit(site, to)
  return taken
}
