/** ModifyCluster that names a type of HSM: what it refuses, and what it begins. */
import type { RuleName } from '../model/index.ts'
import { clusterState, codeOf, factsOf, isKnown } from './facts.ts'
import { areKept } from './limited.ts'
import { always, refusal, sometimes, step, type Property } from './property.ts'
import type { Read, StepReads } from './reads.ts'

const ASKED = ['ModifyHsmType'] as const
const ASKS: readonly Read[] = ['cluster', 'facts', 'seen']

type Asking = StepReads<'ModifyHsmType'>

const typeOf = ({ before, input }: Asking) => before.cluster[input.cluster]?.context.hsmType
const isActive = ({ before, input }: Asking) => clusterState(before, input.cluster) === 'ACTIVE'
const isOpen = ({ before, input }: Asking) => before.seen.cluster(input.cluster)?.rollback === true

/** The type is the one that the cluster has not. */
const isForOther = (asking: Asking) => isActive(asking) && asking.input.hsmType !== typeOf(asking)
/** It is the way back, from a cluster that is migrated or being so. */
const isForOriginal = (asking: Asking) => {
  const isModifying = clusterState(asking.before, asking.input.cluster) === 'MODIFY_IN_PROGRESS'
  return asking.input.hsmType === 'hsm1.medium' && (isForOther(asking) || isModifying)
}
const isForNewer = (asking: Asking) => isForOther(asking) && asking.input.hsmType === 'hsm2m.medium'

/** Every HSM of the cluster is ACTIVE, and there is one. */
const areActive = ({ before, input }: Asking) => {
  const { active, hsms } = factsOf(before, input.cluster)
  return active.length > 0 && active.length === hsms.length
}
const isFull = ({ before, input }: Asking) =>
  factsOf(before, input.cluster).hsms.length >= (before.cluster[input.cluster]?.context.hsmLimit ?? 0)

/** Whether the cluster shows after the step that it can be rolled back, given whether it did before. */
const isOpenAfter = ({ before, after, input, outcome }: StepReads, slot: number): boolean => {
  const was = before.seen.cluster(slot)?.rollback === true
  const isStart = input.rule === 'ModifyHsmType' && input.cluster === slot && outcome.kind === 'accepted'
  if (isStart) return input.hsmType === 'hsm2m.medium'
  const isStill = /^(ACTIVE|MODIFY_IN_PROGRESS)$/.test(clusterState(after, slot))
  return was && isStill && input.rule !== 'Elapse'
}

/** Steps that may change a cluster. */
const ON_CLUSTERS: readonly RuleName[] = [
  'ModifyHsmType',
  'ModifyCluster',
  'DeleteCluster',
  'HsmMigrated',
  'ClusterMigrated',
  'ClusterRolledBack',
  'ClusterBackedUp',
  'FailHsm',
  'Elapse',
  'Day',
  'Crash',
  'Recover',
]

export const modify: readonly Property[] = [
  refusal({
    id: '§migrate.state',
    says: 'Another type is refused unless the cluster is ACTIVE, or is being migrated and the type is the original one.',
    rules: ASKED,
    reads: ASKS,
    code: 'InvalidRequest',
    when: asking => isKnown(asking.before, asking.input.cluster) && !isActive(asking) && !isForOriginal(asking),
  }),
  refusal({
    id: '§migrate.same',
    says: 'The type that an ACTIVE cluster has is refused.',
    rules: ASKED,
    reads: ASKS,
    code: 'InvalidRequest',
    when: asking => isActive(asking) && !isForOther(asking),
  }),
  refusal({
    id: '§migrate.hsms',
    says: 'Another type is refused while an ACTIVE cluster has no HSM, or one that is not ACTIVE.',
    rules: ASKED,
    reads: ASKS,
    code: 'InvalidRequest',
    when: asking => isForOther(asking) && !areActive(asking),
  }),
  refusal({
    id: '§migrate.limit',
    says: 'The newer type is refused in a cluster that has as many HSMs as it may have.',
    rules: ASKED,
    reads: ASKS,
    code: 'InvalidRequest',
    when: asking => isForNewer(asking) && isFull(asking),
  }),
  step({
    id: '§migrate.start',
    says: 'Any other request for the newer type leads to MODIFY_IN_PROGRESS, and leaves the HSMs as they are.',
    rules: ASKED,
    reads: [...ASKS, 'hsm', 'outcome'],
    when: asking => isForNewer(asking) && areActive(asking) && !isFull(asking),
    holds: asking => clusterState(asking.after, asking.input.cluster) === 'MODIFY_IN_PROGRESS' && areKept(asking),
  }),
  step({
    id: '§rollback.window',
    says: 'A cluster shows that it can be rolled back from the start of a migration until 24 hours are over or it goes back; where it does not, the original type is refused.',
    rules: ON_CLUSTERS,
    reads: [...ASKS, 'outcome', 'unchanged'],
    when: ({ before, input, after }) =>
      /^(ModifyHsmType|Elapse)$/.test(input.rule) ||
      before.cluster.some((cluster, slot) => after.cluster[slot] !== cluster),
    holds: taken => {
      const isShown = (slot: number) => taken.after.seen.cluster(slot)?.rollback === true
      if (!taken.after.cluster.every((_, slot) => isShown(slot) === isOpenAfter(taken, slot))) return false
      const asking = taken as unknown as Asking
      if (taken.input.rule !== 'ModifyHsmType' || !isForOriginal(asking) || isOpen(asking)) return true
      return codeOf(taken) === 'InvalidRequest' && taken.outcome.kind === 'refused' && taken.unchanged
    },
  }),
  always({
    id: '§rollback.window',
    says: 'Only a cluster that is migrated, or being so, shows that it can be rolled back.',
    reads: ['cluster', 'seen'],
    each: 'cluster',
    holds: (state, slot) => {
      const isMigrated = state.cluster[slot]?.context.hsmType === 'hsm2m.medium'
      const isShown = state.seen.cluster(slot)?.rollback === true
      return !isShown || isMigrated || clusterState(state, slot) === 'MODIFY_IN_PROGRESS'
    },
  }),
  sometimes({
    id: '§rollback.window',
    says: 'An ACTIVE cluster of the newer type can be rolled back.',
    reads: ['cluster', 'seen'],
    reached: state =>
      state.cluster.some(({ value }, slot) => value === 'ACTIVE' && state.seen.cluster(slot)?.rollback === true),
  }),
  step({
    id: '§rollback.start',
    says: 'Any other request for the original type leads to ROLLBACK_IN_PROGRESS, leaves the HSMs as they are, and ends the step that one of them is in.',
    rules: ASKED,
    reads: [...ASKS, 'hsm', 'outcome'],
    when: asking => isForOriginal(asking) && isOpen(asking) && (!isActive(asking) || areActive(asking)),
    holds: asking => {
      const { after, input } = asking
      const isInStep = after.hsm.some(
        ({ value, context }) => value === 'ACTIVE' && context.cluster === input.cluster && context.copied,
      )
      return clusterState(after, input.cluster) === 'ROLLBACK_IN_PROGRESS' && areKept(asking) && !isInStep
    },
  }),
]
