/** Facts that clauses speak of, read off a state as SPEC.md defines them: independent of the model's own view. */
import { PARTS, type Contents, type Part, type State } from '../model/index.ts'
import type { StateReads, StepReads } from './reads.ts'

export type Clusters = Pick<StateReads, 'cluster'>
export type Hsms = Pick<StateReads, 'hsm'>
export type Backups = Pick<StateReads, 'backup'>
export type Cluster = State['cluster'][number]
export type Hsm = State['hsm'][number]
export type Backup = State['backup'][number]

const NO_CONTENTS: readonly Contents[] = []
const NAMES = Object.keys(PARTS) as readonly Part[]

export const sameContents = (a: Contents | undefined, b: Contents | undefined): boolean =>
  a !== undefined && b !== undefined && NAMES.every(part => a[part] === b[part])

/** Known to the service: neither vacant nor DELETED. */
export const isKnown = ({ cluster }: Clusters, slot: number): boolean =>
  cluster[slot]?.value !== 'vacant' && cluster[slot]?.value !== 'DELETED'

/** The cluster's state; `vacant` for a slot that does not exist. */
export const clusterState = ({ cluster }: Clusters, slot: number | null): Cluster['value'] =>
  slot === null ? 'vacant' : (cluster[slot]?.value ?? 'vacant')

/** The cluster is between two states, and answers InvalidRequest to most of what is asked of it. */
export const isChanging = (state: Clusters, slot: number): boolean =>
  /^(CREATE|INITIALIZE|DELETE)_IN_PROGRESS$/.test(clusterState(state, slot))

/** The cluster has an HSM in any state, or in the state named. */
export const hasHsm = ({ hsm }: Hsms, slot: number | null, state?: Hsm['value']): boolean =>
  hsm.some(({ value, context }) => context.cluster === slot && slot !== null && (state ?? value) === value)

/** Contents of the cluster's ACTIVE HSMs. */
export const activeContents = ({ hsm }: Hsms, slot: number | null): readonly Contents[] =>
  slot === null
    ? NO_CONTENTS
    : hsm.flatMap(({ value, context }) =>
        value === 'ACTIVE' && context.cluster === slot ? [context.contents] : NO_CONTENTS,
      )

/** A backup of the cluster is in CREATE_IN_PROGRESS. */
const isSealing = ({ backup }: Backups, slot: number | null): boolean =>
  backup.some(({ value, context }) => value === 'CREATE_IN_PROGRESS' && context.cluster === slot && slot !== null)

/** Slot of the cluster's own newest backup, in whatever state: the later slots are the newer. -1 without one. */
export const newestOwn = ({ backup }: Backups, slot: number | null): number =>
  backup.findLastIndex(({ value, context }) => value !== 'vacant' && context.cluster === slot && slot !== null)

/** Slot of the newest usable backup of a cluster, as §5 of SPEC.md defines usable. -1 without one. */
export const newestUsable = (state: Backups, slot: number | null): number => {
  const isOwn = newestOwn(state, slot) !== -1
  return state.backup.findLastIndex(({ value, context }) => {
    const counts = isOwn ? context.cluster === slot : slot !== null && context.sourceOf.includes(slot)
    return value === 'READY' && !context.rejected && counts
  })
}

/** There is, or will be, something that an HSM of the cluster can be restored from. */
export const hasSource = (state: Hsms & Backups, slot: number | null): boolean =>
  hasHsm(state, slot, 'ACTIVE') || newestUsable(state, slot) !== -1 || isSealing(state, slot)

/** A joining HSM waits no longer: no backup of its cluster is being made, none of its HSMs is being deleted. */
export const isQuiet = (state: Hsms & Backups, slot: number | null): boolean =>
  !isSealing(state, slot) && !hasHsm(state, slot, 'DELETE_IN_PROGRESS')

/** Where a backup is after the step; undefined where it is no more. */
export const afterwards = ({ after, moved }: Pick<StepReads, 'after' | 'moved'>, slot: number): Backup | undefined => {
  const moves = moved.find(({ kind }) => kind === 'backup')
  const to = moves === undefined ? slot : moves.to[slot]
  return to === null || to === undefined ? undefined : after.backup[to]
}

/** The backup that the step made. */
export const madeBackup = ({ after, created }: Pick<StepReads, 'after' | 'created'>): Backup | undefined => {
  const made = created.find(({ kind }) => kind === 'backup')
  return made === undefined ? undefined : after.backup[made.slot]
}

/** The code with which a step failed or was refused; empty where it did not. */
export const codeOf = ({ outcome }: Pick<StepReads, 'outcome'>): string => ('code' in outcome ? outcome.code : '')

/** It was attempted: accepted or failed. */
export const isTaken = ({ outcome }: Pick<StepReads, 'outcome'>): boolean =>
  outcome.kind === 'accepted' || outcome.kind === 'failed'
