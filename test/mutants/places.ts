/** The places in a machine at which it can be changed: its entries and its guards that are conjunctions, as they are written. */
import {
  editConfig,
  type CloudHsm,
  type Edit,
  type KindName,
  type RawConfig,
  type RawEntry,
} from '../../model/index.ts'

export interface Place {
  readonly machine: KindName
  readonly state: string
  readonly event: string
  readonly branch: number
  readonly entry: RawEntry
  readonly siblings: readonly RawEntry[]
  /** All states of the machine. */
  readonly states: readonly string[]
}

/** `machine/state/Event/branch` */
export const nameOf = ({ machine, state, event, branch }: Place): string => `${machine}/${state}/${event}/${branch}`

/** What the machine's entry does is described: it is no bound of the model. */
const isDescribed = ({ meta }: RawEntry): boolean => meta?.bound === undefined

/** Every entry of every machine, in the order in which they are written; what is beyond the model is left out. */
export const placesOf = ({ machines }: CloudHsm): readonly Place[] =>
  (Object.keys(machines) as readonly KindName[]).flatMap(machine => {
    const { states } = machines[machine].config as unknown as RawConfig
    return Object.entries(states).flatMap(([state, { on = {} }]) =>
      Object.entries(on).flatMap(([event, written]) => {
        const siblings = [written].flat() as readonly RawEntry[]
        return siblings.flatMap((entry, branch) =>
          isDescribed(entry) ? [{ machine, state, event, branch, entry, siblings, states: Object.keys(states) }] : [],
        )
      }),
    )
  })

/** Puts other entries in the place of one. */
export const replace = ({ machine, state, event, branch, siblings }: Place, by: readonly RawEntry[]): Edit =>
  editConfig(machine, `edits ${machine}/${state}/${event}/${branch}`, config => {
    const entries = siblings.flatMap((entry, at) => (at === branch ? by : [entry]))
    const { on, ...node } = config.states[state] ?? {}
    return { ...config, states: { ...config.states, [state]: { ...node, on: { ...on, [event]: entries } } } }
  })

/** The names of an entry's actions. */
export const actionsOf = ({ actions }: RawEntry): readonly string[] =>
  actions === undefined ? [] : ([actions].flat() as unknown as readonly string[])
