/** The shape of events as they come out of a file: what each rule's event has to say. */
import { P, isMatching } from 'ts-pattern'
import type { RuleName } from '../../model/index.ts'
import type { Event } from './event.ts'

const text = P.string
const zone = P.union('a', 'b')
const ofCluster = { cluster: text }
const ofHsm = { hsm: text }
const ofBackup = { backup: text }
const region = P.union('us-east-1', 'us-west-2')
const asked = { account: P.optional(P.union('111122223333', '444455556666')) }
const sent = { region: P.optional(region), ...asked }
const officer = P.union('CO', 'CO2', 'CO3')
const user = P.union('CO', 'CO2', 'CO3', 'CU')
const service = P.union('user', 'quorum')
const byUser = { ...ofCluster, as: user }
const reached = { only: P.optional(text) }
const checked = { checked: P.optional(true) }
const byUserWriting = { ...byUser, value: P.number }

/** The fields of each rule's event, besides its name and that of what it makes. */
const FIELDS: { readonly [Name in RuleName]: Readonly<Record<string, P.Pattern<unknown>>> } = {
  CreateCluster: {
    hsmType: P.union('hsm1.medium', 'hsm2m.medium'),
    mode: P.union('FIPS', 'NON_FIPS'),
    source: P.union(null, text),
    ...sent,
    retention: P.optional(P.number),
    subnets: P.optional(P.array(zone)),
    hsmLimit: P.optional(P.number),
  },
  InitializeCluster: { ...ofCluster, certificate: P.union('matching', 'mismatched', 'outdated'), value: P.number },
  DeleteCluster: ofCluster,
  ModifyCluster: { ...ofCluster, retention: P.number },
  ModifyHsmType: { ...ofCluster, hsmType: P.union('hsm1.medium', 'hsm2m.medium') },
  DescribeClusters: { cluster: P.union(null, text), ...sent },
  CreateHsm: { ...ofCluster, zone: P.optional(zone) },
  DeleteHsm: ofHsm,
  DeleteBackup: { ...ofBackup, ...asked },
  RestoreBackup: { ...ofBackup, ...asked },
  ModifyBackupAttributes: { ...ofBackup, neverExpires: P.boolean, ...asked },
  DescribeBackups: { backup: P.union(null, text), shared: P.optional(true), ...sent },
  CopyBackupToRegion: { ...ofBackup, region, ...asked },
  PutResourcePolicy: { ...ofBackup, ...asked },
  GetResourcePolicy: { ...ofBackup, ...asked },
  DeleteResourcePolicy: { ...ofBackup, ...asked },
  Activate: { ...ofCluster, value: P.number },
  LogIn: { ...byUser, password: P.union('right', 'wrong') },
  ListUsers: ofCluster,
  CreateUser: { ...byUserWriting, ...reached, user },
  ChangePassword: { ...byUserWriting, user },
  DeleteUser: { ...byUser, ...reached, user },
  GenerateKey: { ...byUserWriting, ...reached, ...checked },
  UseKey: { ...byUser, ...checked, freest: P.optional(text) },
  DeleteKey: { ...byUser, ...reached },
  SetPolicy: { ...byUserWriting, ...reached },
  SetQuorum: { ...byUser, quorum: P.number },
  QuorumToken: { ...byUser, service },
  ApproveToken: { ...byUser, of: officer, service, signature: P.union('right', 'wrong') },
  KeysSynchronised: ofHsm,
  ClusterCreated: ofCluster,
  ClusterInitialized: ofCluster,
  ClusterActivated: ofCluster,
  ClusterDeleted: ofCluster,
  HsmProvisioned: ofHsm,
  PeerBackedUp: ofHsm,
  HsmRestored: ofHsm,
  HsmReplaced: ofHsm,
  HsmDeleted: ofHsm,
  BackupSealed: ofBackup,
  BackupPurged: ofBackup,
  BackupCopied: ofBackup,
  BackupExpired: ofBackup,
  Elapse: {},
  TenMinutes: {},
  Day: {},
  ClusterBackedUp: ofCluster,
  HsmBackedUp: ofHsm,
  HsmMigrated: ofHsm,
  ClusterMigrated: ofCluster,
  ClusterRolledBack: ofCluster,
  FailHsm: ofHsm,
  FailSeal: ofBackup,
  FailCopy: ofBackup,
  AlterBackup: { ...ofBackup, part: P.union('header', 'wrapped', 'sealed') },
  TruncateBackup: ofBackup,
  RelabelBackup: { ...ofBackup, field: P.union('mode', 'hsmType') },
  SpliceBackup: { ...ofBackup, part: P.union('header', 'wrapped', 'sealed'), source: text },
  ReplayBackup: { ...ofBackup, source: text },
  Manufacture: { genuine: P.boolean, line: P.union('hsm1', 'hsm2m') },
  Commission: { officers: P.union('two', 'one', 'same') },
  Boot: { firmware: P.union('fips', 'other', 'forged') },
  UpdateFirmware: { firmware: P.union('fips', 'other', 'forged', 'outdated') },
  Restart: {},
  FailSelfTest: {},
  Tamper: {},
  RestoreOnto: ofBackup,
  Crash: {
    job: text,
    step: P.union('unit', 'seal', 'store', 'restore', 'retire', 'erase', 'record'),
    moment: P.union('before', 'after'),
    cluster: P.optional(text),
    hsm: P.optional(text),
    backup: P.optional(text),
  },
  Recover: {},
}

/** What a job is done to. */
const ABOUT = ['cluster', 'hsm', 'backup'] as const

/** Whether there is a rule of that name. */
export const isRule = (name: string): name is RuleName => Object.hasOwn(FIELDS, name)

/** Whether a value is an event, with every field that its rule wants. */
export const isEvent = (value: unknown): value is Event =>
  isMatching({ rule: text }, value) &&
  isRule(value.rule) &&
  isMatching({ makes: P.optional(text), ...FIELDS[value.rule] }, value) &&
  (value.rule !== 'Crash' || ABOUT.some(kind => kind in value))
