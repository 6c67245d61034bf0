/** The view: for each cluster slot a few facts, folded from all local states, that rules put into payloads. */
import type { ClusterState } from './machines/cluster.ts'
import type { Token } from './machines/quorum.ts'
import { lockedIn } from './machines/users.ts'
import type { AccountId, As, HsmType, Mode, Region, Zone } from './machines/words.ts'
import { look, type Fold, type Placed } from './network/view.ts'
import type { Account, State } from './things.ts'

export interface Locked {
  readonly user: As
  readonly slot: number
}

/** What an ACTIVE HSM has of the key. */
export interface Holding {
  readonly slot: number
  /** The key; 0 without it. */
  readonly key: number
  /** It has deleted the key, and its peers may not know. */
  readonly tombstone: boolean
}

export interface ClusterView {
  readonly state: ClusterState
  readonly mode: Mode | null
  readonly hsmType: HsmType | null
  readonly region: Region | null
  readonly account: AccountId | null
  /** Slots of its HSMs, in any state. */
  readonly members: readonly number[]
  /** Slot of its first ACTIVE HSM. */
  readonly active: number | null
  /** The zones that its ACTIVE HSMs are in, each once. */
  readonly zones: readonly Zone[]
  /** The users whom its ACTIVE HSMs have locked out, each with the slot of such an HSM. */
  readonly locked: readonly Locked[]
  /** The tokens of each of its ACTIVE HSMs. */
  readonly tokens: readonly (readonly Token[])[]
  /** What each of its ACTIVE HSMs has of the key. */
  readonly held: readonly Holding[]
  /** Its ACTIVE HSM has an officer. */
  readonly activated: boolean
  /** One of its HSMs is being deleted. */
  readonly deleting: boolean
  /** One of its backups is in CREATE_IN_PROGRESS. */
  readonly sealing: boolean
  /** Slot of its newest usable backup. */
  readonly newest: number | null
  /** It has a backup of its own, in any state. */
  readonly hasOwn: boolean
  /** Slot of the newest READY backup of its own. */
  readonly last: number | null
  /** Its BackupRetentionPolicy in days; null where nobody asked for one. */
  readonly retention: number | null
  /** Slot of its first ACTIVE HSM of the older type, and whether one is of the newer. */
  readonly older: number | null
  readonly hasNewer: boolean
  /** An ACTIVE HSM of it was backed up and is to be migrated. */
  readonly migrating: boolean
  /** Slot of the newest usable backup of its own that was taken of the older type. */
  readonly newestOlder: number | null
  /** The service is out: a crash has stopped a job of whichever cluster. */
  readonly outage: boolean
}

/** What is known of a cluster when some of the slots were seen. */
export interface ClusterSeen extends Omit<ClusterView, 'newest'> {
  /** Slot of the newest usable backup of its own. */
  readonly own: number | null
  /** Slot of the newest usable backup that the cluster was created from. */
  readonly source: number | null
}

const nothing: ClusterSeen = {
  state: 'vacant',
  mode: null,
  hsmType: null,
  region: null,
  account: null,
  members: [],
  active: null,
  zones: [],
  locked: [],
  tokens: [],
  held: [],
  activated: false,
  deleting: false,
  sealing: false,
  hasOwn: false,
  last: null,
  retention: null,
  older: null,
  hasNewer: false,
  migrating: false,
  newestOlder: null,
  outage: false,
  own: null,
  source: null,
}

type PlacedOf<Kind extends keyof Account> = Extract<Placed<Account>, { readonly kind: Kind }>

const withZone = (zones: readonly Zone[], zone: Zone | null): readonly Zone[] =>
  zone === null || zones.includes(zone) ? zones : [...zones, zone].toSorted()

const holdingOf = (slot: number, { contents, tombstone }: PlacedOf<'hsm'>['local']['context']): Holding => ({
  slot,
  key: contents.keys,
  tombstone,
})

const addHsm = (seen: ClusterSeen, { slot, local: { value, context } }: PlacedOf<'hsm'>): ClusterSeen => {
  const isFirst = value === 'ACTIVE' && seen.active === null
  const isOf = (type: HsmType) => value === 'ACTIVE' && context.hsmType === type
  return {
    ...seen,
    members: [...seen.members, slot],
    active: isFirst ? slot : seen.active,
    zones: value === 'ACTIVE' ? withZone(seen.zones, context.zone) : seen.zones,
    locked: value === 'ACTIVE' ? [...seen.locked, ...lockedIn(context).map(user => ({ user, slot }))] : seen.locked,
    tokens: value === 'ACTIVE' ? [...seen.tokens, context.tokens] : seen.tokens,
    held: value === 'ACTIVE' ? [...seen.held, holdingOf(slot, context)] : seen.held,
    activated: isFirst ? context.contents.configuration !== 0 : seen.activated,
    older: seen.older ?? (isOf('hsm1.medium') ? slot : null),
    hasNewer: seen.hasNewer || isOf('hsm2m.medium'),
    migrating: seen.migrating || (value === 'ACTIVE' && context.copied),
    deleting: seen.deleting || value === 'DELETE_IN_PROGRESS',
  }
}

/** Of the backups of one cluster the later slots are the newer. */
const addBackup = (seen: ClusterSeen, { slot, local }: PlacedOf<'backup'>, cluster: number): ClusterSeen => {
  const { value, context } = local
  const isUsable = value === 'READY' && !context.rejected
  const isOwn = context.cluster === cluster
  return {
    ...seen,
    sealing: seen.sealing || (isOwn && value === 'CREATE_IN_PROGRESS'),
    hasOwn: seen.hasOwn || isOwn,
    last: isOwn && value === 'READY' ? slot : seen.last,
    own: isOwn && isUsable ? slot : seen.own,
    newestOlder: isOwn && isUsable && context.hsmType === 'hsm1.medium' ? slot : seen.newestOlder,
    source: isUsable && context.sourceOf.includes(cluster) ? slot : seen.source,
  }
}

/** The facts about each cluster slot. The source of a cluster counts until the cluster has a backup of its own. */
export const clusterFacts: Fold<Account, ClusterSeen, ClusterView> = {
  focuses: ({ cluster }) => cluster,
  initial: () => nothing,
  add: (seen, placed, cluster) => {
    if (placed.kind === 'hsm') return placed.local.context.cluster === cluster ? addHsm(seen, placed) : seen
    if (placed.kind === 'backup') return addBackup(seen, placed, cluster)
    if (placed.kind === 'job') return placed.local.value === 'vacant' ? seen : { ...seen, outage: true }
    if (placed.kind !== 'cluster' || placed.slot !== cluster) return seen
    const { value, context } = placed.local
    const { mode, hsmType, region, account, retention } = context
    return { ...seen, state: value, mode, hsmType, region, account, retention }
  },
  result: ({ own, source, ...facts }) => ({ ...facts, newest: facts.hasOwn ? own : source }),
}

/** The facts about each cluster slot of a state. */
export const view = (state: State): readonly ClusterView[] => look(clusterFacts, state)
