/** Availability Zones: where clusters have subnets and HSMs stand, how many HSMs there may be, and when the client warns. */
import { FIRST_ZONE, type Zone } from '../model/index.ts'
import { clusterState, factsOf, hasHsm, isKnown } from './facts.ts'
import { EVERY, always, refusal, sometimes, step, type Property } from './property.ts'
import type { StateReads, StepReads } from './reads.ts'

type Creation = StepReads<'CreateCluster'>
type Taking = StepReads<'CreateHsm'>

const isOffered = ({ input }: Creation) => input.hsmType !== 'hsm1.medium' || input.mode === 'FIPS'
const subnetsOf = ({ input }: Creation): readonly Zone[] => input.subnets ?? [FIRST_ZONE]
/** Two subnets are in one zone. */
const isTwice = (creation: Creation) => new Set(subnetsOf(creation)).size < subnetsOf(creation).length

const homeOf = ({ before, input }: Taking) => before.cluster[input.cluster]?.context
/** The cluster is in a state in which it takes an HSM. */
const isTaking = ({ before, input }: Taking) =>
  clusterState(before, input.cluster) === 'ACTIVE' ||
  (clusterState(before, input.cluster) === 'UNINITIALIZED' && !hasHsm(before, input.cluster))

/** The zone that CreateHsm names has a subnet of the cluster. */
export const isMapped = (taking: Taking): boolean =>
  homeOf(taking)?.zones.includes(taking.input.zone ?? FIRST_ZONE) === true
/** The cluster has as many HSMs as it may have. */
export const isFull = (taking: Taking): boolean =>
  factsOf(taking.before, taking.input.cluster).hsms.length >= (homeOf(taking)?.hsmLimit ?? 0)

export const zones: readonly Property[] = [
  refusal({
    id: '§cluster.subnets.none',
    says: 'CreateCluster without a subnet is refused.',
    rules: ['CreateCluster'],
    reads: [],
    code: 'InvalidRequest',
    when: creation => isOffered(creation) && subnetsOf(creation).length === 0,
  }),
  refusal({
    id: '§cluster.subnets.zone',
    says: 'CreateCluster with two subnets of one zone is refused.',
    rules: ['CreateCluster'],
    reads: [],
    code: 'InvalidRequest',
    when: creation => isOffered(creation) && isTwice(creation),
  }),
  step({
    id: '§cluster.subnets',
    says: 'A cluster shows the zones of the subnets that it was created with, and no others from then on.',
    rules: EVERY,
    skips: 'disabled',
    reads: ['cluster', 'facts', 'seen'],
    when: ({ before, after }) => before.cluster.some((cluster, slot) => after.cluster[slot] !== cluster),
    each: 'cluster',
    holds: (step, slot) => {
      const [was, shown] = [step.before.seen.cluster(slot)?.zones, step.after.seen.cluster(slot)?.zones]
      if (shown === undefined || step.input.rule !== 'CreateCluster') return shown === undefined || isSame(was, shown)
      return isSame(isKnown(step.before, slot) ? was : (step.input.subnets ?? [FIRST_ZONE]), shown)
    },
  }),
  refusal({
    id: '§hsm.create.zone',
    says: 'CreateHsm is refused for a zone in which the cluster has no subnet.',
    rules: ['CreateHsm'],
    reads: ['cluster', 'facts'],
    code: 'InvalidRequest',
    when: taking => isTaking(taking) && !isMapped(taking),
  }),
  refusal({
    id: '§hsm.create.limit',
    says: 'CreateHsm is refused in an ACTIVE cluster that has as many HSMs as it may have.',
    rules: ['CreateHsm'],
    reads: ['cluster', 'facts'],
    code: 'InvalidRequest',
    when: taking => clusterState(taking.before, taking.input.cluster) === 'ACTIVE' && isFull(taking),
  }),
  always({
    id: '§hsm.create.limit',
    says: 'No cluster has more HSMs than it may have.',
    reads: ['cluster', 'facts'],
    each: 'cluster',
    holds: (state, slot) => factsOf(state, slot).hsms.length <= (state.cluster[slot]?.context.hsmLimit ?? 0),
  }),
  sometimes({
    id: '§hsm.create.limit',
    says: 'A cluster has as many HSMs as it may have.',
    reads: ['cluster', 'facts'],
    reached: state =>
      state.cluster.some(({ context }, slot) => {
        const { length } = factsOf(state, slot).hsms
        return length > 0 && length === context.hsmLimit
      }),
  }),
  step({
    id: '§hsm.zone',
    says: 'A new HSM stands in the zone that was named, or in that of the HSM that it replaces.',
    rules: ['CreateHsm', 'HsmReplaced'],
    reads: ['hsm', 'outcome', 'created'],
    when: ({ outcome }) => outcome.kind === 'accepted',
    holds: ({ before, after, input, created: [made] }) =>
      input.rule === 'CreateHsm'
        ? after.hsm[made?.slot ?? -1]?.context.zone === (input.zone ?? FIRST_ZONE)
        : after.hsm[input.hsm]?.context.zone === before.hsm[input.hsm]?.context.zone,
  }),
  step({
    id: '§client.warning',
    says: 'The client warns exactly of an ACTIVE cluster that has not two ACTIVE HSMs in two zones.',
    rules: ['DescribeClusters'],
    reads: ['cluster', 'hsm', 'facts', 'seen', 'emitted'],
    when: ({ input }) => input.cluster !== null,
    holds: ({ before, input, emitted }) => {
      const isDue = isExposed(before, input.cluster ?? 0)
      const isShown = before.seen.cluster(input.cluster ?? 0)?.warning === true
      return isShown === isDue && emitted.some(({ event }) => event.type === 'warning') === isDue
    },
  }),
]

const isSame = (one: readonly Zone[] | undefined, other: readonly Zone[]): boolean =>
  one?.toSorted().join() === other.toSorted().join()

/** One zone more to fail, at most, and the cluster serves nobody. */
const isExposed = (state: Pick<StateReads, 'cluster' | 'hsm' | 'facts'>, slot: number): boolean => {
  const inZones = factsOf(state, slot).active.map(at => state.hsm[at]?.context.zone)
  return clusterState(state, slot) === 'ACTIVE' && new Set(inZones).size < 2
}
