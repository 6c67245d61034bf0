/** What the service does in several durable steps: each kind of job by the effect that it has, with its steps in order. */

/** Effects that a job has. A job of another kind is a line here, in JOBS, and a clause. */
export type JobEffect =
  | 'HsmProvisioned'
  | 'PeerBackedUp'
  | 'ClusterBackedUp'
  | 'BackupSealed'
  | 'HsmRestored'
  | 'HsmReplaced'
  | 'BackupCopied'
  | 'HsmDeleted'
  | 'ClusterDeleted'
  | 'BackupPurged'
  | 'HsmBackedUp'
  | 'HsmMigrated'
  | 'ClusterRolledBack'

/** What a step does. The last of a job is always `record`: it writes all records at once, and is the first to be seen. */
export type JobStep = 'unit' | 'seal' | 'store' | 'restore' | 'retire' | 'erase' | 'record'

/** A crash comes before a step, or after it and before the journal says so. */
export const MOMENTS = ['before', 'after'] as const
export type Moment = (typeof MOMENTS)[number]

export interface JobKind {
  /** What it is done to. */
  readonly of: 'cluster' | 'hsm' | 'backup'
  readonly steps: readonly JobStep[]
  /** The guard that tells it from the other kinds. */
  readonly guard: string
  /** After a crash it begins anew: what it did is of an instant that is over. The others go on where they were. */
  readonly isAnew?: true
  /** How it goes on after a crash. */
  readonly description: string
  readonly clause: string
}

export const JOBS = {
  HsmProvisioned: {
    of: 'hsm',
    steps: ['unit', 'record'],
    guard: 'isProvision',
    description: 'provision: a unit is taken unless it was, and the first HSM is ready',
    clause: '§job.provision',
  },
  PeerBackedUp: {
    of: 'hsm',
    steps: ['seal', 'record'],
    isAnew: true,
    guard: 'isSnapshot',
    description: 'snapshot of a peer: what was sealed is dropped, and the peer is backed up anew',
    clause: '§job.snapshot',
  },
  ClusterBackedUp: {
    of: 'cluster',
    steps: ['seal', 'record'],
    isAnew: true,
    guard: 'isDaily',
    description: 'snapshot in time: what was sealed is dropped, and the cluster is backed up anew',
    clause: '§job.daily',
  },
  BackupSealed: {
    of: 'backup',
    steps: ['store', 'record'],
    guard: 'isArchive',
    description: 'archive: the backup is stored unless it was, and is READY',
    clause: '§job.archive',
  },
  HsmRestored: {
    of: 'hsm',
    steps: ['unit', 'restore', 'record'],
    isAnew: true,
    guard: 'isRestore',
    description: 'restore: begins anew on another unit, and the HSM joins or is DEGRADED',
    clause: '§job.restore',
  },
  HsmReplaced: {
    of: 'hsm',
    steps: ['retire', 'record'],
    guard: 'isReplace',
    description: 'replace: the failed unit is retired unless it was, and a new HSM takes its place',
    clause: '§job.replace',
  },
  BackupCopied: {
    of: 'backup',
    steps: ['store', 'record'],
    guard: 'isCopy',
    description: 'copy: the bytes are stored unless they were, and the copy is READY',
    clause: '§job.copy',
  },
  HsmDeleted: {
    of: 'hsm',
    steps: ['retire', 'record'],
    guard: 'isDelete',
    description: 'delete HSM: the unit is retired unless it was, and the HSM is DELETED',
    clause: '§job.delete',
  },
  ClusterDeleted: {
    of: 'cluster',
    steps: ['record'],
    guard: 'isDissolve',
    description: 'delete cluster: it is DELETED, and its backups stay',
    clause: '§job.dissolve',
  },
  BackupPurged: {
    of: 'backup',
    steps: ['erase', 'record'],
    guard: 'isPurge',
    description: 'purge: the bytes are erased unless they were, and the backup is DELETED',
    clause: '§job.purge',
  },
  HsmBackedUp: {
    of: 'hsm',
    steps: ['seal', 'record'],
    isAnew: true,
    guard: 'isPrepare',
    description: 'prepare: what was sealed is dropped, and the HSM that is to be migrated is backed up anew',
    clause: '§job.prepare',
  },
  HsmMigrated: {
    of: 'hsm',
    steps: ['unit', 'restore', 'record'],
    isAnew: true,
    guard: 'isMigrate',
    description: 'migrate: begins anew on another unit, which takes the place of the HSM or refuses the backup',
    clause: '§job.migrate',
  },
  ClusterRolledBack: {
    of: 'cluster',
    steps: ['unit', 'restore', 'record'],
    isAnew: true,
    guard: 'isRollBack',
    description: 'roll back: begins anew on other units, and all HSMs go back, or none',
    clause: '§job.rollback',
  },
} as const satisfies Readonly<Record<JobEffect, JobKind>>

export type JobGuard = (typeof JOBS)[JobEffect]['guard']

export const EFFECTS = Object.keys(JOBS) as readonly JobEffect[]

/** Whether recovery comes to a step of a job, when the journal names this one and it was done or not. */
export const comesTo = (effect: JobEffect, named: JobStep, isDone: boolean, step: JobStep): boolean => {
  const { steps, isAnew }: JobKind = JOBS[effect]
  const [at, to] = [steps.indexOf(named), steps.indexOf(step)]
  return isAnew === true || to > at || (to === at && !isDone)
}
