/** The frame: what a step may change at all, so that everything else is shown to stay. */
import type { KindName, RuleName } from '../model/index.ts'
import { EVERY, step, type Property } from './property.ts'
import type { StepReads } from './reads.ts'

/** The kinds of things that a step by each rule may change. */
const TOUCHES: { readonly [Name in RuleName]: readonly KindName[] } = {
  CreateCluster: ['cluster', 'backup'],
  InitializeCluster: ['cluster'],
  DeleteCluster: ['cluster'],
  DescribeClusters: [],
  CreateHsm: ['hsm'],
  DeleteHsm: ['hsm', 'backup'],
  DeleteBackup: ['backup'],
  RestoreBackup: ['backup'],
  DescribeBackups: [],
  Activate: ['hsm'],
  LogIn: [],
  CreateUser: ['hsm'],
  GenerateKey: ['hsm'],
  UseKey: [],
  SetPolicy: ['hsm'],
  SetQuorum: ['hsm'],
  ClusterCreated: ['cluster'],
  ClusterInitialized: ['cluster', 'hsm'],
  ClusterActivated: ['cluster'],
  ClusterDeleted: ['cluster', 'backup'],
  HsmProvisioned: ['hsm'],
  PeerBackedUp: ['hsm', 'backup'],
  HsmRestored: ['hsm', 'backup'],
  HsmReplaced: ['hsm'],
  HsmDeleted: ['hsm'],
  BackupSealed: ['hsm', 'backup'],
  BackupPurged: ['backup'],
  Elapse: ['backup'],
  FailHsm: ['hsm'],
  FailSeal: ['hsm', 'backup'],
  AlterBackup: ['backup'],
  TruncateBackup: ['backup'],
  RelabelBackup: ['backup'],
  SpliceBackup: ['backup'],
  ReplayBackup: ['backup'],
  Manufacture: ['hardware'],
  Commission: ['hardware'],
  Boot: ['hardware'],
  UpdateFirmware: ['hardware'],
  Restart: ['hardware'],
  FailSelfTest: ['hardware'],
  Tamper: ['hardware'],
  RestoreOnto: ['hardware'],
}

const KINDS = ['cluster', 'hsm', 'backup', 'hardware'] as const satisfies readonly KindName[]

/** How many local states of a kind are another than before. */
const changed = ({ before, after }: StepReads, kind: KindName): number =>
  before[kind] === after[kind] ? 0 : before[kind].filter((local, slot) => after[kind][slot] !== local).length

/** How many may be. */
const most = ({ before, input, outcome }: StepReads, kind: KindName): number => {
  if (outcome.kind === 'refused' || !TOUCHES[input.rule].includes(kind)) return 0
  return kind === 'cluster' ? 1 : before[kind].length
}

export const frame: readonly Property[] = [
  step({
    id: '§port.frame',
    says: 'A step changes things of no other kind than its rule is about, and one cluster at most; a refusal changes nothing.',
    rules: EVERY,
    skips: 'disabled',
    reads: ['cluster', 'hsm', 'backup', 'hardware', 'outcome'],
    when: () => true,
    holds: step => KINDS.every(kind => changed(step, kind) <= most(step, kind)),
  }),
]
