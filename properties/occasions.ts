/** The occasions of a backup: once a day, where there is none, and where an HSM joins or goes. */
import type { RuleName } from '../model/index.ts'
import { madeBackup } from './afterwards.ts'
import { activeContents, clusterState, factsOf, hasActive, newestReady, sameContents, type Folded } from './facts.ts'
import { EVERY, leadsTo, step, type Property } from './property.ts'
import type { StateReads, StepReads } from './reads.ts'

/** Steps that make a backup, a job that was interrupted among them. Of the customer's operations DeleteHsm is the only one, and it asks for none. */
const OCCASIONS: readonly RuleName[] = [
  'ClusterBackedUp',
  'PeerBackedUp',
  'DeleteHsm',
  'HsmBackedUp',
  'Crash',
  'Recover',
]

type Timely = Pick<StateReads, 'cluster' | 'facts'>

const isInService = (state: Timely, slot: number) => clusterState(state, slot) === 'ACTIVE' && hasActive(state, slot)
const isDayOver = ({ cluster }: Pick<StateReads, 'cluster'>, slot: number) => cluster[slot]?.context.backupDue === true
/** No backup of the cluster is READY or being made. */
const isBare = (state: Folded, slot: number) => newestReady(state, slot) === -1 && !factsOf(state, slot).isSealing

/** The step made a backup of what the ACTIVE HSMs of a cluster have. */
const isMadeOf = (step: StepReads<'ClusterBackedUp'>): boolean => {
  const made = madeBackup(step)
  const isOwn = made?.value === 'CREATE_IN_PROGRESS' && made.context.cluster === step.input.cluster
  return (
    isOwn && activeContents(step.before, step.input.cluster).some(held => sameContents(held, made.context.contents))
  )
}

export const occasions: readonly Property[] = [
  step({
    id: '§backup.occasions',
    says: 'A backup that is no copy is made by the service, because it is time, for an HSM that joins, of one that goes or of one that is to be migrated, and by no other step.',
    rules: EVERY,
    skips: 'disabled',
    reads: ['backup', 'created', 'outcome'],
    when: step => madeBackup(step)?.context.sourceRegion === null,
    holds: ({ input }) => OCCASIONS.includes(input.rule),
  }),
  step({
    id: '§backup.daily',
    says: 'When a day is over, each ACTIVE cluster with an ACTIVE HSM is to be backed up, and no other, and then it is, once.',
    rules: ['Day', 'ClusterBackedUp'],
    reads: ['cluster', 'hsm', 'facts', 'backup', 'created', 'outcome'],
    when: ({ before, input }) =>
      input.rule === 'Day' ? before.cluster.some(({ value }) => value === 'ACTIVE') : isDayOver(before, input.cluster),
    holds: step => {
      const { before, after, input } = step
      if (input.rule === 'ClusterBackedUp' && !isInService(before, input.cluster))
        return step.outcome.kind === 'disabled'
      if (input.rule === 'ClusterBackedUp')
        return isMadeOf(step as StepReads<'ClusterBackedUp'>) && !isDayOver(after, input.cluster)
      const isDue = (slot: number) => isDayOver(before, slot) || isInService(before, slot)
      return before.cluster.every((_, slot) => isDayOver(after, slot) === isDue(slot))
    },
  }),
  leadsTo({
    id: '§backup.daily',
    says: 'A cluster that is to be backed up since a day is over is backed up in the end, or its last ACTIVE HSM is gone.',
    reads: ['cluster', 'facts'],
    each: 'cluster',
    from: (state, slot) => isDayOver(state, slot) && isInService(state, slot),
    to: (state, slot) => !isDayOver(state, slot) || !isInService(state, slot),
    fair: ['ClusterBackedUp'],
  }),
  step({
    id: '§backup.first',
    says: 'An ACTIVE cluster with an ACTIVE HSM is backed up where none of its backups is READY or being made, and otherwise only when a day is over.',
    rules: ['ClusterBackedUp'],
    reads: ['cluster', 'hsm', 'facts', 'backup', 'created', 'outcome'],
    when: ({ before, input }) => !isDayOver(before, input.cluster),
    holds: step => {
      const isDue = isInService(step.before, step.input.cluster) && isBare(step.before, step.input.cluster)
      return isDue ? isMadeOf(step) : step.outcome.kind === 'disabled'
    },
  }),
]
