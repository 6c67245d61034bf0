/** What should be seen of an account, in the words of the port but with names for ids. */
import { observe, type Contents, type State } from '../../model/index.ts'
import type { Names } from './names.ts'
import type { ObservedToken } from './port.ts'

/** One thing that should be seen, with its fields as text. */
export interface Expected {
  readonly kind: 'cluster' | 'hsm' | 'backup' | 'bench'
  readonly name: string
  readonly fields: Readonly<Record<string, string>>
}

export interface Expectation {
  readonly things: readonly Expected[]
  /** Contents of each ACTIVE HSM, by name. */
  readonly contents: ReadonlyMap<string, Contents>
  /** Names of the users whom each ACTIVE HSM has locked out, by name. */
  readonly locked: ReadonlyMap<string, readonly string[]>
  /** The tokens of each ACTIVE HSM, by name. */
  readonly tokens: ReadonlyMap<string, readonly ObservedToken[]>
  /** Contents of the bench's unit; null when it has none or does not run. */
  readonly bench: Contents | null
}

/** What a backup says that is no copy. */
const NO_COPY = { sourceBackup: 'none', sourceCluster: 'none', copyTimestamp: 'none' } as const

const remembered = new WeakMap<State, { readonly names: Names; readonly expectation: Expectation }>()

/** What should be seen of a state. */
export const expectationOf = (names: Names, state: State): Expectation => {
  const known = remembered.get(state)
  if (known !== undefined && known.names === names) return known.expectation
  const expectation = work(names, state)
  remembered.set(state, { names, expectation })
  return expectation
}

const work = (names: Names, state: State): Expectation => {
  const seen = observe(state)
  const nameOf = (kind: keyof Names, slot: number): string => names[kind][slot] ?? `${kind}-?`
  const clusters = seen.clusters.flatMap(
    ({
      slot,
      hsms,
      mode,
      hsmType,
      region,
      account,
      csr,
      certificate,
      retention,
      zones,
      warning,
      rollback,
      state: value,
    }) => {
      const cluster = nameOf('cluster', slot)
      return [
        {
          kind: 'cluster' as const,
          name: cluster,
          fields: {
            state: value,
            mode: String(mode),
            hsmType: String(hsmType),
            region: String(region),
            account: String(account),
            csr: csr ? 'present' : 'absent',
            certificate: certificate ? 'present' : 'absent',
            retention: String(retention),
            zones: zones.join(),
            warning: warning ? 'present' : 'absent',
            rollback: rollback ? 'present' : 'absent',
          },
        },
        ...hsms.map(hsm => ({
          kind: 'hsm' as const,
          name: nameOf('hsm', hsm.slot),
          fields: { state: hsm.state, cluster, zone: String(hsm.zone), hsmType: String(hsm.hsmType) },
        })),
      ]
    },
  )
  const backups = seen.backups.map(
    ({
      slot,
      cluster,
      region,
      account,
      consumer,
      sourceRegion,
      mode,
      hsmType,
      deleteTimestamp,
      neverExpires,
      state: value,
    }) => ({
      kind: 'backup' as const,
      name: nameOf('backup', slot),
      fields: {
        state: value,
        ...(cluster === null ? {} : { clusterId: nameOf('cluster', cluster) }),
        ...(sourceRegion === null ? NO_COPY : { clusterId: 'none' }),
        region: String(region),
        account: String(account),
        consumer: consumer ?? 'none',
        sourceRegion: sourceRegion ?? 'none',
        mode,
        hsmType,
        deleteTimestamp: deleteTimestamp ? 'present' : 'absent',
        neverExpires: String(neverExpires),
      },
    }),
  )
  const { state: power, mode, contents } = seen.bench
  return {
    things: [...clusters, ...backups, { kind: 'bench', name: 'bench', fields: { state: power, mode } }],
    contents: new Map([...seen.contents].map(([slot, held]) => [nameOf('hsm', slot), held])),
    locked: new Map([...seen.locked].map(([slot, users]) => [nameOf('hsm', slot), users])),
    tokens: new Map([...seen.tokens].map(([slot, tokens]) => [nameOf('hsm', slot), tokens])),
    bench: contents,
  }
}
