/** What each job of the service does: its steps, when there is still reason for it, and what of its effect must be there once it ended. */
import { EMPTY, type JobEffect } from '../model/index.ts'
import { afterwards, madeBackup } from './afterwards.ts'
import {
  activeContents,
  clusterState,
  codeOf,
  factsOf,
  hasActive,
  hasSource,
  isKnown,
  isWhole,
  newestUsable,
  sameContents,
  type Hsm,
} from './facts.ts'
import type { Read, StateReads, StepReads } from './reads.ts'
import { isMigrated, isMigrating, isPrepared, isReady, isReturned } from './retyped.ts'

/** Slots of what a job is about; null of what it is not. */
export interface About {
  readonly cluster: number | null
  readonly hsm: number | null
  readonly backup: number | null
}

export type Working = StepReads<'Crash' | 'Recover'>

/** What the predicates below look at. */
export const WORK: readonly Read[] = [
  'cluster',
  'hsm',
  'backup',
  'job',
  'facts',
  'outcome',
  'created',
  'moved',
  'emitted',
  'unchanged',
]

interface Job {
  readonly id: string
  /** The clause, as the property of its recovery states it. */
  readonly says: string
  readonly steps: readonly string[]
  readonly isAnew: boolean
  /** Failures since the crash have not taken its reason away. */
  readonly isDue: (state: StateReads, about: About) => boolean
  readonly became: (step: Working, about: About) => boolean
  /** The service may be at it now; left out where more has to come together than can be said in a line. */
  readonly isBegun?: (state: StateReads, about: About) => boolean
}

const hsmOf = ({ hsm }: Pick<StateReads, 'hsm'>, about: About): Hsm | undefined =>
  about.hsm === null ? undefined : hsm[about.hsm]
const homeOf = (state: Pick<StateReads, 'hsm'>, about: About): number | null =>
  hsmOf(state, about)?.context.cluster ?? null
const isMade = (state: StateReads, about: About): boolean => hsmOf(state, about)?.value === 'CREATE_IN_PROGRESS'
/** The backup is being made, as a copy or not. */
const isMadeAs = (state: StateReads, { backup }: About, isCopy: boolean): boolean => {
  const { value, context } = state.backup[backup ?? -1] ?? {}
  return value === 'CREATE_IN_PROGRESS' && (context?.sourceRegion !== null) === isCopy
}
const backupAfter = (step: Working, { backup }: About) => (backup === null ? undefined : afterwards(step, backup))

/** The step made one backup, of what the ACTIVE HSMs of the cluster have now. */
const isTaken = (step: Working, home: number | null): boolean => {
  const made = madeBackup(step)
  if (made?.value !== 'CREATE_IN_PROGRESS' || made.context.cluster !== home) return false
  return activeContents(step.before, home).some(held => sameContents(held, made.context.contents))
}

/** It has what a peer has now, or else what the newest usable backup has; or it refused that, or there is neither, and it is DEGRADED. */
const isJoined = (step: Working, about: About): boolean => {
  const [home, joined] = [homeOf(step.before, about), hsmOf(step.after, about)]
  const [peer] = activeContents(step.before, home)
  const newest = newestUsable(step.before, home)
  const given = step.before.backup[newest]
  if (given !== undefined && !isWhole(given))
    return joined?.value === 'DEGRADED' && step.after.backup[newest]?.context.rejected === true
  const due = peer ?? given?.context.contents
  if (due === undefined) return codeOf(step) === 'NO_BACKUP' && joined?.value === 'DEGRADED'
  return joined?.value === 'ACTIVE' && sameContents(joined.context.contents, due)
}

export const JOBS: { readonly [Effect in JobEffect]: Job } = {
  HsmProvisioned: {
    id: '§job.provision',
    says: 'The provisioning of an HSM that a crash stopped is recovered: it is ACTIVE with initial contents.',
    steps: ['unit', 'record'],
    isAnew: false,
    isDue: isMade,
    isBegun: (state, about) => isMade(state, about) && clusterState(state, homeOf(state, about)) === 'UNINITIALIZED',
    became: ({ after }, about) => {
      const hsm = hsmOf(after, about)
      return hsm?.value === 'ACTIVE' && sameContents(hsm.context.contents, EMPTY)
    },
  },
  PeerBackedUp: {
    id: '§job.snapshot',
    says: 'The backup of a peer that a crash stopped is made anew, once, of what the peer has then.',
    steps: ['seal', 'record'],
    isAnew: true,
    isDue: (state, about) => isMade(state, about) && hasActive(state, homeOf(state, about)),
    became: (step, about) =>
      isTaken(step, homeOf(step.before, about)) && hsmOf(step.after, about)?.context.copied === true,
  },
  ClusterBackedUp: {
    id: '§job.daily',
    says: 'The backup of a cluster that a crash stopped is made anew, once, of what its HSMs have then, and the cluster is not due again for that day.',
    steps: ['seal', 'record'],
    isAnew: true,
    isDue: (state, { cluster }) => hasActive(state, cluster),
    became: (step, { cluster }) =>
      isTaken(step, cluster) && step.after.cluster[cluster ?? -1]?.context.backupDue === false,
  },
  BackupSealed: {
    id: '§job.archive',
    says: 'A backup whose way into the archive a crash stopped is READY, and an HSM that waited for it may go.',
    steps: ['store', 'record'],
    isAnew: false,
    isDue: (_, { backup }) => backup !== null,
    isBegun: (state, about) => isMadeAs(state, about, false),
    became: (step, about) => {
      const final = step.before.backup[about.backup ?? -1]?.context.final ?? null
      const isHandedOver = step.emitted.filter(({ event }) => event.type === 'backup').length === 1
      const isFree = final === null || step.after.hsm[final]?.context.saved === true
      return backupAfter(step, about)?.value === 'READY' && isHandedOver && isFree
    },
  },
  HsmRestored: {
    id: '§job.restore',
    says: 'The restore of an HSM that a crash stopped begins anew: it has what its peers have, or the newest usable backup, or is DEGRADED where it refuses that or there is neither.',
    steps: ['unit', 'restore', 'record'],
    isAnew: true,
    isDue: isMade,
    became: isJoined,
  },
  HsmReplaced: {
    id: '§job.replace',
    says: 'The replacement of a failed HSM that a crash stopped is recovered: one new HSM is being created in its place, with nothing in it.',
    steps: ['retire', 'record'],
    isAnew: false,
    isDue: (state, about) => {
      const home = homeOf(state, about)
      const isWanted = clusterState(state, home) === 'UNINITIALIZED' || hasSource(state, home)
      return hsmOf(state, about)?.value === 'DEGRADED' && isWanted
    },
    became: ({ before, after }, about) => {
      const [old, fresh] = [hsmOf(before, about), hsmOf(after, about)]
      const isHere = fresh?.context.cluster === old?.context.cluster && fresh?.context.zone === old?.context.zone
      return fresh?.value === 'CREATE_IN_PROGRESS' && isHere && sameContents(fresh.context.contents, EMPTY)
    },
  },
  BackupCopied: {
    id: '§job.copy',
    says: 'A copy whose arrival a crash stopped is READY.',
    steps: ['store', 'record'],
    isAnew: false,
    isDue: (_, { backup }) => backup !== null,
    isBegun: (state, about) => isMadeAs(state, about, true),
    became: (step, about) => backupAfter(step, about)?.value === 'READY',
  },
  HsmDeleted: {
    id: '§job.delete',
    says: 'The deletion of an HSM that a crash stopped is recovered: the HSM is DELETED.',
    steps: ['retire', 'record'],
    isAnew: false,
    isDue: () => true,
    isBegun: (state, about) => {
      const hsm = hsmOf(state, about)
      return hsm?.value === 'DELETE_IN_PROGRESS' && hsm.context.saved
    },
    became: ({ after }, about) => hsmOf(after, about)?.value === 'vacant',
  },
  ClusterDeleted: {
    id: '§job.dissolve',
    says: 'The deletion of a cluster that a crash stopped is recovered: the cluster is DELETED, and all its backups stay as backups of no cluster.',
    steps: ['record'],
    isAnew: false,
    isDue: () => true,
    isBegun: (state, { cluster }) => clusterState(state, cluster) === 'DELETE_IN_PROGRESS',
    became: ({ before, after }, { cluster }) => {
      const areOrphaned =
        factsOf(before, cluster).newestOwn === -1 ||
        after.backup.every(({ value, context }) => value === 'vacant' || context.cluster !== cluster)
      return clusterState(after, cluster) === 'DELETED' && !isKnown(after, cluster ?? -1) && areOrphaned
    },
  },
  BackupPurged: {
    id: '§job.purge',
    says: 'The purge of a backup that a crash stopped is recovered: the backup is DELETED.',
    steps: ['erase', 'record'],
    isAnew: false,
    isDue: (_, { backup }) => backup !== null,
    isBegun: (state, { backup }) => {
      const { value, context } = state.backup[backup ?? -1] ?? {}
      return value === 'PENDING_DELETION' && context?.graceOver === true
    },
    became: (step, about) => backupAfter(step, about) === undefined,
  },
  HsmBackedUp: {
    id: '§job.prepare',
    says: 'The backup of an HSM that is to be migrated, which a crash stopped, is made anew, once, of what the HSM has then.',
    steps: ['seal', 'record'],
    isAnew: true,
    isDue: (state, { hsm }) => isMigrating(state, hsm),
    became: (step, { hsm }) => isPrepared(step, hsm ?? -1),
  },
  HsmMigrated: {
    id: '§job.migrate',
    says: 'The migration of an HSM that a crash stopped begins anew: one of the newer type with the same contents is in its place, or the cluster goes back as that refused the backup.',
    steps: ['unit', 'restore', 'record'],
    isAnew: true,
    isDue: (state, { hsm }) => isMigrating(state, hsm),
    isBegun: (state, { hsm }) => isReady(state, hsm),
    became: (step, { hsm }) => isMigrated(step, hsm ?? -1),
  },
  ClusterRolledBack: {
    id: '§job.rollback',
    says: 'A rollback that a crash stopped begins anew: all HSMs are of the original type, or all stay as one refused the backup or there was none.',
    steps: ['unit', 'restore', 'record'],
    isAnew: true,
    isDue: (state, { cluster }) => clusterState(state, cluster) === 'ROLLBACK_IN_PROGRESS',
    isBegun: (state, { cluster }) => clusterState(state, cluster) === 'ROLLBACK_IN_PROGRESS',
    became: (step, { cluster }) => isReturned(step, cluster ?? -1),
  },
}
