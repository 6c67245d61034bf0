/** An HSM joins an ACTIVE cluster: a peer is backed up first, the newest backup is restored, then the peer's contents are taken. */
import { accepted, refused, type Outcome, type RestoreCode } from '../hsm/index.ts'
import { fetchBackup } from './archive.ts'
import { collectAudit } from './audit.ts'
import { takeUnit } from './hsms.ts'
import type { HsmRecord } from './records.ts'
import { activeOf, clusterOf, putBackup, putHsm, sourcesOf, unitOf, type Site } from './site.ts'
import { takeSnapshot } from './snapshots.ts'

/** Why an HSM did not join: there was nothing to restore, or it refused what there was. */
export type JoinCode = RestoreCode | 'NOT_OPERATIONAL' | 'TAMPERED' | 'NO_BACKUP'

/** §hsm.join.snapshot */
export const settlePeerBackedUp = (site: Site, joining: HsmRecord): void => {
  const peer = activeOf(site, joining.clusterId)
  if (peer === undefined) throw new Error(`expected a peer of ${joining.hsmId}, got none`)
  takeSnapshot(site, peer, null)
  putHsm(site, { ...joining, copied: true })
}

export const settleRestored = (site: Site, joining: HsmRecord): Outcome<null, JoinCode> => {
  const { parts, stores } = site
  const cluster = clusterOf(site, joining)
  const { active, newest } = sourcesOf(site, cluster)
  const chosen = newest && parts.backupToRestore(newest, [...stores.backups.values()]) // §hsm.tenant
  if (parts.isWithoutSource(active, newest)) {
    putHsm(site, parts.degradeWithoutSource(joining)) // §hsm.join.none
    return refused('NO_BACKUP')
  }

  stores.units.set(joining.hsmId, takeUnit(site, cluster))
  // §hsm.join.latest §invariant.lossless
  const restored = chosen === undefined ? accepted(null) : restoreFrom(site, joining.hsmId, chosen.backupId)
  if (newest !== undefined && !restored.ok) {
    putBackup(site, parts.markRefused(newest)) // §hsm.join.refused §loss.altered
    putHsm(site, parts.degradeRefusing(joining))
    return restored
  }
  // §hsm.join.sync
  const synchronised =
    active !== undefined && parts.mustSynchronise(active, newest)
      ? synchronise(site, active.hsmId, joining.hsmId)
      : restored
  if (!synchronised.ok) {
    putHsm(site, parts.degradeRefusing(joining))
    return synchronised
  }
  putHsm(site, { ...joining, state: 'ACTIVE', copied: false })
  return accepted(null)
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
