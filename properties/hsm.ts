/** HSMs: created, provisioned, failed, replaced. */
import { EMPTY, RULES } from '../model/index.ts'
import { clusterState, factsOf, hasHsm, hasSource, isChanging, sameContents, type Hsm } from './facts.ts'
import { always, leadsTo, refusal, sometimes, step, type Property } from './property.ts'
import type { StateReads, StepReads } from './reads.ts'
import { isFull, isMapped } from './zones.ts'

const CREATE = ['CreateHsm'] as const

const stateOf = ({ before, input }: StepReads<'CreateHsm'>) => clusterState(before, input.cluster)
const isEarly = (creation: StepReads<'CreateHsm'>) => /^(UNINITIALIZED|INITIALIZED)$/.test(stateOf(creation))

/** The HSM that a step names, as it was and as it became, and the state of its cluster before. */
const named = ({ before, after, input }: StepReads<'HsmReplaced' | 'HsmProvisioned'>) => {
  const was = before.hsm[input.hsm]
  return { was, became: after.hsm[input.hsm], home: clusterState(before, was?.context.cluster ?? null) }
}

export const hsm: readonly Property[] = [
  refusal({
    id: '§hsm.create.state',
    says: 'CreateHsm is refused while the cluster is between two states.',
    rules: CREATE,
    reads: ['cluster'],
    code: 'InvalidRequest',
    when: ({ before, input }) => isChanging(before, input.cluster),
  }),
  refusal({
    id: '§hsm.create.first',
    says: 'CreateHsm is refused while an UNINITIALIZED or INITIALIZED cluster has an HSM.',
    rules: CREATE,
    reads: ['cluster', 'facts'],
    code: 'InvalidRequest',
    when: creation => isEarly(creation) && hasHsm(creation.before, creation.input.cluster),
  }),
  always({
    id: '§hsm.create.first',
    says: 'A cluster that was never ACTIVE has one HSM at most.',
    reads: ['cluster', 'facts'],
    each: 'cluster',
    holds: (state, slot) => {
      const { hsms, isLimited } = factsOf(state, slot)
      return clusterState(state, slot) === 'ACTIVE' || isLimited || hsms.length <= 1
    },
  }),
  sometimes({
    id: '§hsm.create.first',
    says: 'An UNINITIALIZED cluster has an HSM.',
    reads: ['cluster', 'facts'],
    reached: state => state.cluster.some(({ value }, slot) => value === 'UNINITIALIZED' && hasHsm(state, slot)),
  }),
  refusal({
    id: '§hsm.create.initialized',
    says: 'CreateHsm is refused in an INITIALIZED cluster without HSMs.',
    rules: CREATE,
    reads: ['cluster', 'facts'],
    code: 'InvalidRequest',
    when: creation => stateOf(creation) === 'INITIALIZED' && !hasHsm(creation.before, creation.input.cluster),
  }),
  refusal({
    id: '§hsm.create.source',
    says: 'CreateHsm is refused in an ACTIVE cluster that has nothing to restore an HSM from.',
    rules: CREATE,
    reads: ['cluster', 'facts'],
    code: 'InvalidRequest',
    when: creation => stateOf(creation) === 'ACTIVE' && !hasSource(creation.before, creation.input.cluster),
  }),
  step({
    id: '§hsm.create',
    says: 'Any other CreateHsm answers one new HSM of the cluster, in CREATE_IN_PROGRESS.',
    rules: CREATE,
    reads: ['cluster', 'hsm', 'facts', 'outcome', 'created'],
    when: creation => {
      if (!isMapped(creation) || isFull(creation)) return false
      if (stateOf(creation) === 'UNINITIALIZED') return !hasHsm(creation.before, creation.input.cluster)
      return stateOf(creation) === 'ACTIVE' && hasSource(creation.before, creation.input.cluster)
    },
    holds: ({ before, after, outcome, created: [made, ...more], input }) => {
      if (outcome.kind !== 'accepted' || made?.kind !== 'hsm' || more.length > 0) return false
      const { value, context } = after.hsm[made.slot] ?? {}
      const isNew = before.hsm[made.slot]?.value === 'vacant' && value === 'CREATE_IN_PROGRESS'
      return isNew && context?.cluster === input.cluster
    },
  }),
  step({
    id: '§hsm.provision',
    says: 'The HSM of an UNINITIALIZED cluster settles in ACTIVE with initial contents; one that joins an ACTIVE cluster does not.',
    rules: ['HsmProvisioned'],
    reads: ['cluster', 'hsm', 'outcome'],
    when: provision => named(provision).was?.value === 'CREATE_IN_PROGRESS',
    holds: provision => {
      const { became, home } = named(provision)
      if (home !== 'UNINITIALIZED') return provision.outcome.kind === 'disabled'
      return became?.value === 'ACTIVE' && sameContents(became.context.contents, EMPTY)
    },
  }),
  leadsTo({
    id: '§hsm.provision',
    says: 'An HSM being created for an UNINITIALIZED cluster becomes ACTIVE in the end, or is deleted before.',
    reads: ['cluster', 'hsm'],
    each: 'hsm',
    from: ({ cluster, hsm }, slot) => {
      const { value, context } = hsm[slot] ?? {}
      return value === 'CREATE_IN_PROGRESS' && clusterState({ cluster }, context?.cluster ?? null) === 'UNINITIALIZED'
    },
    to: ({ hsm }, slot) => /^(ACTIVE|DELETE_IN_PROGRESS)$/.test(hsm[slot]?.value ?? ''),
  }),
  step({
    id: '§hsm.fail',
    says: 'An ACTIVE HSM that fails becomes DEGRADED, its contents are lost, and only ACTIVE HSMs answer a client.',
    rules: ['FailHsm', ...RULES.data],
    reads: ['hsm', 'outcome', 'emitted'],
    when: ({ before, input, outcome }) =>
      input.rule === 'FailHsm' ? before.hsm[input.hsm]?.value === 'ACTIVE' : outcome.kind === 'accepted',
    holds: ({ before, after, input, outcome, emitted }) =>
      input.rule === 'FailHsm'
        ? outcome.kind === 'accepted' && isLost(after.hsm[input.hsm])
        : emitted.length > 0 && emitted.every(({ slot }) => before.hsm[slot]?.value === 'ACTIVE'),
  }),
  step({
    id: '§hsm.replace',
    says: 'A DEGRADED HSM is replaced by one that joins exactly where its cluster is ACTIVE and has something to restore from.',
    rules: ['HsmReplaced'],
    reads: ['cluster', 'hsm', 'facts', 'outcome'],
    when: replacement => named(replacement).was?.value === 'DEGRADED' && named(replacement).home !== 'UNINITIALIZED',
    holds: replacement => {
      const { was, became, home } = named(replacement)
      const isDue = home === 'ACTIVE' && hasSource(replacement.before, was?.context.cluster ?? null)
      if (!isDue) return replacement.outcome.kind === 'disabled'
      const isSameHome = became?.context.cluster === was?.context.cluster
      const isNew = sameContents(became?.context.contents, EMPTY) && became?.context.copied === false
      return became?.value === 'CREATE_IN_PROGRESS' && isSameHome && isNew
    },
  }),
  leadsTo({
    id: '§hsm.replace',
    says: 'A DEGRADED HSM of an ACTIVE cluster is replaced in the end, unless it is deleted or there is nothing more to restore from.',
    reads: ['cluster', 'hsm', 'facts'],
    each: 'hsm',
    from: (state, slot) => isReplaceable(state, slot),
    to: (state, slot) => !isReplaceable(state, slot),
  }),
]

/** The HSM is DEGRADED, and has nothing any more. */
const isLost = (hsm: Hsm | undefined): boolean => hsm?.value === 'DEGRADED' && sameContents(hsm.context.contents, EMPTY)

/** The HSM is DEGRADED, and its cluster ACTIVE with something to restore from. */
const isReplaceable = (state: Pick<StateReads, 'cluster' | 'hsm' | 'facts'>, slot: number): boolean => {
  const { value, context } = state.hsm[slot] ?? {}
  const home = context?.cluster ?? null
  return value === 'DEGRADED' && clusterState(state, home) === 'ACTIVE' && hasSource(state, home)
}
