/** What can be seen of a state: the account through its API, the contents of ACTIVE HSMs, and the bench. */
import { label } from './machines/backup.ts'
import type { Contents } from './machines/contents.ts'
import type { Token } from './machines/quorum.ts'
import type { Label } from './machines/restore.ts'
import { DEFAULT_RETENTION } from './machines/retention.ts'
import { lockedIn } from './machines/users.ts'
import {
  otherThan,
  type AccountId,
  type As,
  type HsmType,
  type Mode,
  type Region,
  type Zone,
} from './machines/words.ts'
import type { State } from './things.ts'

export interface SeenCluster {
  readonly slot: number
  readonly state: string
  readonly mode: Mode | null
  readonly hsmType: HsmType | null
  readonly region: Region | null
  readonly account: AccountId | null
  readonly csr: boolean
  readonly certificate: boolean
  /** Its BackupRetentionPolicy in days. */
  readonly retention: number
  /** The zones that its subnets are in. */
  readonly zones: readonly Zone[]
  /** The customer's client warns of it. */
  readonly warning: boolean
  /** HsmTypeRollbackExpiration is shown, and has not come yet. */
  readonly rollback: boolean
  readonly hsms: readonly {
    readonly slot: number
    readonly state: string
    readonly zone: Zone | null
    readonly hsmType: HsmType | null
  }[]
}

export interface SeenBackup extends Label {
  readonly slot: number
  readonly state: string
  /** Slot of its cluster; null once that cluster is DELETED, and for a copy. */
  readonly cluster: number | null
  readonly region: Region | null
  readonly account: AccountId | null
  /** The account that its policy names; null without one. */
  readonly consumer: AccountId | null
  /** Where its source is; null for a backup that is no copy. */
  readonly sourceRegion: Region | null
  readonly deleteTimestamp: boolean
  readonly neverExpires: boolean
}

export interface Seen {
  readonly clusters: readonly SeenCluster[]
  /** Those of one cluster in the order of their snapshots. */
  readonly backups: readonly SeenBackup[]
  /** Contents of each ACTIVE HSM, by slot. */
  readonly contents: ReadonlyMap<number, Contents>
  /** The users whom each ACTIVE HSM has locked out, by slot. */
  readonly locked: ReadonlyMap<number, readonly As[]>
  /** The tokens of each ACTIVE HSM, by slot. */
  readonly tokens: ReadonlyMap<number, readonly Token[]>
  readonly bench: { readonly state: string; readonly mode: Mode | ''; readonly contents: Contents | null }
}

const seenHsm = (hsm: State['hsm'][number], slot: number) => ({
  slot,
  get state() {
    return hsm.value
  },
  get zone() {
    return hsm.context.zone
  },
  get hsmType() {
    return hsm.context.hsmType
  },
})

/** What is seen of the cluster in a slot; null of one that is not listed. Little is read of the state for each field. */
export const seenCluster = ({ cluster, hsm }: Pick<State, 'cluster' | 'hsm'>, slot: number): SeenCluster | null => {
  const one = cluster[slot]
  if (one === undefined || one.value === 'vacant' || one.value === 'DELETED') return null
  const { value, context } = one
  const isOwn = (at: number) => hsm[at]?.context.cluster === slot
  return {
    slot,
    state: value,
    get mode() {
      return context.mode
    },
    get hsmType() {
      return context.hsmType
    },
    get region() {
      return context.region
    },
    get account() {
      return context.account
    },
    /** Seen while it is UNINITIALIZED and has an ACTIVE HSM. */
    get csr() {
      return value === 'UNINITIALIZED' && hsm.some((found, at) => isOwn(at) && found.value === 'ACTIVE')
    },
    /** Seen once it is INITIALIZED. */
    get certificate() {
      return value !== 'INITIALIZE_IN_PROGRESS' && context.certificate !== 0
    },
    get retention() {
      return context.retention ?? DEFAULT_RETENTION
    },
    get zones() {
      return context.zones
    },
    /** Seen while it is ACTIVE and has not two ACTIVE HSMs in two zones. */
    get warning() {
      const active = hsm.filter((found, at) => isOwn(at) && found.value === 'ACTIVE')
      return value === 'ACTIVE' && new Set(active.map(found => found.context.zone)).size < 2
    },
    /** Seen while the cluster can be rolled back. */
    get rollback() {
      return /^(ACTIVE|MODIFY_IN_PROGRESS)$/.test(value) && context.rollbackOpen
    },
    get hsms() {
      return hsm.flatMap((found, at) => (isOwn(at) ? [seenHsm(found, at)] : []))
    },
  }
}

/** What is seen of the backup in a slot; null of one that is not listed. */
export const seenBackup = ({ backup }: Pick<State, 'backup'>, slot: number): SeenBackup | null => {
  const one = backup[slot]
  if (one === undefined || one.value === 'vacant') return null
  const { value, context } = one
  return {
    slot,
    state: value,
    deleteTimestamp: value === 'PENDING_DELETION',
    get cluster() {
      return context.cluster
    },
    get region() {
      return context.region
    },
    get account() {
      return context.account
    },
    get consumer() {
      return context.shared && context.account !== null ? otherThan(context.account) : null
    },
    get sourceRegion() {
      return context.sourceRegion
    },
    get neverExpires() {
      return context.neverExpires
    },
    get mode() {
      return label(context).mode
    },
    get hsmType() {
      return label(context).hsmType
    },
  }
}

/** What is seen of a state. */
export const observe = (state: State): Seen => ({
  clusters: state.cluster.flatMap((_, slot) => seenCluster(state, slot) ?? []),
  backups: state.backup.flatMap((_, slot) => seenBackup(state, slot) ?? []),
  contents: byActiveHsm(state, ({ contents }) => contents),
  locked: byActiveHsm(state, lockedIn),
  tokens: byActiveHsm(state, ({ tokens }) => tokens),
  bench: benchOf(state),
})

const byActiveHsm = <Seen>({ hsm }: State, look: (context: State['hsm'][number]['context']) => Seen) =>
  new Map(hsm.flatMap(({ value, context }, slot) => (value === 'ACTIVE' ? [[slot, look(context)] as const] : [])))

const benchOf = ({ hardware: [unit] }: State): Seen['bench'] => {
  if (unit === undefined) return { state: 'vacant', mode: '', contents: null }
  const isOn = unit.value === 'OPERATIONAL'
  const mode = isOn ? (unit.context.mode ?? '') : ''
  return { state: unit.value, mode, contents: isOn ? unit.context.contents : null }
}
