/** The frame: what a step may change at all, so that everything else is shown to stay. */
import type { KindName, RuleName } from '../model/index.ts'
import { afterwards } from './afterwards.ts'
import { EVERY, step, type Property } from './property.ts'
import type { StepReads } from './reads.ts'

/** The kinds of things that a step by each rule may change, and those of which it may bring one into another state. */
const TOUCHES: { readonly [Name in RuleName]: readonly [changes: readonly KindName[], moves: readonly KindName[]] } = {
  CreateCluster: [['cluster', 'backup'], ['cluster']],
  InitializeCluster: [['cluster'], ['cluster']],
  DeleteCluster: [['cluster'], ['cluster']],
  ModifyCluster: [['cluster'], []],
  ModifyHsmType: [['cluster', 'hsm'], ['cluster']],
  DescribeClusters: [[], []],
  CreateHsm: [['hsm'], ['hsm']],
  DeleteHsm: [
    ['hsm', 'backup'],
    ['hsm', 'backup'],
  ],
  DeleteBackup: [['backup'], ['backup']],
  RestoreBackup: [['backup'], ['backup']],
  ModifyBackupAttributes: [['backup'], []],
  DescribeBackups: [[], []],
  CopyBackupToRegion: [['backup'], ['backup']],
  PutResourcePolicy: [['backup'], []],
  GetResourcePolicy: [[], []],
  DeleteResourcePolicy: [['backup'], []],
  Activate: [['hsm'], []],
  LogIn: [['hsm'], []],
  ListUsers: [[], []],
  CreateUser: [['hsm'], []],
  ChangePassword: [['hsm'], []],
  DeleteUser: [['hsm'], []],
  GenerateKey: [['hsm'], []],
  UseKey: [[], []],
  DeleteKey: [['hsm'], []],
  SetPolicy: [['hsm'], []],
  SetQuorum: [['hsm'], []],
  QuorumToken: [['hsm'], []],
  ApproveToken: [['hsm'], []],
  ClusterCreated: [['cluster'], ['cluster']],
  ClusterInitialized: [['cluster', 'hsm'], ['cluster']],
  ClusterActivated: [['cluster'], ['cluster']],
  ClusterDeleted: [['cluster', 'backup'], ['cluster']],
  HsmProvisioned: [['hsm'], ['hsm']],
  PeerBackedUp: [['hsm', 'backup'], ['backup']],
  HsmRestored: [['hsm', 'backup'], ['hsm']],
  HsmReplaced: [['hsm'], ['hsm']],
  HsmDeleted: [['hsm'], ['hsm']],
  KeysSynchronised: [['hsm'], []],
  BackupSealed: [['hsm', 'backup'], ['backup']],
  BackupPurged: [['backup'], ['backup']],
  BackupCopied: [['backup'], ['backup']],
  BackupExpired: [['backup'], ['backup']],
  HsmBackedUp: [['hsm', 'backup'], ['backup']],
  HsmMigrated: [['cluster', 'hsm', 'backup'], ['cluster']],
  ClusterMigrated: [['cluster'], ['cluster']],
  ClusterRolledBack: [['cluster', 'hsm', 'backup'], ['cluster']],
  Elapse: [['cluster', 'hsm', 'backup'], []],
  TenMinutes: [['hsm'], []],
  Day: [['cluster'], []],
  ClusterBackedUp: [['cluster', 'backup'], ['backup']],
  FailHsm: [
    ['cluster', 'hsm', 'backup', 'job'],
    ['hsm', 'backup'],
  ],
  FailSeal: [
    ['hsm', 'backup'],
    ['hsm', 'backup'],
  ],
  FailCopy: [['backup'], ['backup']],
  AlterBackup: [['backup'], []],
  TruncateBackup: [['backup'], []],
  RelabelBackup: [['backup'], []],
  SpliceBackup: [['backup'], []],
  ReplayBackup: [['backup'], []],
  Manufacture: [['hardware'], ['hardware']],
  Commission: [['hardware'], []],
  Boot: [['hardware'], ['hardware']],
  UpdateFirmware: [['hardware'], []],
  Restart: [['hardware'], ['hardware']],
  FailSelfTest: [['hardware'], ['hardware']],
  Tamper: [['hardware'], ['hardware']],
  RestoreOnto: [['hardware'], []],
  Crash: [
    ['cluster', 'hsm', 'backup', 'job'],
    ['cluster', 'hsm', 'backup', 'job'],
  ],
  Recover: [
    ['cluster', 'hsm', 'backup', 'job'],
    ['cluster', 'hsm', 'backup', 'job'],
  ],
}

const KINDS = ['cluster', 'hsm', 'backup', 'hardware', 'job'] as const satisfies readonly KindName[]

/** How many local states of a kind are another than before. */
const changed = ({ before, after }: StepReads, kind: KindName): number =>
  before[kind] === after[kind] ? 0 : before[kind].filter((local, slot) => after[kind][slot] !== local).length

/** How many may be. */
const most = ({ before, input, outcome }: StepReads, kind: KindName): number => {
  const [changes] = TOUCHES[input.rule]
  if (outcome.kind === 'refused' || !changes.includes(kind)) return 0
  return kind === 'cluster' && !/^(Day|Elapse)$/.test(input.rule) ? 1 : before[kind].length
}

/** Whether a thing is in another state than before; one that is no more is. */
const isElsewhere = (step: StepReads, kind: KindName, slot: number): boolean => {
  const [was, stays] = [step.before[kind][slot], step.after[kind][slot]]
  if (was === stays) return false
  const became = kind === 'backup' ? afterwards(step, slot) : stays
  return became?.value !== was?.value && !(became === undefined && was?.value === 'vacant')
}

/** One thing of a kind at most is in another state than before, and none where the rule is only about what is in it. */
const isMovedRightly = (step: StepReads, kind: KindName): boolean => {
  const moved = [...step.before[kind].keys()].filter(slot => isElsewhere(step, kind, slot))
  return moved.length <= (TOUCHES[step.input.rule][1].includes(kind) ? 1 : 0)
}

export const frame: readonly Property[] = [
  step({
    id: '§port.frame',
    says: 'A step changes things of no other kind than its rule is about, and the state of one of them at most; a refusal changes nothing.',
    rules: EVERY,
    skips: 'disabled',
    reads: [...KINDS, 'outcome', 'moved'],
    when: () => true,
    holds: step => KINDS.every(kind => changed(step, kind) <= most(step, kind) && isMovedRightly(step, kind)),
  }),
]
