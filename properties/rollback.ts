/** The way back to the original type of HSM: what the HSMs hold then, and what is lost. */
import { clusterState, codeOf, factsOf, isWhole, sameContents } from './facts.ts'
import { leadsTo, sometimesStep, step, type Property } from './property.ts'
import type { Read, StepReads } from './reads.ts'

const RULE = ['ClusterRolledBack'] as const
const READS: readonly Read[] = ['cluster', 'hsm', 'facts', 'backup', 'outcome']

type Back = StepReads<'ClusterRolledBack'>

const isGoingBack = ({ before, input }: Back) => clusterState(before, input.cluster) === 'ROLLBACK_IN_PROGRESS'
/** Slots of its ACTIVE HSMs of one type. */
const ofType = ({ before, input }: Back, type: string): readonly number[] => {
  const { active, types } = factsOf(before, input.cluster)
  return active.filter((_, at) => types[at] === type)
}
const older = (back: Back) => ofType(back, 'hsm1.medium')
const newer = (back: Back) => ofType(back, 'hsm2m.medium')
/** The newest usable backup of the original type. */
const source = ({ before, input }: Back) => before.backup[factsOf(before, input.cluster).newestOlder]

/** It is given a backup that it refuses. */
const isRefused = (back: Back) => newer(back).length > 0 && source(back) !== undefined && !isWhole(source(back))
/** There is nothing of the original type any more. */
const isBare = (back: Back) => newer(back).length > 0 && older(back).length === 0 && source(back) === undefined
const isDue = (back: Back) => isGoingBack(back) && !isRefused(back) && !isBare(back)

/** What HSMs of the original type are to hold. */
const leftOf = (back: Back) => {
  const [peer] = older(back)
  return peer === undefined ? source(back)?.context.contents : back.before.hsm[peer]?.context.contents
}
const areKept = ({ before, after }: Back) => before.hsm.every((hsm, slot) => after.hsm[slot] === hsm)

export const rollback: readonly Property[] = [
  step({
    id: '§rollback.hsm',
    says: 'Each HSM of the newer type is replaced by one of the original, with what the others of that have, or else the newest usable backup of it; all others stay.',
    rules: RULE,
    reads: READS,
    when: isDue,
    holds: back => {
      const { before, after } = back
      const replaced = newer(back)
      return before.hsm.every((hsm, slot) => {
        const is = after.hsm[slot]
        if (!replaced.includes(slot)) return is === hsm
        const isFresh =
          is?.context.tokens.length === 0 && Object.values(is.context.failures).every(count => count === 0)
        const isThere = is?.value === 'ACTIVE' && is.context.zone === hsm.context.zone
        return (
          isThere && isFresh && is.context.hsmType === 'hsm1.medium' && sameContents(is.context.contents, leftOf(back))
        )
      })
    },
  }),
  step({
    id: '§rollback.end',
    says: 'With that the cluster is ACTIVE, and of its original type.',
    rules: RULE,
    reads: READS,
    when: isDue,
    holds: ({ after, input, outcome }) => {
      const { value, context } = after.cluster[input.cluster] ?? {}
      return outcome.kind === 'accepted' && value === 'ACTIVE' && context?.hsmType === 'hsm1.medium'
    },
  }),
  leadsTo({
    id: '§rollback.end',
    says: 'A rollback ends in the end.',
    reads: ['cluster'],
    each: 'cluster',
    from: (state, slot) => clusterState(state, slot) === 'ROLLBACK_IN_PROGRESS',
    to: (state, slot) => clusterState(state, slot) === 'ACTIVE',
  }),
  step({
    id: '§rollback.refused',
    says: 'A backup that HSMs of the original type refuse is marked, and the HSMs stay until another is tried.',
    rules: RULE,
    reads: READS,
    when: back => isGoingBack(back) && isRefused(back),
    holds: back => {
      const { before, after, input } = back
      const isMarked = after.backup[factsOf(before, input.cluster).newestOlder]?.context.rejected === true
      const isStill = clusterState(after, input.cluster) === 'ROLLBACK_IN_PROGRESS'
      return codeOf(back) === 'VALIDATION' && isMarked && isStill && areKept(back)
    },
  }),
  step({
    id: '§rollback.none',
    says: 'Where nothing of the original type is left, the HSMs stay, and the cluster is ACTIVE and of the newer type.',
    rules: RULE,
    reads: READS,
    when: back => isGoingBack(back) && isBare(back),
    holds: back => {
      const { value, context } = back.after.cluster[back.input.cluster] ?? {}
      return codeOf(back) === 'NO_BACKUP' && value === 'ACTIVE' && context?.hsmType === 'hsm2m.medium' && areKept(back)
    },
  }),
  step({
    id: '§rollback.backups',
    says: 'No backup of the newer type is usable for a cluster that was rolled back.',
    rules: RULE,
    reads: READS,
    when: ({ outcome }) => outcome.kind === 'accepted',
    holds: ({ before, after, input }) =>
      before.backup.every(({ context }, slot) => {
        const isTooNew = context.cluster === input.cluster && context.hsmType === 'hsm2m.medium'
        return after.backup[slot]?.context.rejected === (isTooNew || context.rejected)
      }),
  }),
  sometimesStep({
    id: '§loss.rollback',
    says: 'What was written after a migration is lost when the cluster goes back.',
    rules: RULE,
    reads: READS,
    reached: back =>
      back.outcome.kind === 'accepted' &&
      back.before.hsm.some(({ value, context }, slot) => {
        const is = back.after.hsm[slot]
        return value === 'ACTIVE' && !sameContents(context.contents, is?.context.contents)
      }),
  }),
]
