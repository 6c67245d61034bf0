/** Losses and weaknesses that are allowed, each shown to be reachable. */
import { activeContents, clusterState, hasHsm, newestOwn, newestUsable, sameContents } from './facts.ts'
import { sometimesStep, type Property } from './property.ts'

export const losses: readonly Property[] = [
  sometimesStep({
    id: '§loss.failure',
    says: 'The last ACTIVE HSM of a cluster fails, and no backup has what was written to it.',
    rules: ['FailHsm'],
    reads: ['cluster', 'hsm', 'backup', 'outcome'],
    reached: ({ before, after, input, outcome }) => {
      const { cluster = null, contents } = before.hsm[input.hsm]?.context ?? {}
      const isActive = outcome.kind === 'accepted' && clusterState(before, cluster) === 'ACTIVE'
      const isGone = activeContents(after, cluster).length === 0 && newestOwn(after, cluster) !== -1
      return isActive && isGone && !after.backup.some(({ context }) => sameContents(context.contents, contents))
    },
  }),
  sometimesStep({
    id: '§loss.deleted',
    says: 'An empty ACTIVE cluster loses its last backup, which the customer deleted.',
    rules: ['BackupPurged'],
    reads: ['cluster', 'hsm', 'backup', 'outcome'],
    reached: ({ before, after, input, outcome }) => {
      const cluster = before.backup[input.backup]?.context.cluster ?? null
      const isEmpty = clusterState(after, cluster) === 'ACTIVE' && !hasHsm(after, cluster)
      return outcome.kind === 'accepted' && isEmpty && newestOwn(after, cluster) === -1
    },
  }),
  sometimesStep({
    id: '§loss.altered',
    says: 'The only HSM of a cluster refuses its last backup, which was altered, and has nothing to be restored from.',
    rules: ['HsmRestored'],
    reads: ['hsm', 'backup', 'outcome'],
    reached: ({ before, after, input, outcome }) => {
      const cluster = before.hsm[input.hsm]?.context.cluster ?? null
      const isAlone = activeContents(after, cluster).length === 0 && newestUsable(after, cluster) === -1
      return outcome.kind === 'failed' && newestUsable(before, cluster) !== -1 && isAlone
    },
  }),
  sometimesStep({
    id: '§adversary.rollback',
    says: 'A unit is restored from a backup although its cluster has a newer one with other contents.',
    rules: ['RestoreOnto'],
    reads: ['backup', 'outcome'],
    reached: ({ before: { backup }, input, outcome }) => {
      const { cluster = null, contents } = backup[input.backup]?.context ?? {}
      const newer = backup.slice(input.backup + 1).filter(({ context }) => context.cluster === cluster)
      const isOld = newer.some(({ context }) => !sameContents(context.contents, contents))
      return outcome.kind === 'accepted' && cluster !== null && isOld
    },
  }),
]
