/** Another type of HSM: how HSMs are migrated, what is refused meanwhile, and how it ends. */
import { madeBackup } from './afterwards.ts'
import { isLocked } from './asked.ts'
import { DATA } from './client.ts'
import { clusterState, codeOf, factsOf, hasActive, isWhole, newestUsable, sameContents } from './facts.ts'
import { areKept, isLimitedWrite } from './limited.ts'
import { always, leadsTo, refusal, sometimes, sometimesStep, step, type Property } from './property.ts'
import type { StateReads, StepReads } from './reads.ts'

type OfHsm = StepReads<'HsmBackedUp' | 'HsmMigrated'>

const homeOf = ({ before, input }: OfHsm) => before.hsm[input.hsm]?.context.cluster ?? null

/** An ACTIVE HSM of a cluster whose HSMs are migrated. */
const isMigrating = (migrating: OfHsm) =>
  migrating.before.hsm[migrating.input.hsm]?.value === 'ACTIVE' &&
  clusterState(migrating.before, homeOf(migrating)) === 'MODIFY_IN_PROGRESS'
const isCopied = ({ hsm }: Pick<StateReads, 'hsm'>, slot: number) =>
  hsm[slot]?.value === 'ACTIVE' && hsm[slot].context.copied
/** An HSM of the same cluster is in its step. */
const hasCopied = (step: OfHsm) =>
  step.before.hsm.some(({ context }, slot) => context.cluster === homeOf(step) && isCopied(step.before, slot))

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

/** An HSM counts a backup still that was made for its migration, and failed. */
const isCounted = ({ before, after, input }: StepReads<'FailSeal'>): boolean => {
  const { cluster, final } = before.backup[input.backup]?.context ?? {}
  return final === null && after.hsm.some(({ context }, slot) => context.cluster === cluster && isCopied(after, slot))
}

export const migration: readonly Property[] = [
  step({
    id: '§migrate.backup',
    says: 'HSMs of the older type are backed up one after the other, each before it is migrated, and again where that backup fails.',
    rules: ['HsmBackedUp', 'HsmMigrated', 'FailSeal'],
    reads: ['cluster', 'hsm', 'facts', 'backup', 'created', 'outcome'],
    when: taken =>
      taken.input.rule === 'FailSeal' ? taken.outcome.kind === 'failed' : isMigrating(taken as unknown as OfHsm),
    holds: taken => {
      if (taken.input.rule === 'FailSeal') return !isCounted(taken as unknown as StepReads<'FailSeal'>)
      const ofHsm = taken as unknown as OfHsm
      if (taken.input.rule === 'HsmBackedUp') return isStepTaken(ofHsm)
      return isReady(ofHsm) || taken.outcome.kind === 'disabled'
    },
  }),
  step({
    id: '§migrate.hsm',
    says: 'An HSM whose backup is READY is migrated: a new one of the newer type has its place, is sent its contents, and has counted nothing; and the migration goes on.',
    rules: ['HsmMigrated'],
    reads: ['cluster', 'hsm', 'facts', 'backup', 'outcome', 'emitted'],
    when: migrating => isReady(migrating) && (givenTo(migrating) === undefined || isWhole(givenTo(migrating))),
    holds: migrating => {
      const { before, after, input, emitted } = migrating
      const isGoingOn = clusterState(after, homeOf(migrating)) === 'MODIFY_IN_PROGRESS'
      if (!isGoingOn || !emitted.some(({ event }) => event.type === 'synchronisation')) return false
      const [was, is] = [before.hsm[input.hsm], after.hsm[input.hsm]]
      const isThere = is?.value === 'ACTIVE' && is.context.zone === was?.context.zone && !is.context.copied
      const isFresh = is?.context.tokens.length === 0 && Object.values(is.context.failures).every(count => count === 0)
      const isSame = sameContents(was?.context.contents, is?.context.contents)
      return (
        migrating.outcome.kind === 'accepted' && isThere && isFresh && isSame && is.context.hsmType === 'hsm2m.medium'
      )
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
]
