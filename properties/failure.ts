/** Failures beyond that of an ACTIVE HSM: of the first HSM, of one that is being created or deleted, of a copy of a peer. */
import { EMPTY } from '../model/index.ts'
import { clusterState, codeOf, sameContents, type Clusters, type Hsm } from './facts.ts'
import { leadsTo, step, type Property } from './property.ts'
import type { StateReads, StepReads } from './reads.ts'

type Failure = StepReads<'FailHsm'>

const was = ({ before, input }: Failure): Hsm | undefined => before.hsm[input.hsm]
const became = ({ after, input }: Failure): Hsm | undefined => after.hsm[input.hsm]
const isNothing = (hsm: Hsm | undefined): boolean => sameContents(hsm?.context.contents, EMPTY)

/** An HSM of an UNINITIALIZED cluster. */
const isFirst = (state: Clusters, hsm: Hsm | undefined): boolean =>
  clusterState(state, hsm?.context.cluster ?? null) === 'UNINITIALIZED'

export const failure: readonly Property[] = [
  step({
    id: '§cluster.csr.lost',
    says: 'A CSR is lost with the HSM that made it: a certificate of it is refused from then on, whatever CSR there is by then.',
    rules: ['FailHsm', 'InitializeCluster'],
    reads: ['cluster', 'hsm', 'outcome', 'unchanged'],
    when: losing => {
      const { before, input } = losing
      if (input.rule === 'InitializeCluster') return input.certificate === 'outdated' && isLost(before, input.cluster)
      const { value, context } = before.hsm[input.hsm] ?? {}
      return value === 'ACTIVE' && clusterState(before, context?.cluster ?? null) === 'UNINITIALIZED'
    },
    holds: ({ before, after, input, outcome, unchanged }) =>
      input.rule === 'FailHsm'
        ? isLost(after, before.hsm[input.hsm]?.context.cluster ?? null)
        : outcome.kind === 'refused' && outcome.code === 'InvalidRequest' && unchanged,
  }),
  step({
    id: '§hsm.replace.first',
    says: 'A DEGRADED HSM of an UNINITIALIZED cluster is replaced by one with initial contents.',
    rules: ['HsmReplaced'],
    reads: ['cluster', 'hsm', 'outcome'],
    when: ({ before, input }) => before.hsm[input.hsm]?.value === 'DEGRADED' && isFirst(before, before.hsm[input.hsm]),
    holds: ({ before, after, input, outcome }) => {
      const [old, fresh] = [before.hsm[input.hsm], after.hsm[input.hsm]]
      const isHome = fresh?.context.cluster === old?.context.cluster
      return outcome.kind === 'accepted' && fresh?.value === 'CREATE_IN_PROGRESS' && isHome && isNothing(fresh)
    },
  }),
  leadsTo({
    id: '§hsm.replace.first',
    says: 'A DEGRADED HSM of an UNINITIALIZED cluster is replaced in the end, unless it is deleted before.',
    reads: ['cluster', 'hsm'],
    each: 'hsm',
    from: ({ cluster, hsm }, slot) => hsm[slot]?.value === 'DEGRADED' && isFirst({ cluster }, hsm[slot]),
    to: ({ hsm }, slot) => /^(CREATE|DELETE)_IN_PROGRESS$/.test(hsm[slot]?.value ?? ''),
  }),
  step({
    id: '§hsm.join.again',
    says: 'When the copy of a peer fails, no HSM that joins its cluster counts one any more; when a final backup does, all stay as they are.',
    rules: ['FailSeal'],
    reads: ['hsm', 'backup', 'outcome'],
    when: failed => codeOf(failed) === 'SEAL_FAILED',
    each: 'hsm',
    holds: ({ before, after, input }, slot) => {
      const { cluster, final } = before.backup[input.backup]?.context ?? {}
      const [old, now] = [before.hsm[slot], after.hsm[slot]]
      if (old?.value !== 'CREATE_IN_PROGRESS') return true
      if (final !== null || old.context.cluster !== cluster) return now === old
      return now?.value === 'CREATE_IN_PROGRESS' && !now.context.copied
    },
  }),
  step({
    id: '§hsm.fail.creating',
    says: 'An HSM that fails while it is being created becomes DEGRADED, and what it waited for counts no more.',
    rules: ['FailHsm'],
    reads: ['hsm', 'outcome'],
    when: failed => was(failed)?.value === 'CREATE_IN_PROGRESS',
    holds: failed => {
      const isDegraded = became(failed)?.value === 'DEGRADED' && !became(failed)?.context.copied
      return failed.outcome.kind === 'accepted' && isDegraded && isNothing(became(failed))
    },
  }),
  step({
    id: '§hsm.fail.deleting',
    says: 'An HSM that fails while it is being deleted goes on being deleted without its contents, and no backup is made of it any more.',
    rules: ['FailHsm'],
    reads: ['hsm', 'backup', 'outcome'],
    when: failed => was(failed)?.value === 'DELETE_IN_PROGRESS',
    holds: failed => {
      const isAwaited = failed.after.backup.some(({ context }) => context.final === failed.input.hsm)
      const isGoing = became(failed)?.value === 'DELETE_IN_PROGRESS' && became(failed)?.context.saved === true
      return failed.outcome.kind === 'accepted' && isGoing && isNothing(became(failed)) && !isAwaited
    },
  }),
]

/** The cluster waits for a certificate, and has lost a CSR meanwhile. */
const isLost = ({ cluster }: Pick<StateReads, 'cluster'>, slot: number | null): boolean =>
  slot !== null && cluster[slot]?.value === 'UNINITIALIZED' && cluster[slot].context.lostCsr
