/** CreateHsm, DeleteHsm, and the first HSM, failures, replacements and departures. */
import { accepted, refused, type Hsm, type Outcome } from '../hsm/index.ts'
import { collectAudit } from './audit.ts'
import type { ControlCode } from './clusters.ts'
import { newId } from './identifiers.ts'
import { SUBNETS, addressIn, type Zone } from './subnets.ts'
import type { Cluster, HsmRecord } from './records.ts'
import { clusterOf, membersOf, putHsm, sourcesOf, unitOf, updateCluster, type Site } from './site.ts'
import { dropSnapshot, takeSnapshot } from './snapshots.ts'

/** A unit of the fleet, of the cluster's line and in its mode. */
export const takeUnit = ({ factory, draw }: Site, { hsmType, mode }: Pick<Cluster, 'hsmType' | 'mode'>): Hsm =>
  factory.fleet({ line: hsmType === 'hsm1.medium' ? 'hsm1' : 'hsm2m', mode, entropy: draw(32) })

/** Where a customer's HSM stands who names no zone. */
const FIRST_ZONE: Zone = SUBNETS[0]?.zone ?? 'us-east-1a'

export const createHsm = (site: Site, clusterId: string, zone: Zone = FIRST_ZONE): Outcome<HsmRecord, ControlCode> => {
  const { parts, stores } = site
  const cluster = parts.findCluster(stores.clusters, clusterId)
  if (cluster === undefined) return refused('ResourceNotFound') // §cluster.unknown
  if (!parts.mayTakeHsm(cluster)) return refused('InvalidRequest') // §hsm.create.state
  const isFirst = membersOf(site, clusterId).length === 0
  if (!isFirst && !parts.mayTakeSecondHsm(cluster)) return refused('InvalidRequest') // §hsm.create.first
  if (isFirst && !parts.mayTakeFirstHsm(cluster)) return refused('InvalidRequest') // §hsm.create.initialized
  if (!parts.isMapped(cluster, zone)) return refused('InvalidRequest') // §hsm.create.zone
  if (parts.isFull(cluster, membersOf(site, clusterId))) return refused('InvalidRequest') // §hsm.create.limit
  if (cluster.state === 'ACTIVE' && !parts.canSupplyNew(sourcesOf(site, cluster))) return refused('InvalidRequest') // §hsm.create.source
  const hsm = hsmIn(site, cluster, zone)
  putHsm(site, hsm)
  return accepted(hsm)
}

/** A new HSM in the cluster's subnet in a zone. §hsm.create §hsm.zone */
export const hsmIn = (site: Site, cluster: Cluster, asked: Zone): HsmRecord =>
  hsmNamed(site, cluster, asked, newId(site.draw, 'hsm'))

/** The same under an id that is there already. */
export const hsmNamed = ({ parts, stores }: Site, cluster: Cluster, asked: Zone, hsmId: string): HsmRecord => {
  const { clusterId, subnetMapping, hsmType } = cluster
  const zone = parts.placeNew(asked, cluster)
  return parts.newHsm(hsmId, clusterId, addressIn(subnetMapping[zone], stores.hsms.size), zone, hsmType)
}

/** A unit for the first HSM of a cluster, with initial contents. §hsm.provision */
export const provisionUnit = (site: Site, hsm: HsmRecord): void => {
  const unit = takeUnit(site, clusterOf(site, hsm))
  site.stores.units.set(hsm.hsmId, unit)
  unitOf(site, hsm.hsmId).provision()
}

/** It makes the CSR, which is nobody's once it has failed. §hsm.provision §cluster.csr §cluster.csr.lost */
export const settleProvisioned = (site: Site, hsm: HsmRecord): void => {
  const csr = unitOf(site, hsm.hsmId).certificateRequest()
  if (csr !== null) site.recorder.record('certificate', hsm.hsmId, csr)
  collectAudit(site, hsm.hsmId)
  putHsm(site, site.parts.settleProvisioned(hsm, csr))
}

/** Its contents are lost. §hsm.fail §hsm.fail.creating §hsm.fail.deleting §loss.failure */
export const failHsm = (site: Site, hsm: HsmRecord): void => {
  if (hsm.state === 'DELETE_IN_PROGRESS') return failGoing(site, hsm)
  const failed = hsm.state === 'ACTIVE' ? site.parts.fail(hsm) : site.parts.failUnfinished(hsm)
  if (failed.state !== 'ACTIVE') site.stores.units.delete(hsm.hsmId)
  putHsm(site, failed)
}

/** It has nothing left to keep: the backup that it waited for is gone with it, and nothing holds it any more. */
const failGoing = (site: Site, hsm: HsmRecord): void => {
  const { parts, stores } = site
  stores.units.delete(hsm.hsmId)
  for (const backup of stores.backups.values()) if (parts.isLostWith(hsm, backup)) dropSnapshot(site, backup)
  putHsm(site, { ...hsm, saved: true })
}

/** What an HSM stood on is given back. */
export const retireUnit = ({ stores }: Site, { hsmId }: HsmRecord): void => void stores.units.delete(hsmId)

/** A new HSM at the address of one that failed; it is provisioned or joins as any other. §hsm.replace §hsm.replace.first */
export const settleReplaced = (site: Site, failed: HsmRecord): void => {
  const { parts } = site
  const fresh = hsmIn(site, clusterOf(site, failed), failed.availabilityZone)
  putHsm(site, { ...failed, state: 'DELETED' })
  putHsm(site, parts.replacementOf(failed, fresh))
}

export const deleteHsm = (site: Site, clusterId: string, hsmId: string): Outcome<HsmRecord, ControlCode> => {
  const { parts, stores } = site
  const cluster = parts.findCluster(stores.clusters, clusterId)
  if (cluster === undefined) return refused('ResourceNotFound') // §cluster.unknown
  const hsm = parts.findHsm(stores.hsms, clusterId, hsmId)
  if (hsm === undefined) return refused('ResourceNotFound') // §hsm.unknown
  if (!parts.mayDeleteHsm(hsm, site.choices)) return refused('InvalidRequest') // §hsm.delete.state
  if (!parts.mayLoseHsm(cluster)) return refused('InvalidRequest') // §hsm.delete.changing
  // §hsm.delete.backup §hsm.delete.unsaved
  const isSaving = parts.takesFinalBackup(hsm, cluster)
  if (isSaving) takeSnapshot(site, hsm, hsmId)
  if (hsm.state === 'ACTIVE')
    unitOf(site, hsmId).endSessions() // §quorum.own
  else stores.units.delete(hsmId)
  const going = { ...parts.startHsmDeletion(stores.hsms.get(hsmId) ?? hsm), saved: !isSaving }
  putHsm(site, going)
  return accepted(going)
}

/** §hsm.delete §cluster.empty */
export const settleHsmDeleted = (site: Site, hsm: HsmRecord): void => {
  putHsm(site, site.parts.settleHsmDeleted(hsm))
  const cluster = clusterOf(site, hsm)
  if (membersOf(site, hsm.clusterId).length === 0) updateCluster(site, cluster, site.parts.clusterWithoutHsms(cluster))
}
