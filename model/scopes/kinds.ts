/** What scopes are made of: kinds of clusters, combinations of choices, and what happens before exploration begins. */
import { DEFAULT_CHOICES, type Choices } from '../cloudhsm.ts'
import type { Input, RuleName } from '../input.ts'
import type { AccountId, HsmType, Mode, Region } from '../machines/words.ts'
import type { Zones } from '../vocabulary.ts'

export type Kind = readonly [HsmType, Mode]
export const HSM1: Kind = ['hsm1.medium', 'FIPS']
export const FIPS: Kind = ['hsm2m.medium', 'FIPS']
export const NON_FIPS: Kind = ['hsm2m.medium', 'NON_FIPS']
/** The kind of cluster that does not exist. */
export const NEITHER: Kind = ['hsm1.medium', 'NON_FIPS']
export const LEGAL: readonly Kind[] = [HSM1, FIPS, NON_FIPS]
export const ALL: readonly Kind[] = [...LEGAL, NEITHER]

/** The two accounts, the customer's first. */
export const ACCOUNTS: readonly AccountId[] = ['111122223333', '444455556666']
export const REGIONS: readonly Region[] = ['us-east-1', 'us-west-2']

/** Subnets in one zone, in the other, in both, two in one zone, and none; and either zone for an HSM. */
export const ZONES: Zones = { subnets: [['a'], ['b'], ['a', 'b'], ['a', 'a'], []], hsms: ['a', 'b'] }

/** Every operation of a user that changes the contents of an HSM. */
export const WRITES: readonly RuleName[] = [
  'CreateUser',
  'ChangePassword',
  'DeleteUser',
  'GenerateKey',
  'DeleteKey',
  'SetPolicy',
  'SetQuorum',
]

export const BOTH: readonly Choices[] = [
  DEFAULT_CHOICES,
  { 'choice.backup.delete.again': 'accepted', 'choice.hsm.delete.creating': 'accepted' },
]

/** What CreateCluster may be told besides type, mode and source. */
type Founding = Pick<Extract<Input, { readonly rule: 'CreateCluster' }>, 'subnets' | 'hsmLimit'>

/** A cluster in the first slot whose only HSM has no certificate. */
export const uncertified = ([hsmType, mode]: Kind, founding: Founding = {}): readonly Input[] => [
  { rule: 'CreateCluster', hsmType, mode, source: null, ...founding },
  { rule: 'ClusterCreated', cluster: 0 },
  { rule: 'CreateHsm', cluster: 0 },
  { rule: 'HsmProvisioned', hsm: 0 },
]

/** The same with its certificate, and PRECO still there. */
export const unactivated = (kind: Kind, founding: Founding = {}): readonly Input[] => [
  ...uncertified(kind, founding),
  { rule: 'InitializeCluster', cluster: 0, certificate: 'matching', value: 1 },
  { rule: 'ClusterInitialized', cluster: 0 },
]

/** An ACTIVE cluster in the first slot with one ACTIVE HSM. */
export const active = (kind: Kind, founding: Founding = {}): readonly Input[] => [
  ...unactivated(kind, founding),
  { rule: 'Activate', cluster: 0, value: 1 },
  { rule: 'ClusterActivated', cluster: 0 },
]

/** The same with a crypto user, a key, a policy and a quorum value. */
export const inUse = (kind: Kind): readonly Input[] => [
  ...active(kind),
  { rule: 'CreateUser', cluster: 0, as: 'CO', user: 'CU', value: 1 },
  { rule: 'GenerateKey', cluster: 0, as: 'CU', value: 1 },
  { rule: 'SetPolicy', cluster: 0, as: 'CO', value: 1 },
  { rule: 'SetQuorum', cluster: 0, as: 'CO', quorum: 1 },
]

/** The same with a second HSM, and without backups. */
export const paired = (kind: Kind): readonly Input[] => [
  ...inUse(kind),
  { rule: 'CreateHsm', cluster: 0 },
  { rule: 'PeerBackedUp', hsm: 1 },
  { rule: 'BackupSealed', backup: 0 },
  { rule: 'HsmRestored', hsm: 1 },
  { rule: 'DeleteBackup', backup: 0 },
  { rule: 'Elapse' },
  { rule: 'BackupPurged', backup: 0 },
]

/** An ACTIVE cluster in the first slot without HSMs, and its backup. */
export const empty = (kind: Kind): readonly Input[] => [
  ...active(kind),
  { rule: 'DeleteHsm', hsm: 0 },
  { rule: 'BackupSealed', backup: 0 },
  { rule: 'HsmDeleted', hsm: 0 },
]

/** The same, and in the second slot an ACTIVE cluster with contents of its own, in one ACTIVE HSM. */
export const neighbours = ([hsmType, mode]: Kind): readonly Input[] => [
  ...empty([hsmType, mode]),
  { rule: 'CreateCluster', hsmType, mode, source: null },
  { rule: 'ClusterCreated', cluster: 1 },
  { rule: 'CreateHsm', cluster: 1 },
  { rule: 'HsmProvisioned', hsm: 0 },
  { rule: 'InitializeCluster', cluster: 1, certificate: 'matching', value: 2 },
  { rule: 'ClusterInitialized', cluster: 1 },
  { rule: 'Activate', cluster: 1, value: 2 },
  { rule: 'ClusterActivated', cluster: 1 },
]

/** An ACTIVE cluster in the first slot without HSMs, and two backups, of which the second has a user, a key and a policy that the first has not. */
export const emptiedTwice = (kind: Kind): readonly Input[] => [
  ...empty(kind),
  { rule: 'CreateHsm', cluster: 0 },
  { rule: 'HsmRestored', hsm: 0 },
  { rule: 'CreateUser', cluster: 0, as: 'CO', user: 'CU', value: 1 },
  { rule: 'GenerateKey', cluster: 0, as: 'CU', value: 1 },
  { rule: 'SetPolicy', cluster: 0, as: 'CO', value: 1 },
  { rule: 'DeleteHsm', hsm: 0 },
  { rule: 'BackupSealed', backup: 1 },
  { rule: 'HsmDeleted', hsm: 0 },
]

/** Two ACTIVE clusters without HSMs, and a backup of each. */
export const emptiedBoth = (first: Kind, [hsmType, mode]: Kind): readonly Input[] => [
  ...empty(first),
  { rule: 'CreateCluster', hsmType, mode, source: null },
  { rule: 'ClusterCreated', cluster: 1 },
  { rule: 'CreateHsm', cluster: 1 },
  { rule: 'HsmProvisioned', hsm: 0 },
  { rule: 'InitializeCluster', cluster: 1, certificate: 'matching', value: 1 },
  { rule: 'ClusterInitialized', cluster: 1 },
  { rule: 'Activate', cluster: 1, value: 1 },
  { rule: 'ClusterActivated', cluster: 1 },
  { rule: 'SetPolicy', cluster: 1, as: 'CO', value: 1 },
  { rule: 'DeleteHsm', hsm: 0 },
  { rule: 'BackupSealed', backup: 1 },
  { rule: 'HsmDeleted', hsm: 0 },
]

/** What happens with a cluster that is asked to keep its backups for so many days, so that their ages are counted. */
export const keeping = (retention: number, inputs: readonly Input[]): readonly Input[] =>
  inputs.map(input => (input.rule === 'CreateCluster' ? { ...input, retention } : input))

/** The same, and a unit of the manufacturer's newer line that was commissioned. */
export const commissioned = (inputs: readonly Input[]): readonly Input[] => [
  ...inputs,
  { rule: 'Manufacture', genuine: true, line: 'hsm2m' },
  { rule: 'Commission', officers: 'two' },
]
