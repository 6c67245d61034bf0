/** Facts that clauses speak of, read off a state as SPEC.md defines them: independent of the model's own view. */
import { PARTS, type Contents, type Part, type State } from '../model/index.ts'
import { NO_FACTS, type Facts } from './folded.ts'
import type { StateReads, StepReads } from './reads.ts'

export type Clusters = Pick<StateReads, 'cluster'>
export type Folded = Pick<StateReads, 'facts'>
export type Cluster = State['cluster'][number]
export type Hsm = State['hsm'][number]
export type Backup = State['backup'][number]

const NAMES = Object.keys(PARTS) as readonly Part[]

export const sameContents = (a: Contents | undefined, b: Contents | undefined): boolean =>
  a !== undefined && b !== undefined && NAMES.every(part => a[part] === b[part])

/** What is known of a cluster. */
export const factsOf = ({ facts }: Folded, slot: number | null): Facts =>
  (slot === null ? undefined : facts[slot]) ?? NO_FACTS

/** The policy of a cluster where none is asked for, in days. */
export const DEFAULT_POLICY = 90

/** A policy that clusters may have. */
export const isPolicyOffered = (days: number = DEFAULT_POLICY): boolean =>
  Number.isInteger(days) && days >= 7 && days <= 379

/** Known to the service: neither vacant nor DELETED. */
export const isKnown = (state: Folded, slot: number): boolean => factsOf(state, slot).isKnown

/** The cluster's state; `vacant` for a slot that does not exist. */
export const clusterState = ({ cluster }: Clusters, slot: number | null): Cluster['value'] =>
  slot === null ? 'vacant' : (cluster[slot]?.value ?? 'vacant')

/** The cluster is between two states, and answers InvalidRequest to most of what is asked of it. */
export const isChanging = (state: Clusters, slot: number): boolean =>
  /^(CREATE|INITIALIZE|MODIFY|ROLLBACK|DELETE)_IN_PROGRESS$/.test(clusterState(state, slot))

/** The cluster has an HSM in any state. */
export const hasHsm = (state: Folded, slot: number | null): boolean => factsOf(state, slot).hasHsm

/** The cluster has an ACTIVE HSM. */
export const hasActive = (state: Folded, slot: number | null): boolean => factsOf(state, slot).hasActive

/** Contents of the cluster's ACTIVE HSMs. */
export const activeContents = (state: Folded & Pick<StateReads, 'hsm'>, slot: number | null): readonly Contents[] =>
  factsOf(state, slot).active.flatMap(at => state.hsm[at]?.context.contents ?? [])

/** Slot of the cluster's own newest backup, in whatever state: the later slots are the newer. -1 without one. */
export const newestOwn = (state: Folded, slot: number | null): number => factsOf(state, slot).newestOwn

/** Slot of the newest usable backup of a cluster, as §5 of SPEC.md defines usable. -1 without one. */
export const newestUsable = (state: Folded, slot: number | null): number => factsOf(state, slot).newestUsable

/** Slot of the cluster's own newest READY backup, its last. -1 without one. */
export const newestReady = (state: Folded, slot: number | null): number => factsOf(state, slot).newestReady

/** There is, or will be, something that an HSM of the cluster can be restored from. */
export const hasSource = (state: Folded, slot: number | null): boolean =>
  hasActive(state, slot) || newestUsable(state, slot) !== -1 || factsOf(state, slot).isSealing

/** A joining HSM waits no longer: no backup of its cluster is being made, none of its HSMs is being deleted. */
export const isQuiet = (state: Folded, slot: number | null): boolean =>
  !factsOf(state, slot).isSealing && !factsOf(state, slot).hasDeleting

/** What the archive holds in its place is a whole backup, its own or an older one of its cluster. */
export const isWhole = (backup: Backup | undefined): boolean =>
  backup !== undefined && /^(intact|replayed)$/.test(backup.context.condition)

/** The code with which a step failed or was refused; empty where it did not. */
export const codeOf = ({ outcome }: Pick<StepReads, 'outcome'>): string => ('code' in outcome ? outcome.code : '')

/** It was attempted: accepted or failed. */
export const isTaken = ({ outcome }: Pick<StepReads, 'outcome'>): boolean =>
  outcome.kind === 'accepted' || outcome.kind === 'failed'
