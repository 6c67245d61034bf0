/** What the service does later: each kind of job knows from the stores for whom it is due, and how it is done. */
import { accepted } from '../hsm/index.ts'
import * as clusters from './clusters.ts'
import * as hsms from './hsms.ts'
import * as joins from './joins.ts'
import { eraseBackup, settlePurged } from './backups.ts'
import { settleCopied, storeCopy } from './copies.ts'
import {
  NO_NOTES,
  entryOf,
  perform,
  recover,
  type CrashPoint,
  type JobStep,
  type Settled,
  type Work,
} from './journal.ts'
import { onMigratingHsms, onReplacingClusters } from './migration-jobs.ts'
import { needsKeys, settleKeys } from './peers.ts'
import { isBackupDue, isExpired, sealCluster, settleBackedUp, settleExpired } from './retention.ts'
import type { Backup, Cluster, HsmRecord } from './records.ts'
import { activeOf, clusterOf, isSealing, membersOf, sourcesOf, type Site } from './site.ts'
import { dropSealed, madeBy, settleSealed, storeSealed } from './snapshots.ts'

export type Effect =
  | 'ClusterCreated'
  | 'ClusterInitialized'
  | 'ClusterActivated'
  | 'ClusterDeleted'
  | 'HsmProvisioned'
  | 'PeerBackedUp'
  | 'HsmRestored'
  | 'HsmReplaced'
  | 'HsmDeleted'
  | 'KeysSynchronised'
  | 'BackupSealed'
  | 'BackupPurged'
  | 'BackupCopied'
  | 'BackupExpired'
  | 'ClusterBackedUp'
  | 'HsmBackedUp'
  | 'HsmMigrated'
  | 'ClusterMigrated'
  | 'ClusterRolledBack'

/** An effect that is due; `subject` is the id of what it happens to. */
export interface Due {
  readonly effect: Effect
  readonly subject: string
}

const onClusters: readonly Work<Cluster>[] = [
  { effect: 'ClusterCreated', isDue: (_, { state }) => state === 'CREATE_IN_PROGRESS', record: clusters.settleCreated },
  {
    effect: 'ClusterInitialized',
    isDue: (_, { state }) => state === 'INITIALIZE_IN_PROGRESS',
    record: clusters.settleInitialized,
  },
  {
    effect: 'ClusterActivated',
    // §cluster.activate
    isDue: (site, { clusterId, state }) => state === 'INITIALIZED' && activeOf(site, clusterId)?.activated === true,
    record: clusters.settleActivated,
  },
  // §job.dissolve
  {
    effect: 'ClusterDeleted',
    isDue: (_, { state }) => state === 'DELETE_IN_PROGRESS',
    record: clusters.settleClusterDeleted,
  },
  // §job.daily
  {
    effect: 'ClusterBackedUp',
    isDue: isBackupDue,
    isAnew: true,
    steps: [{ name: 'seal', run: (site, cluster) => ({ ...NO_NOTES, made: sealCluster(site, cluster) }) }],
    record: (site, cluster, notes) => settleBackedUp(site, cluster, madeBy(notes)),
    undo: dropSealed,
  },
  ...onReplacingClusters,
]

const isJoining = (site: Site, hsm: HsmRecord): boolean =>
  hsm.state === 'CREATE_IN_PROGRESS' && clusterOf(site, hsm).state === 'ACTIVE'

const needsCopy = (site: Site, hsm: HsmRecord): boolean =>
  site.parts.needsCopyOfPeer(hsm, activeOf(site, hsm.clusterId))

// §hsm.join.wait
const mustWait = (site: Site, { clusterId }: HsmRecord): boolean =>
  site.parts.mustWait(
    isSealing(site, clusterId),
    membersOf(site, clusterId).some(({ state }) => state === 'DELETE_IN_PROGRESS'),
  )

/** Where nothing is left to give back, it is done as well. */
const retirement: JobStep<HsmRecord> = { name: 'retire', run: hsms.retireUnit }

const onHsms: readonly Work<HsmRecord>[] = [
  // §job.provision
  {
    effect: 'HsmProvisioned',
    isDue: (site, hsm) => hsm.state === 'CREATE_IN_PROGRESS' && clusterOf(site, hsm).state === 'UNINITIALIZED',
    steps: [{ name: 'unit', run: hsms.provisionUnit, isDone: ({ stores }, { hsmId }) => stores.units.has(hsmId) }],
    record: hsms.settleProvisioned,
    undo: hsms.retireUnit,
  },
  // §job.snapshot
  {
    effect: 'PeerBackedUp',
    isDue: (site, hsm) => isJoining(site, hsm) && needsCopy(site, hsm),
    isAnew: true,
    steps: [{ name: 'seal', run: (site, hsm) => ({ ...NO_NOTES, made: joins.sealPeer(site, hsm) }) }],
    record: (site, hsm, notes) => joins.settlePeerBackedUp(site, hsm, madeBy(notes)),
    undo: dropSealed,
  },
  // §job.restore
  {
    effect: 'HsmRestored',
    isDue: (site, hsm) => isJoining(site, hsm) && !needsCopy(site, hsm) && !mustWait(site, hsm),
    isAnew: true,
    steps: [
      { name: 'unit', run: joins.takeJoining },
      { name: 'restore', run: joins.restoreJoining },
    ],
    record: joins.settleRestored,
    undo: hsms.retireUnit,
  },
  // §job.replace
  {
    effect: 'HsmReplaced',
    // §hsm.replace §hsm.replace.first
    isDue: (site, hsm) => {
      const cluster = clusterOf(site, hsm)
      const isDue = site.parts.canReplace(cluster, sourcesOf(site, cluster)) || site.parts.canReplaceFirst(cluster)
      return hsm.state === 'DEGRADED' && isDue
    },
    steps: [retirement],
    record: hsms.settleReplaced,
  },
  // §job.delete
  {
    effect: 'HsmDeleted',
    // §hsm.delete.backup
    isDue: (site, hsm) => hsm.state === 'DELETE_IN_PROGRESS' && site.parts.mayGo(hsm),
    steps: [retirement],
    record: hsms.settleHsmDeleted,
  },
  ...onMigratingHsms,
]

const onPeers: readonly Work<HsmRecord>[] = [{ effect: 'KeysSynchronised', isDue: needsKeys, record: settleKeys }]

const isStored = ({ stores }: Site, { backupId }: Backup): boolean => stores.archive.has(backupId)

const onBackups: readonly Work<Backup>[] = [
  // §job.archive
  {
    effect: 'BackupSealed',
    isDue: (_, { state, origin }) => state === 'CREATE_IN_PROGRESS' && origin === null,
    steps: [{ name: 'store', run: storeSealed, isDone: isStored }],
    record: settleSealed,
    undo: eraseBackup,
  },
  // §job.copy
  {
    effect: 'BackupCopied',
    // §backup.copy.ready
    isDue: (_, { state, origin }) => state === 'CREATE_IN_PROGRESS' && origin !== null,
    steps: [{ name: 'store', run: storeCopy, isDone: isStored }],
    record: settleCopied,
  },
  // §job.purge
  {
    effect: 'BackupPurged',
    // §backup.purge
    isDue: (site, backup) => backup.state === 'PENDING_DELETION' && site.parts.isPurgeDue(backup, site.now()),
    steps: [{ name: 'erase', run: eraseBackup }],
    record: settlePurged,
  },
  { effect: 'BackupExpired', isDue: isExpired, record: settleExpired },
]

const dueOf = <R>(site: Site, work: readonly Work<R>[], records: ReadonlyMap<string, R>): readonly Due[] =>
  [...records].flatMap(([subject, record]) =>
    work.filter(({ isDue }) => isDue(site, record)).map(({ effect }) => ({ effect: effect as Effect, subject })),
  )

/** Everything that is due. */
export const dueJobs = (site: Site): readonly Due[] => [
  ...dueOf(site, onClusters, site.stores.clusters),
  ...dueOf(site, onHsms, site.stores.hsms),
  ...dueOf(site, onPeers, site.stores.hsms),
  ...dueOf(site, onBackups, site.stores.backups),
]

/** Does one job, up to a crash if there is one. Throws when it is not due. */
export const runJob = (site: Site, due: Due, stop: CrashPoint | null = null): Settled => {
  const { effect, subject } = due
  const run = <R>(works: readonly Work<R>[], records: ReadonlyMap<string, R>): Settled | null => {
    const [work, record] = [works.find(each => each.effect === effect), records.get(subject)]
    if (work === undefined || record === undefined) return null
    return work.isDue(site, record) ? perform(site, work, subject, record, stop) : notDue(due)
  }
  return onEach(site, run) ?? notDue(due)
}

/** Ends the job that a crash has stopped, up to another crash if there is one. §job.recover */
export const recoverJob = (site: Site, stop: CrashPoint | null = null): Settled => {
  const entry = entryOf(site)
  if (entry === undefined) return accepted(null)
  const end = <R>(works: readonly Work<R>[], records: ReadonlyMap<string, R>): Settled | null => {
    const [work, record] = [works.find(each => each.effect === entry.effect), records.get(entry.subject)]
    return work === undefined || record === undefined ? null : recover(site, work, record, entry, stop)
  }
  return onEach(site, end) ?? accepted(null)
}

/** Asks the works of each kind, until one answers. */
const onEach = (
  { stores }: Site,
  ask: <R>(works: readonly Work<R>[], records: ReadonlyMap<string, R>) => Settled | null,
): Settled | null =>
  ask(onClusters, stores.clusters) ??
  ask(onHsms, stores.hsms) ??
  ask(onPeers, stores.hsms) ??
  ask(onBackups, stores.backups)

const notDue = ({ effect, subject }: Due): never => {
  throw new RangeError(`expected an effect that is due, got ${effect} of ${subject}`)
}
