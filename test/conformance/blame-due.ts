/** Which clause an effect is charged to that is offered too early, or that is due and not offered. */
import { blameJob, type Due } from './blame.ts'
import type { Effect } from './port.ts'

/** For each effect the clause that says when it is due: what is charged when it is offered too early. */
const TOO_EARLY: Readonly<Record<Effect, string>> = {
  ClusterCreated: '§cluster.create',
  ClusterInitialized: '§cluster.initialize',
  ClusterActivated: '§cluster.activate',
  ClusterDeleted: '§cluster.delete',
  HsmProvisioned: '§hsm.provision',
  PeerBackedUp: '§hsm.join.snapshot',
  HsmRestored: '§hsm.join.wait',
  HsmReplaced: '§hsm.replace',
  HsmDeleted: '§hsm.delete.backup',
  KeysSynchronised: '§sync.keys',
  BackupSealed: '§backup.seal',
  BackupPurged: '§backup.purge',
  BackupCopied: '§backup.copy.ready',
  BackupExpired: '§backup.expire',
  ClusterBackedUp: '§backup.daily',
  HsmBackedUp: '§migrate.backup',
  HsmMigrated: '§migrate.backup',
  ClusterMigrated: '§migrate.end',
  ClusterRolledBack: '§rollback.end',
}

/** The clause of an effect that is due and not offered; `clause` is that of the effect itself. */
export const blameMissing = ({ taken }: Due, effect: string, clause: string): string => {
  const ofJob = blameJob(taken)
  if (ofJob !== null) return ofJob
  const isAgain = taken.fired.some(entry => entry.clause === '§hsm.join.again')
  return isAgain && effect === 'PeerBackedUp' ? '§hsm.join.again' : clause
}

/** The clause of an effect that is offered and not due; `subject` is what the model knows of a backup that it would happen to. */
export const blameEarly = (effect: Effect, subject: Expirable | null): string =>
  effect === 'BackupExpired' && subject !== null ? blameExpired(subject) : TOO_EARLY[effect]

/** Why retention does not take a backup, if not for its age. */
export interface Expirable {
  readonly hasCluster: boolean
  readonly neverExpires: boolean
  readonly isLast: boolean
}

const blameExpired = ({ hasCluster, neverExpires, isLast }: Expirable): string => {
  if (!hasCluster) return '§backup.expire.orphan'
  if (neverExpires) return '§backup.expire.never'
  return isLast ? '§backup.expire.last' : '§backup.expire'
}
