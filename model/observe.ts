/** What can be seen of a state: the account through its API, the contents of ACTIVE HSMs, and the bench. */
import { label } from './machines/backup.ts'
import type { Contents } from './machines/contents.ts'
import type { Label } from './machines/restore.ts'
import type { HsmType, Mode } from './machines/words.ts'
import type { State } from './things.ts'
import { view } from './view.ts'

export interface SeenCluster {
  readonly slot: number
  readonly state: string
  readonly mode: Mode | null
  readonly hsmType: HsmType | null
  readonly csr: boolean
  readonly certificate: boolean
  readonly hsms: readonly { readonly slot: number; readonly state: string }[]
}

export interface SeenBackup extends Label {
  readonly slot: number
  readonly state: string
  /** Slot of its cluster; null once that cluster is DELETED. */
  readonly cluster: number | null
  readonly deleteTimestamp: boolean
}

export interface Seen {
  readonly clusters: readonly SeenCluster[]
  /** In the order of their snapshots. */
  readonly backups: readonly SeenBackup[]
  /** Contents of each ACTIVE HSM, by slot. */
  readonly contents: ReadonlyMap<number, Contents>
  readonly bench: { readonly state: string; readonly mode: Mode | ''; readonly contents: Contents | null }
}

/** What is seen of a state. A certificate is seen once its cluster is INITIALIZED. */
export const observe = (state: State): Seen => ({
  clusters: view(state).flatMap((facts, slot): readonly SeenCluster[] => {
    if (facts.state === 'vacant' || facts.state === 'DELETED') return []
    const certificate = state.cluster[slot]?.context.certificate !== 0 && facts.state !== 'INITIALIZE_IN_PROGRESS'
    const csr = facts.state === 'UNINITIALIZED' && facts.active !== null
    const hsms = facts.members.map(at => ({ slot: at, state: state.hsm[at]?.value ?? 'vacant' }))
    return [{ slot, state: facts.state, mode: facts.mode, hsmType: facts.hsmType, csr, certificate, hsms }]
  }),
  backups: state.backup.flatMap(({ value, context }, slot): readonly SeenBackup[] =>
    value === 'vacant'
      ? []
      : [
          {
            slot,
            state: value,
            cluster: context.cluster,
            ...label(context),
            deleteTimestamp: value === 'PENDING_DELETION',
          },
        ],
  ),
  contents: new Map(
    state.hsm.flatMap(({ value, context }, slot) => (value === 'ACTIVE' ? [[slot, context.contents] as const] : [])),
  ),
  bench: benchOf(state),
})

const benchOf = ({ hardware: [unit] }: State): Seen['bench'] => {
  if (unit === undefined) return { state: 'vacant', mode: '', contents: null }
  const isOn = unit.value === 'OPERATIONAL'
  const mode = isOn ? (unit.context.mode ?? '') : ''
  return { state: unit.value, mode, contents: isOn ? unit.context.contents : null }
}
