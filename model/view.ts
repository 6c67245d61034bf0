/** The view: for each cluster slot a few facts, folded from all local states, that rules put into payloads. */
import type { ClusterState } from './machines/cluster.ts'
import type { HsmType, Mode } from './machines/words.ts'
import type { State } from './things.ts'

export interface ClusterView {
  readonly state: ClusterState
  readonly mode: Mode | null
  readonly hsmType: HsmType | null
  /** Slots of its HSMs, in any state. */
  readonly members: readonly number[]
  /** Slot of its first ACTIVE HSM. */
  readonly active: number | null
  /** Its ACTIVE HSM has an officer. */
  readonly activated: boolean
  /** One of its HSMs is being deleted. */
  readonly deleting: boolean
  /** One of its backups is in CREATE_IN_PROGRESS. */
  readonly sealing: boolean
  /** Slot of its newest usable backup. */
  readonly newest: number | null
}

/** The facts about each cluster slot. */
export const view = (state: State): readonly ClusterView[] => state.cluster.map((_, slot) => clusterView(state, slot))

const clusterView = ({ cluster, hsm, backup }: State, slot: number): ClusterView => {
  const local = cluster[slot]
  if (local === undefined) throw new RangeError(`expected a slot of cluster, got ${slot}`)
  const members = [...hsm.keys()].filter(at => hsm[at]?.context.cluster === slot)
  const active = members.find(at => hsm[at]?.value === 'ACTIVE') ?? null
  return {
    state: local.value,
    mode: local.context.mode,
    hsmType: local.context.hsmType,
    members,
    active,
    activated: active !== null && hsm[active]?.context.contents.configuration !== 0,
    deleting: members.some(at => hsm[at]?.value === 'DELETE_IN_PROGRESS'),
    sealing: backup.some(({ value, context }) => value === 'CREATE_IN_PROGRESS' && context.cluster === slot),
    newest: newestUsable(backup, slot),
  }
}

/** A queue's later slots are the newer. The source of a cluster counts until the cluster has a backup of its own. */
const newestUsable = (backup: State['backup'], slot: number): number | null => {
  const hasOwn = backup.some(({ context }) => context.cluster === slot)
  const newest = backup.findLastIndex(
    ({ value, context }) =>
      value === 'READY' && !context.rejected && (hasOwn ? context.cluster === slot : context.sourceOf.includes(slot)),
  )
  return newest === -1 ? null : newest
}
