/** What the service does later: each kind of job knows from the stores for whom it is due, and how it is done. */
import { accepted, type Outcome } from '../hsm/index.ts'
import * as clusters from './clusters.ts'
import * as hsms from './hsms.ts'
import * as joins from './joins.ts'
import { settlePurged } from './backups.ts'
import { settleCopied } from './copies.ts'
import * as migrations from './migrations.ts'
import { needsKeys, settleKeys } from './peers.ts'
import { isBackupDue, isExpired, settleBackedUp, settleExpired } from './retention.ts'
import type { Backup, Cluster, HsmRecord } from './records.ts'
import { activeOf, clusterOf, isSealing, membersOf, sourcesOf, type Site } from './site.ts'
import { settleSealed } from './snapshots.ts'

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

export type Settled = Outcome<null, joins.JoinCode | 'COPY_FAILED' | 'VALIDATION'>

/** A kind of job: for which records it is due, and what is done then. */
interface Work<R> {
  readonly effect: Effect
  isDue(site: Site, record: R): boolean
  run(site: Site, record: R): Settled | void
}

const onClusters: readonly Work<Cluster>[] = [
  { effect: 'ClusterCreated', isDue: (_, { state }) => state === 'CREATE_IN_PROGRESS', run: clusters.settleCreated },
  {
    effect: 'ClusterInitialized',
    isDue: (_, { state }) => state === 'INITIALIZE_IN_PROGRESS',
    run: clusters.settleInitialized,
  },
  {
    effect: 'ClusterActivated',
    // §cluster.activate
    isDue: (site, { clusterId, state }) => state === 'INITIALIZED' && activeOf(site, clusterId)?.activated === true,
    run: clusters.settleActivated,
  },
  {
    effect: 'ClusterDeleted',
    isDue: (_, { state }) => state === 'DELETE_IN_PROGRESS',
    run: clusters.settleClusterDeleted,
  },
  { effect: 'ClusterBackedUp', isDue: isBackupDue, run: settleBackedUp },
  { effect: 'ClusterMigrated', isDue: migrations.isMigrated, run: migrations.settleMigrated },
  {
    effect: 'ClusterRolledBack',
    isDue: (_, { state }) => state === 'ROLLBACK_IN_PROGRESS',
    run: migrations.settleRolledBack,
  },
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

const onHsms: readonly Work<HsmRecord>[] = [
  {
    effect: 'HsmProvisioned',
    isDue: (site, hsm) => hsm.state === 'CREATE_IN_PROGRESS' && clusterOf(site, hsm).state === 'UNINITIALIZED',
    run: hsms.settleProvisioned,
  },
  {
    effect: 'PeerBackedUp',
    isDue: (site, hsm) => isJoining(site, hsm) && needsCopy(site, hsm),
    run: joins.settlePeerBackedUp,
  },
  {
    effect: 'HsmRestored',
    isDue: (site, hsm) => isJoining(site, hsm) && !needsCopy(site, hsm) && !mustWait(site, hsm),
    run: joins.settleRestored,
  },
  {
    effect: 'HsmReplaced',
    // §hsm.replace §hsm.replace.first
    isDue: (site, hsm) => {
      const cluster = clusterOf(site, hsm)
      const isDue = site.parts.canReplace(cluster, sourcesOf(site, cluster)) || site.parts.canReplaceFirst(cluster)
      return hsm.state === 'DEGRADED' && isDue
    },
    run: hsms.settleReplaced,
  },
  {
    effect: 'HsmDeleted',
    // §hsm.delete.backup
    isDue: (site, hsm) => hsm.state === 'DELETE_IN_PROGRESS' && site.parts.mayGo(hsm),
    run: hsms.settleHsmDeleted,
  },
  { effect: 'HsmBackedUp', isDue: migrations.isBackupDue, run: migrations.settleHsmBackedUp },
  { effect: 'HsmMigrated', isDue: migrations.isHsmDue, run: migrations.settleHsmMigrated },
]

const onPeers: readonly Work<HsmRecord>[] = [{ effect: 'KeysSynchronised', isDue: needsKeys, run: settleKeys }]

const onBackups: readonly Work<Backup>[] = [
  {
    effect: 'BackupSealed',
    isDue: (_, { state, origin }) => state === 'CREATE_IN_PROGRESS' && origin === null,
    run: settleSealed,
  },
  {
    effect: 'BackupCopied',
    // §backup.copy.ready
    isDue: (_, { state, origin }) => state === 'CREATE_IN_PROGRESS' && origin !== null,
    run: settleCopied,
  },
  {
    effect: 'BackupPurged',
    // §backup.purge
    isDue: (site, backup) => backup.state === 'PENDING_DELETION' && site.parts.isPurgeDue(backup, site.now()),
    run: settlePurged,
  },
  { effect: 'BackupExpired', isDue: isExpired, run: settleExpired },
]

const dueOf = <R>(site: Site, work: readonly Work<R>[], records: ReadonlyMap<string, R>): readonly Due[] =>
  [...records].flatMap(([subject, record]) =>
    work.filter(({ isDue }) => isDue(site, record)).map(({ effect }) => ({ effect, subject })),
  )

/** Everything that is due. */
export const dueJobs = (site: Site): readonly Due[] => [
  ...dueOf(site, onClusters, site.stores.clusters),
  ...dueOf(site, onHsms, site.stores.hsms),
  ...dueOf(site, onPeers, site.stores.hsms),
  ...dueOf(site, onBackups, site.stores.backups),
]

/** Does one job. Throws when it is not due. */
export const runJob = (site: Site, due: Due): Settled =>
  runOn(site, onClusters, site.stores.clusters, due) ??
  runOn(site, onHsms, site.stores.hsms, due) ??
  runOn(site, onPeers, site.stores.hsms, due) ??
  runOn(site, onBackups, site.stores.backups, due) ??
  notDue(due)

const runOn = <R>(
  site: Site,
  works: readonly Work<R>[],
  records: ReadonlyMap<string, R>,
  { effect, subject }: Due,
): Settled | null => {
  const [work, record] = [works.find(candidate => candidate.effect === effect), records.get(subject)]
  if (work === undefined || record === undefined) return null
  return work.isDue(site, record) ? (work.run(site, record) ?? accepted(null)) : notDue({ effect, subject })
}

const notDue = ({ effect, subject }: Due): never => {
  throw new RangeError(`expected an effect that is due, got ${effect} of ${subject}`)
}
