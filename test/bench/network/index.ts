/**
 * The benchmark network: a fixed yardstick that several model checkers have been run on, and not the model of CloudHSM. N HSM slots, K
 * backup slots, versions 0 to V. With N=3, K=2, V=2 it has 54,096 states and 348,096 transitions.
 */
import type { AnyStateMachine } from 'xstate'
import { fold, initialState, network, step, type NetworkState, type Rule } from '../../../model/network/index.ts'
import {
  backupMachine,
  clusterMachine,
  hsmMachine,
  type BackupEvent,
  type ClusterEvent,
  type Held,
  type HsmEvent,
  type Mode,
} from './machines.ts'

/** N, K and V. */
export interface Size {
  readonly hsms: number
  readonly backups: number
  readonly versions: number
}

export type Bench = {
  readonly cluster: { readonly value: Mode; readonly context: object; readonly event: ClusterEvent }
  readonly hsm: {
    readonly value: 'absent' | 'provisioning' | 'active' | 'failed'
    readonly context: Held
    readonly event: HsmEvent
  }
  readonly backup: {
    readonly value: 'empty' | 'creating' | 'ready' | 'deleted'
    readonly context: Held
    readonly event: BackupEvent
  }
}
export type BenchState = NetworkState<Bench>

export interface BenchView {
  readonly mode: Mode
  /** What any active HSM holds; all of them agree. */
  readonly active: Held | null
  /** The greatest version of a ready backup of the cluster's mode. */
  readonly latest: number | null
  readonly allAbsent: boolean
}

export interface BenchInput {
  readonly rule: string
  readonly hsm?: number
  readonly backup?: number
}

const view = fold<Bench, BenchView, BenchView>({
  focuses: () => 1,
  initial: () => ({ mode: 'FIPS', active: null, latest: null, allAbsent: true }),
  add: (seen, placed) => {
    if (placed.kind === 'cluster') return { ...seen, mode: placed.local.value }
    const { value, context } = placed.local
    if (placed.kind === 'hsm')
      return {
        ...seen,
        active: value === 'active' ? context : seen.active,
        allAbsent: seen.allAbsent && value === 'absent',
      }
    const isUsable = value === 'ready' && context.mode === seen.mode
    return isUsable ? { ...seen, latest: Math.max(seen.latest ?? 0, context.version) } : seen
  },
  result: seen => seen,
})

type BenchRule = Rule<Bench, BenchView, BenchInput>
type Participants = BenchRule['participants']

const rule = (name: string, participants: Participants): BenchRule => ({
  name,
  family: 'bench',
  clauses: [],
  description: name,
  holes: 'disabled',
  participants,
})

/** Throws where there is none, which is nowhere. */
const factsOf = ({ view: [facts] }: Parameters<Participants>[1]): BenchView => {
  if (facts === undefined) throw new Error('expected a view, got none')
  return facts
}

const onHsm = (name: string, eventOf: (view: BenchView) => HsmEvent): BenchRule =>
  rule(name, ({ hsm = 0 }, read) => [{ kind: 'hsm', slot: hsm, event: eventOf(factsOf(read)) }])
const onBackup = (name: string, event: BackupEvent): BenchRule =>
  rule(name, ({ backup = 0 }) => [{ kind: 'backup', slot: backup, event }])
const taking = (name: string, event: HsmEvent): BenchRule =>
  rule(name, ({ hsm = 0, backup = 0 }, read) => [
    { kind: 'hsm', slot: hsm, event },
    {
      kind: 'backup',
      slot: backup,
      event: { type: 'Take', version: read.local('hsm', hsm).context.version, mode: factsOf(read).mode },
    },
  ])

const rulesOf = ({ versions }: Size): readonly BenchRule[] => [
  onHsm('createHsm', () => ({ type: 'Create' })),
  onHsm('activate', view => ({
    type: 'Activate',
    ...(view.active ?? { version: view.latest ?? 0, mode: view.mode }),
  })),
  onHsm('fail', () => ({ type: 'Fail' })),
  onHsm('deleteFailed', () => ({ type: 'DeleteFailed' })),
  taking('deleteHsm', { type: 'Delete' }),
  taking('startBackup', { type: 'BackUp' }),
  rule('restore', ({ hsm = 0, backup = 0 }, read) => [
    {
      kind: 'hsm',
      slot: hsm,
      event: { type: 'Restore', alone: factsOf(read).active === null, ...read.local('backup', backup).context },
    },
    { kind: 'backup', slot: backup, event: { type: 'Read', mode: factsOf(read).mode } },
  ]),
  onBackup('finish', { type: 'Finish' }),
  onBackup('deleteBackup', { type: 'DeleteBackup' }),
  onBackup('purge', { type: 'Purge' }),
  rule('recreate', (_, read) => [
    { kind: 'cluster', slot: 0, event: { type: 'Recreate', allAbsent: factsOf(read).allAbsent } },
  ]),
  rule('writeKey', (_, { all }) =>
    all('hsm').map(slot => ({ kind: 'hsm', slot, optional: true, event: { type: 'Write', most: versions } })),
  ),
]

const ON_HSM = ['createHsm', 'activate', 'fail', 'deleteFailed']
const ON_BACKUP = ['finish', 'deleteBackup', 'purge']
const ON_BOTH = ['deleteHsm', 'startBackup', 'restore']

/** The network of this size, with its two initial states and every input of every rule. */
export const benchmark = (size: Size) => {
  const kind = (machine: unknown, free: readonly string[]) => ({
    machine: machine as AnyStateMachine,
    free,
    queue: false,
  })
  const net = network<Bench, BenchView, BenchInput, string>({
    kinds: {
      cluster: kind(clusterMachine, []),
      hsm: kind(hsmMachine, ['absent']),
      backup: kind(backupMachine, ['empty']),
    },
    rules: rulesOf(size),
    view,
  })
  const [hsms, backups] = [[...Array(size.hsms).keys()], [...Array(size.backups).keys()]]
  const inputs: readonly BenchInput[] = [
    ...ON_HSM.flatMap(name => hsms.map(hsm => ({ rule: name, hsm }))),
    ...ON_BACKUP.flatMap(name => backups.map(backup => ({ rule: name, backup }))),
    ...ON_BOTH.flatMap(name => hsms.flatMap(hsm => backups.map(backup => ({ rule: name, hsm, backup })))),
    { rule: 'recreate' },
    { rule: 'writeKey' },
  ]
  const fips = initialState(net, { cluster: 1, hsm: size.hsms, backup: size.backups })
  const other = step(net, fips, { rule: 'recreate' })
  if (other.kind !== 'taken') throw new Error('expected an empty cluster to be recreated in the other mode')
  return { net, inputs, starts: [fips, other.after] }
}
