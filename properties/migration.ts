/** Another type of HSM: what ModifyCluster refuses, how HSMs are migrated, and the way back. */
import { madeBackup } from './afterwards.ts'
import { isLocked } from './asked.ts'
import { DATA } from './client.ts'
import { clusterState, codeOf, factsOf, hasActive, isKnown, isWhole, newestUsable, sameContents } from './facts.ts'
import { isLimitedWrite } from './limited.ts'
import { EVERY, always, leadsTo, refusal, sometimes, sometimesStep, step, type Property } from './property.ts'
import { rollback } from './rollback.ts'
import type { Read, StateReads, StepReads } from './reads.ts'

const ASKED = ['ModifyHsmType'] as const
const ASKS: readonly Read[] = ['cluster', 'facts', 'seen']

type Asking = StepReads<'ModifyHsmType'>
type OfHsm = StepReads<'HsmBackedUp' | 'HsmMigrated'>

const homeOf = ({ before, input }: OfHsm) => before.hsm[input.hsm]?.context.cluster ?? null
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

/** No HSM is another than it was, nor holds anything else. */
const areKept = ({ before, after }: Pick<StepReads, 'before' | 'after'>) =>
  before.hsm.every((hsm, slot) => {
    const kept = after.hsm[slot]
    return kept?.context.hsmType === hsm.context.hsmType && sameContents(kept.context.contents, hsm.context.contents)
  })

/** An ACTIVE HSM of a cluster whose HSMs are migrated. */
const isMigrating = (migrating: OfHsm) =>
  migrating.before.hsm[migrating.input.hsm]?.value === 'ACTIVE' &&
  clusterState(migrating.before, homeOf(migrating)) === 'MODIFY_IN_PROGRESS'
const isCopied = ({ hsm }: Pick<StateReads, 'hsm'>, slot: number) =>
  hsm[slot]?.value === 'ACTIVE' && hsm[slot].context.copied
const hasCopied = ({ before }: OfHsm) => before.hsm.some((_, slot) => isCopied(before, slot))

/** Its backup is made, and it waits for a new HSM. */
const isReady = (migrating: OfHsm) =>
  isMigrating(migrating) &&
  isCopied(migrating.before, migrating.input.hsm) &&
  !factsOf(migrating.before, homeOf(migrating)).isSealing
/** The backup that the new HSM is given. */
const givenTo = (migrating: OfHsm) => migrating.before.backup[newestUsable(migrating.before, homeOf(migrating))]

/** An HSM of the older type is backed up while no other is in its step, and then it is in its own. */
const isStepTaken = (backedUp: OfHsm): boolean => {
  const { before, after, input, outcome } = backedUp
  const isOlder = before.hsm[input.hsm]?.context.hsmType === 'hsm1.medium'
  if (!isOlder || hasCopied(backedUp) || factsOf(before, homeOf(backedUp)).isSealing) return outcome.kind === 'disabled'
  const made = madeBackup(backedUp)?.context
  const isOwn = made?.cluster === homeOf(backedUp) && made.hsmType === 'hsm1.medium'
  return isOwn && sameContents(made.contents, before.hsm[input.hsm]?.context.contents) && isCopied(after, input.hsm)
}

/** Whether the cluster shows after the step that it can be rolled back, given whether it did before. */
const isOpenAfter = ({ before, after, input, outcome }: StepReads, slot: number): boolean => {
  const was = before.seen.cluster(slot)?.rollback === true
  const isStart = input.rule === 'ModifyHsmType' && input.cluster === slot && outcome.kind === 'accepted'
  if (isStart) return input.hsmType === 'hsm2m.medium'
  const isStill = /^(ACTIVE|MODIFY_IN_PROGRESS)$/.test(clusterState(after, slot))
  return was && isStill && input.rule !== 'Elapse'
}

export const migration: readonly Property[] = [
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
    id: '§migrate.backup',
    says: 'HSMs of the older type are backed up one after the other, each before it is migrated, and again where that backup fails.',
    rules: ['HsmBackedUp', 'HsmMigrated', 'FailSeal'],
    reads: ['cluster', 'hsm', 'facts', 'backup', 'created', 'outcome'],
    when: taken =>
      taken.input.rule === 'FailSeal' ? taken.outcome.kind === 'failed' : isMigrating(taken as unknown as OfHsm),
    holds: taken => {
      if (taken.input.rule === 'FailSeal') return !taken.after.hsm.some((_, slot) => isCopied(taken.after, slot))
      const ofHsm = taken as unknown as OfHsm
      if (taken.input.rule === 'HsmBackedUp') return isStepTaken(ofHsm)
      return isReady(ofHsm) || taken.outcome.kind === 'disabled'
    },
  }),
  step({
    id: '§migrate.hsm',
    says: 'An HSM whose backup is READY is migrated: a new one of the newer type has its place and its contents, and has counted nothing.',
    rules: ['HsmMigrated'],
    reads: ['cluster', 'hsm', 'facts', 'backup', 'outcome'],
    when: migrating => isReady(migrating) && (givenTo(migrating) === undefined || isWhole(givenTo(migrating))),
    holds: ({ before, after, input, outcome }) => {
      const [was, is] = [before.hsm[input.hsm], after.hsm[input.hsm]]
      const isThere = is?.value === 'ACTIVE' && is.context.zone === was?.context.zone && !is.context.copied
      const isFresh = is?.context.tokens.length === 0 && Object.values(is.context.failures).every(count => count === 0)
      const isSame = sameContents(was?.context.contents, is?.context.contents)
      return outcome.kind === 'accepted' && isThere && isFresh && isSame && is.context.hsmType === 'hsm2m.medium'
    },
  }),
  step({
    id: '§migrate.validation',
    says: 'Where the new HSM refuses the backup, the old one stays, that backup is marked, and the cluster goes back.',
    rules: ['HsmMigrated'],
    reads: ['cluster', 'hsm', 'facts', 'backup', 'outcome'],
    when: migrating => isReady(migrating) && givenTo(migrating) !== undefined && !isWhole(givenTo(migrating)),
    holds: migrating => {
      const { before, after } = migrating
      const isMarked = after.backup[newestUsable(before, homeOf(migrating))]?.context.rejected === true
      const isBack = clusterState(after, homeOf(migrating)) === 'ROLLBACK_IN_PROGRESS'
      return codeOf(migrating) === 'VALIDATION' && isMarked && isBack && areKept(migrating)
    },
  }),
  step({
    id: '§migrate.end',
    says: 'A migration ends when no ACTIVE HSM is of the older type: the cluster is ACTIVE, and of the newer.',
    rules: ['ClusterMigrated'],
    reads: ['cluster', 'facts', 'outcome'],
    when: ({ before, input }) => clusterState(before, input.cluster) === 'MODIFY_IN_PROGRESS',
    holds: ({ before, after, input, outcome }) => {
      if (factsOf(before, input.cluster).types.includes('hsm1.medium')) return outcome.kind === 'disabled'
      const { value, context } = after.cluster[input.cluster] ?? {}
      return value === 'ACTIVE' && context?.hsmType === 'hsm2m.medium'
    },
  }),
  always({
    id: '§migrate.end',
    says: 'The ACTIVE HSMs of an ACTIVE cluster are of its type.',
    reads: ['cluster', 'facts'],
    each: 'cluster',
    holds: (state, slot) =>
      clusterState(state, slot) !== 'ACTIVE' ||
      factsOf(state, slot).types.every(type => type === state.cluster[slot]?.context.hsmType),
  }),
  sometimes({
    id: '§migrate.end',
    says: 'The ACTIVE HSMs of a cluster are of both types.',
    reads: ['facts'],
    reached: ({ facts }) => facts.some(({ types }) => new Set(types).size > 1),
  }),
  leadsTo({
    id: '§migrate.end',
    says: 'A migration ends in the end, or goes back.',
    reads: ['cluster'],
    each: 'cluster',
    from: (state, slot) => clusterState(state, slot) === 'MODIFY_IN_PROGRESS',
    to: (state, slot) => /^(ACTIVE|ROLLBACK_IN_PROGRESS)$/.test(clusterState(state, slot)),
  }),
  refusal({
    id: '§hsm.delete.changing',
    says: 'DeleteHsm is refused while the HSMs of the cluster are being replaced.',
    rules: ['DeleteHsm'],
    reads: ['hsm', 'facts'],
    code: 'InvalidRequest',
    when: ({ before, input }) => factsOf(before, before.hsm[input.hsm]?.context.cluster ?? null).isLimited,
  }),
  step({
    id: '§limited.write',
    says: 'While the HSMs of a cluster are replaced, exactly what would change users, keys, policies, quorum or tokens is refused with LIMITED_WRITE.',
    rules: DATA,
    reads: ['facts', 'outcome', 'unchanged'],
    when: ({ before, input }) => hasActive(before, input.cluster),
    holds: operation => {
      const { before, input, unchanged } = operation
      const facts = factsOf(before, input.cluster)
      const isOpenTo = !('as' in input) || !isLocked(facts, input.as)
      const isDue = facts.isLimited && isLimitedWrite(input.rule) && isOpenTo
      return (codeOf(operation) === 'LIMITED_WRITE') === isDue && (unchanged || !isDue)
    },
  }),
  sometimesStep({
    id: '§limited.write',
    says: 'A key is used while the HSMs of its cluster are replaced.',
    rules: ['UseKey'],
    reads: ['facts', 'outcome'],
    reached: ({ before, input, outcome }) => factsOf(before, input.cluster).isLimited && outcome.kind === 'accepted',
  }),
  step({
    id: '§rollback.window',
    says: 'A cluster shows that it can be rolled back from the start of a migration until 24 hours are over or it goes back; where it does not, the original type is refused.',
    rules: EVERY,
    skips: 'disabled',
    reads: [...ASKS, 'outcome', 'unchanged'],
    when: ({ before, input, after }) =>
      input.rule === 'ModifyHsmType' || before.cluster.some((cluster, slot) => after.cluster[slot] !== cluster),
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
    says: 'Any other request for the original type leads to ROLLBACK_IN_PROGRESS, and leaves the HSMs as they are.',
    rules: ASKED,
    reads: [...ASKS, 'hsm', 'outcome'],
    when: asking => isForOriginal(asking) && isOpen(asking) && (!isActive(asking) || areActive(asking)),
    holds: asking => clusterState(asking.after, asking.input.cluster) === 'ROLLBACK_IN_PROGRESS' && areKept(asking),
  }),
  ...rollback,
]
