/** ModifyCluster where it names a type of HSM: HSMs are migrated one after the other, and go back all at once. */
import { accepted, refused, type Outcome } from '../hsm/index.ts'
import type { ControlCode } from './clusters.ts'
import { hsmIn, takeUnit } from './hsms.ts'
import { restoreFrom, synchronise } from './joins.ts'
import type { Backup, Cluster, HsmRecord, HsmType } from './records.ts'
import { clusterOf, isSealing, membersOf, putBackup, putHsm, sourcesOf, usableBackups, type Site } from './site.ts'
import { takeSnapshot } from './snapshots.ts'

export interface ModifyHsmType {
  readonly clusterId: string
  readonly hsmType: HsmType
}

/** A new HSM refused the backup that it was given, or there was none. */
type MigrationCode = 'VALIDATION' | 'NO_BACKUP'

export const modifyHsmType = (site: Site, { clusterId, hsmType }: ModifyHsmType): Outcome<Cluster, ControlCode> => {
  const { parts, stores } = site
  const cluster = parts.findCluster(stores.clusters, clusterId)
  if (cluster === undefined) return refused('ResourceNotFound') // §cluster.unknown
  if (!parts.mayModifyType(cluster, hsmType)) return refused('InvalidRequest') // §migrate.state
  if (parts.isOfType(cluster, hsmType)) return refused('InvalidRequest') // §migrate.same
  const isBack = hsmType === 'hsm1.medium'
  if (isBack && !parts.isInWindow(cluster, site.now())) return refused('InvalidRequest') // §rollback.window
  const members = membersOf(site, clusterId)
  if (cluster.state === 'ACTIVE' && !parts.areAllActive(members)) return refused('InvalidRequest') // §migrate.hsms
  if (!isBack && !parts.hasRoom(cluster, members)) return refused('InvalidRequest') // §migrate.limit
  const changed = isBack ? parts.startRollback(cluster) : parts.startMigration(cluster, site.now())
  for (const hsm of members) if (isBack && hsm.copied) putHsm(site, { ...hsm, copied: false })
  return accepted(putCluster(site, changed))
}

/** Its HSMs take writes or not, as its state says. §limited.write */
const putCluster = (site: Site, cluster: Cluster): Cluster => {
  site.stores.clusters.set(cluster.clusterId, cluster)
  for (const { hsmId } of membersOf(site, cluster.clusterId))
    site.stores.units.get(hsmId)?.limitWrites(!site.parts.takesWrites(cluster))
  return cluster
}

const activeIn = (site: Site, clusterId: string): readonly HsmRecord[] =>
  membersOf(site, clusterId).filter(({ state }) => state === 'ACTIVE')

const isMigrating = (site: Site, hsm: HsmRecord): boolean =>
  hsm.state === 'ACTIVE' && clusterOf(site, hsm).state === 'MODIFY_IN_PROGRESS'

/** It is the turn of an HSM to be backed up. §migrate.backup */
export const isBackupDue = (site: Site, hsm: HsmRecord): boolean =>
  isMigrating(site, hsm) &&
  site.parts.isNextToMigrate(hsm, membersOf(site, hsm.clusterId), isSealing(site, hsm.clusterId))

/** §migrate.backup §backup.occasions */
export const settleHsmBackedUp = (site: Site, hsm: HsmRecord): void => {
  takeSnapshot(site, hsm, null)
  putHsm(site, { ...(site.stores.hsms.get(hsm.hsmId) ?? hsm), copied: true })
}

/** Its backup is made. §migrate.backup */
export const isHsmDue = (site: Site, hsm: HsmRecord): boolean =>
  isMigrating(site, hsm) && hsm.hsmType === 'hsm1.medium' && site.parts.isBackedUp(hsm, isSealing(site, hsm.clusterId))

/** A new HSM of the newer type is restored, gets what the old one holds, and stands where that stood. §migrate.hsm */
export const settleHsmMigrated = (site: Site, old: HsmRecord): Outcome<null, MigrationCode> => {
  const { parts } = site
  const cluster = clusterOf(site, old)
  const { newest } = sourcesOf(site, cluster)
  const fresh = freshFor(site, old, 'hsm2m.medium')
  if (newest !== undefined && !restoreFrom(site, fresh.hsmId, newest.backupId).ok) {
    dismiss(site, fresh)
    putBackup(site, parts.markRefused(newest))
    putHsm(site, { ...old, copied: false })
    putCluster(site, parts.afterRefusal(cluster)) // §migrate.validation
    return refused('VALIDATION')
  }
  synchronise(site, old.hsmId, fresh.hsmId)
  standIn(site, old, fresh)
  putCluster(site, cluster)
  return accepted(null)
}

/** No ACTIVE HSM is left to migrate. §migrate.end */
export const isMigrated = (site: Site, { clusterId, state }: Cluster): boolean =>
  state === 'MODIFY_IN_PROGRESS' && site.parts.isMigrated(activeIn(site, clusterId))

/** §migrate.end */
export const settleMigrated = (site: Site, cluster: Cluster): void =>
  void putCluster(site, site.parts.settleMigrated(cluster))

/** All HSMs of the newer type give way to HSMs of the original one. §rollback.hsm §rollback.end §loss.rollback */
export const settleRolledBack = (site: Site, cluster: Cluster): Outcome<null, MigrationCode> => {
  const { parts } = site
  const active = activeIn(site, cluster.clusterId)
  const newer = active.filter(({ hsmType }) => hsmType === 'hsm2m.medium')
  const peer = active.find(({ hsmType }) => hsmType === 'hsm1.medium')
  const source = parts.backupToGoBackTo(ownOf(cluster, usableBackups(site, cluster)))
  if (newer.length > 0 && peer === undefined && source === undefined) {
    putCluster(site, parts.settleWithoutWay(cluster)) // §rollback.none
    return refused('NO_BACKUP')
  }
  const fresh = newer.map(old => freshFor(site, old, 'hsm1.medium'))
  const restored = fresh.map(({ hsmId }) => source === undefined || restoreFrom(site, hsmId, source.backupId).ok)
  if (source !== undefined && !parts.areRestored(restored)) {
    for (const hsm of fresh) dismiss(site, hsm)
    putBackup(site, parts.markRefusedInRollback(source)) // §rollback.refused
    return refused('VALIDATION')
  }
  for (const [at, old] of newer.entries()) {
    const one = fresh[at] ?? old
    if (peer !== undefined) synchronise(site, peer.hsmId, one.hsmId)
    standIn(site, old, one)
  }
  for (const backup of ownOf(cluster, [...site.stores.backups.values()]))
    putBackup(site, parts.backupAfterRollback(backup)) // §rollback.backups
  putCluster(site, parts.settleRolledBack(cluster))
  return accepted(null)
}

const ownOf = ({ clusterId }: Cluster, backups: readonly Backup[]): readonly Backup[] =>
  backups.filter(backup => backup.clusterId === clusterId)

/** A new HSM of this type, with a unit of its line, that nobody knows of yet. */
const freshFor = (site: Site, old: HsmRecord, hsmType: HsmType): HsmRecord => {
  const cluster = clusterOf(site, old)
  const fresh = hsmIn(site, cluster, old.availabilityZone)
  site.stores.units.set(fresh.hsmId, takeUnit(site, { mode: cluster.mode, hsmType }))
  return site.parts.standInFor(old, fresh, hsmType)
}

/** Its unit is given back. */
const dismiss = (site: Site, fresh: HsmRecord): void => void site.stores.units.delete(fresh.hsmId)

const standIn = (site: Site, old: HsmRecord, fresh: HsmRecord): void => {
  site.stores.units.delete(old.hsmId)
  putHsm(site, { ...old, state: 'DELETED', copied: false })
  putHsm(site, fresh)
}
