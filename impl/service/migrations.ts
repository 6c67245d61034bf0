/** ModifyCluster where it names a type of HSM: HSMs are migrated one after the other, and go back all at once. */
import { accepted, refused, type Outcome } from '../hsm/index.ts'
import type { ControlCode } from './clusters.ts'
import { hsmNamed, takeUnit } from './hsms.ts'
import { newId } from './identifiers.ts'
import { restoreFrom, synchronise } from './joins.ts'
import { NO_NOTES, type Notes } from './journal.ts'
import type { Backup, Cluster, HsmRecord, HsmType } from './records.ts'
import { clusterOf, isSealing, membersOf, putBackup, putHsm, sourcesOf, usableBackups, type Site } from './site.ts'
import { madeBy, recordSnapshot } from './snapshots.ts'

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
export const settleHsmBackedUp = (site: Site, hsm: HsmRecord, notes: Notes): void => {
  recordSnapshot(site, hsm, madeBy(notes), null)
  putHsm(site, { ...(site.stores.hsms.get(hsm.hsmId) ?? hsm), copied: true })
}

/** Its backup is made. §migrate.backup */
export const isHsmDue = (site: Site, hsm: HsmRecord): boolean =>
  isMigrating(site, hsm) && hsm.hsmType === 'hsm1.medium' && site.parts.isBackedUp(hsm, isSealing(site, hsm.clusterId))

/** A unit of the newer line. */
export const takeMigrating = (site: Site, old: HsmRecord): Notes => ({
  ...NO_NOTES,
  taken: [takeFor(site, clusterOf(site, old), 'hsm2m.medium')],
})

/** It is given the newest backup, and what the old HSM holds. §migrate.hsm */
export const restoreMigrating = (site: Site, old: HsmRecord, notes: Notes): Notes => {
  const { newest } = sourcesOf(site, clusterOf(site, old))
  const fresh = takenBy(notes)
  if (newest !== undefined && !restoreFrom(site, fresh, newest.backupId).ok)
    return { ...notes, made: newest.backupId, code: 'VALIDATION' }
  synchronise(site, old.hsmId, fresh)
  return notes
}

/** The new HSM of the newer type stands where the old one stood. §migrate.hsm */
export const settleHsmMigrated = (site: Site, old: HsmRecord, notes: Notes): Outcome<null, MigrationCode> => {
  const { parts, stores } = site
  const cluster = clusterOf(site, old)
  const tried = notes.code === null || notes.made === null ? undefined : stores.backups.get(notes.made)
  if (tried !== undefined) {
    giveBack(site, old, notes)
    putBackup(site, parts.markRefused(tried))
    putHsm(site, { ...old, copied: false })
    putCluster(site, parts.afterRefusal(cluster)) // §migrate.validation
    return refused('VALIDATION')
  }
  standIn(site, old, takenBy(notes), 'hsm2m.medium')
  putCluster(site, cluster)
  return accepted(null)
}

/** No ACTIVE HSM is left to migrate. §migrate.end */
export const isMigrated = (site: Site, { clusterId, state }: Cluster): boolean =>
  state === 'MODIFY_IN_PROGRESS' && site.parts.isMigrated(activeIn(site, clusterId))

/** §migrate.end */
export const settleMigrated = (site: Site, cluster: Cluster): void =>
  void putCluster(site, site.parts.settleMigrated(cluster))

/** What a cluster can go back from and to. */
const waysBack = (site: Site, cluster: Cluster) => {
  const active = activeIn(site, cluster.clusterId)
  const newer = active.filter(({ hsmType }) => hsmType === 'hsm2m.medium')
  const peer = active.find(({ hsmType }) => hsmType === 'hsm1.medium')
  const source = site.parts.backupToGoBackTo(ownOf(cluster, usableBackups(site, cluster)))
  return { newer, peer, source }
}

/** A unit of the original line for each HSM of the newer type, unless there is nothing to restore them from. §rollback.none */
export const takeReturning = (site: Site, cluster: Cluster): Notes => {
  const { newer, peer, source } = waysBack(site, cluster)
  if (newer.length > 0 && peer === undefined && source === undefined) return { ...NO_NOTES, code: 'NO_BACKUP' }
  return { ...NO_NOTES, taken: newer.map(() => takeFor(site, cluster, 'hsm1.medium')) }
}

/** They are given the newest backup of their type, and what an HSM holds that is of it still. §rollback.hsm */
export const restoreReturning = (site: Site, cluster: Cluster, notes: Notes): Notes => {
  const { peer, source } = waysBack(site, cluster)
  const restored = notes.taken.map(hsmId => source === undefined || restoreFrom(site, hsmId, source.backupId).ok)
  if (source !== undefined && !site.parts.areRestored(restored))
    return { ...notes, made: source.backupId, code: 'VALIDATION' }
  if (peer !== undefined) for (const hsmId of notes.taken) synchronise(site, peer.hsmId, hsmId)
  return notes
}

/** All HSMs of the newer type give way to HSMs of the original one. §rollback.hsm §rollback.end §loss.rollback */
export const settleRolledBack = (site: Site, cluster: Cluster, notes: Notes): Outcome<null, MigrationCode> => {
  const { parts, stores } = site
  if (notes.code === 'NO_BACKUP') {
    putCluster(site, parts.settleWithoutWay(cluster)) // §rollback.none
    return refused('NO_BACKUP')
  }
  const tried = notes.code === null || notes.made === null ? undefined : stores.backups.get(notes.made)
  if (tried !== undefined) {
    giveBack(site, cluster, notes)
    putBackup(site, parts.markRefusedInRollback(tried)) // §rollback.refused
    return refused('VALIDATION')
  }
  for (const [at, old] of waysBack(site, cluster).newer.entries()) standIn(site, old, takenBy(notes, at), 'hsm1.medium')
  for (const backup of ownOf(cluster, [...stores.backups.values()])) putBackup(site, parts.backupAfterRollback(backup)) // §rollback.backups
  putCluster(site, parts.settleRolledBack(cluster))
  return accepted(null)
}

const ownOf = ({ clusterId }: Cluster, backups: readonly Backup[]): readonly Backup[] =>
  backups.filter(backup => backup.clusterId === clusterId)

/** Takes a unit of the line of this type. The id that its HSM will have, of which nobody knows yet. */
const takeFor = (site: Site, { mode }: Cluster, hsmType: HsmType): string => {
  const hsmId = newId(site.draw, 'hsm')
  site.stores.units.set(hsmId, takeUnit(site, { mode, hsmType }))
  return hsmId
}

const takenBy = ({ taken }: Notes, at = 0): string => {
  const hsmId = taken[at]
  if (hsmId === undefined) throw new Error(`expected ${at + 1} units that were taken, got ${taken.length}`)
  return hsmId
}

/** Units that were taken and stand in for nobody. */
export const giveBack = ({ stores }: Site, _: unknown, { taken }: Notes): void => {
  for (const hsmId of taken) stores.units.delete(hsmId)
}

/** The HSM of this id, whose unit was taken, is of this type and has the place of the old one. */
const standIn = (site: Site, old: HsmRecord, hsmId: string, hsmType: HsmType): void => {
  const fresh = hsmNamed(site, clusterOf(site, old), old.availabilityZone, hsmId)
  site.stores.units.delete(old.hsmId)
  putHsm(site, { ...old, state: 'DELETED', copied: false })
  putHsm(site, site.parts.standInFor(old, fresh, hsmType))
}
