/** What every operation and every job of the service works with, and the questions that they all ask of the stores. */
import type { Draw, Factory } from '../hsm/index.ts'
import { throughRecorder } from './boundary.ts'
import type { Recorder } from './recorder.ts'
import type { Backup, Cluster, HsmRecord, Stores } from './records.ts'
import type { Choices, ServiceParts, Sources } from './seams.ts'

export interface Site {
  readonly parts: ServiceParts
  readonly choices: Choices
  /** Where hardware comes from. */
  readonly factory: Factory
  readonly stores: Stores
  readonly recorder: Recorder
  readonly draw: Draw
  /** The service's own key, of 32 bytes, for its envelope. */
  readonly envelopeKey: Uint8Array
  /** Seconds. */
  now(): number
}

/** The HSMs of a cluster that are not DELETED, oldest first. */
export const membersOf = ({ stores }: Site, clusterId: string): readonly HsmRecord[] =>
  [...stores.hsms.values()].filter(hsm => hsm.clusterId === clusterId && hsm.state !== 'DELETED')

/** The oldest of a cluster's ACTIVE HSMs. */
export const activeOf = (site: Site, clusterId: string): HsmRecord | undefined =>
  membersOf(site, clusterId).find(({ state }) => state === 'ACTIVE')

/** A backup of the cluster is being made. */
export const isSealing = ({ stores }: Site, clusterId: string): boolean =>
  [...stores.backups.values()].some(backup => backup.clusterId === clusterId && backup.state === 'CREATE_IN_PROGRESS')

/** What a new HSM of the cluster can be made from. */
export const sourcesOf = (site: Site, cluster: Cluster): Sources => ({
  active: activeOf(site, cluster.clusterId),
  newest: site.parts.newest(usableBackups(site, cluster)),
  sealing: isSealing(site, cluster.clusterId),
})

/** The usable backups of a cluster, oldest first; its source is one of them until it has a backup of its own. */
export const usableBackups = ({ stores }: Site, { clusterId, sourceBackupId }: Cluster): readonly Backup[] => {
  const existing = [...stores.backups.values()].filter(({ state }) => state !== 'DELETED')
  const own = existing.filter(backup => backup.clusterId === clusterId)
  const candidates = own.length > 0 ? own : existing.filter(({ backupId }) => backupId === sourceBackupId)
  return candidates.filter(({ state, refused }) => state === 'READY' && !refused)
}

/** The copies of a backup that are not DELETED. */
export const copiesOf = ({ stores }: Site, backupId: string): readonly Backup[] =>
  [...stores.backups.values()].filter(({ origin, state }) => origin?.sourceBackup === backupId && state !== 'DELETED')

/** The cluster of an HSM. Throws where there is none, which cannot be. */
export const clusterOf = ({ stores }: Site, { clusterId, hsmId }: HsmRecord): Cluster => {
  const cluster = stores.clusters.get(clusterId)
  if (cluster === undefined) throw new Error(`expected a cluster of ${hsmId}, got none`)
  return cluster
}

/** The hardware of an HSM, by way of the recorder. Throws where there is none, which cannot be for an ACTIVE one. */
export const unitOf = ({ stores, recorder }: Site, hsmId: string) => {
  const unit = stores.units.get(hsmId)
  if (unit === undefined) throw new Error(`expected a unit of ${hsmId}, got none`)
  return throughRecorder(recorder, hsmId, unit)
}

/** Writes down what became of a cluster. §cluster.constant */
export const updateCluster = ({ parts, stores }: Site, before: Cluster, after: Cluster): void =>
  void stores.clusters.set(before.clusterId, parts.changeCluster(before, after))

export const putHsm = ({ stores }: Site, hsm: HsmRecord): void => void stores.hsms.set(hsm.hsmId, hsm)

export const putBackup = ({ stores }: Site, backup: Backup): void => void stores.backups.set(backup.backupId, backup)
