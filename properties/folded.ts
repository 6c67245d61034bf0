/** Facts about each cluster slot, folded from all local states, so that a property can look at one of them and at nothing else. */
import type { Account, Fold, Placed } from '../model/index.ts'

/** The parts of its contents that an operation asks an HSM for. */
export const ASKED = ['users', 'officer', 'second', 'third', 'keys', 'certificates', 'quorum', 'configuration'] as const

/** Of each ACTIVE HSM of the cluster, in the order of their slots, what each of these parts is. */
type Held = { readonly [Part in (typeof ASKED)[number]]: readonly number[] }

export interface Facts extends Held {
  /** The cluster is neither vacant nor DELETED. */
  readonly isKnown: boolean
  /** The cluster has an HSM: in any state, in ACTIVE, in DELETE_IN_PROGRESS. */
  readonly hasHsm: boolean
  readonly hasActive: boolean
  readonly hasDeleting: boolean
  /** Slots of its HSMs, and of those that are ACTIVE. */
  readonly hsms: readonly number[]
  readonly active: readonly number[]
  /** What each of those has counted of its users. */
  readonly failures: readonly Account['hsm']['context']['failures'][]
  /** The tokens that each of those has. */
  readonly tokens: readonly Account['hsm']['context']['tokens'][]
  /** Of what type each of those is. */
  readonly types: readonly Account['hsm']['context']['hsmType'][]
  /** Its HSMs are being replaced by others of another type, and take no writes. */
  readonly isLimited: boolean
  /** A backup of it is in CREATE_IN_PROGRESS. */
  readonly isSealing: boolean
  /** Slot of its own newest backup, in whatever state; -1 without one. */
  readonly newestOwn: number
  /** Slot of its newest usable backup, as §5 of SPEC.md defines usable; -1 without one. */
  readonly newestUsable: number
  /** Slot of its own newest READY backup; -1 without one. */
  readonly newestReady: number
  /** Slot of its own newest usable backup of the older type; -1 without one. */
  readonly newestOlder: number
  /** A backup is READY, of whatever cluster. */
  readonly isArchiveReady: boolean
  /** Slots of the HSMs that a backup in CREATE_IN_PROGRESS keeps from going, of whatever cluster. */
  readonly awaited: readonly number[]
}

/** A usable backup counts as its own, or as one that the cluster was created from. */
interface Seen extends Omit<Facts, 'hasHsm' | 'hasActive' | 'newestUsable'> {
  readonly usableOwn: number
  readonly usableSource: number
}

type Of<Kind extends keyof Account> = Extract<Placed<Account>, { readonly kind: Kind }>

const NOTHING: Seen = {
  isKnown: false,
  hasDeleting: false,
  hsms: [],
  active: [],
  users: [],
  officer: [],
  second: [],
  third: [],
  keys: [],
  certificates: [],
  quorum: [],
  configuration: [],
  failures: [],
  tokens: [],
  types: [],
  isLimited: false,
  isSealing: false,
  newestOwn: -1,
  newestReady: -1,
  newestOlder: -1,
  usableOwn: -1,
  usableSource: -1,
  isArchiveReady: false,
  awaited: [],
}

const withHsm = (seen: Seen, { slot, local: { value, context } }: Of<'hsm'>): Seen => {
  const hsms = [...seen.hsms, slot]
  if (value === 'DELETE_IN_PROGRESS') return { ...seen, hsms, hasDeleting: true }
  if (value !== 'ACTIVE') return { ...seen, hsms }
  const held = Object.fromEntries(ASKED.map(part => [part, [...seen[part], context.contents[part]]]))
  const failures = [...seen.failures, context.failures]
  const tokens = [...seen.tokens, context.tokens]
  const types = [...seen.types, context.hsmType]
  return { ...seen, ...(held as unknown as Held), hsms, active: [...seen.active, slot], failures, tokens, types }
}

/** The later slots are the newer. */
const withBackup = (seen: Seen, { slot, local: { value, context } }: Of<'backup'>, cluster: number): Seen => {
  const isUsable = value === 'READY' && !context.rejected
  const isSource = isUsable && context.sourceOf.includes(cluster)
  const isArchiveReady = seen.isArchiveReady || value === 'READY'
  const isAwaited = value === 'CREATE_IN_PROGRESS' && context.final !== null
  const awaited = isAwaited ? [...seen.awaited, context.final] : seen.awaited
  const found = { ...seen, isArchiveReady, awaited, usableSource: isSource ? slot : seen.usableSource }
  if (value === 'vacant' || context.cluster !== cluster) return found
  const isSealing = seen.isSealing || value === 'CREATE_IN_PROGRESS'
  const newestReady = value === 'READY' ? slot : seen.newestReady
  const newestOlder = isUsable && context.hsmType === 'hsm1.medium' ? slot : seen.newestOlder
  const usableOwn = isUsable ? slot : seen.usableOwn
  return { ...found, isSealing, newestOwn: slot, newestReady, newestOlder, usableOwn }
}

const add = (seen: Seen, placed: Placed<Account>, cluster: number): Seen => {
  if (placed.kind === 'hsm') return placed.local.context.cluster === cluster ? withHsm(seen, placed) : seen
  if (placed.kind === 'backup') return withBackup(seen, placed, cluster)
  if (placed.kind !== 'cluster' || placed.slot !== cluster) return seen
  const { value } = placed.local
  const isLimited = value === 'MODIFY_IN_PROGRESS' || value === 'ROLLBACK_IN_PROGRESS'
  return { ...seen, isLimited, isKnown: value !== 'vacant' && value !== 'DELETED' }
}

const result = ({ usableOwn, usableSource, ...seen }: Seen): Facts => ({
  ...seen,
  hasHsm: seen.hsms.length > 0,
  hasActive: seen.active.length > 0,
  newestUsable: seen.newestOwn === -1 ? usableSource : usableOwn,
})

export const folded: Fold<Account, Seen, Facts> = {
  focuses: ({ cluster }) => cluster,
  initial: () => NOTHING,
  add,
  result,
}

/** What there is to know of a cluster slot that does not exist. */
export const NO_FACTS: Facts = result(NOTHING)
