/** The scopes that take more time than every test run has: the questions of a review with more of everything. */
import type { Input, RuleName } from '../input.ts'
import { RULES } from '../vocabulary.ts'
import {
  ACCOUNTS,
  FIPS,
  HSM1,
  NEITHER,
  NON_FIPS,
  REGIONS,
  ZONES,
  active,
  emptiedTwice,
  empty,
  inUse,
  keeping,
} from './kinds.ts'
import { scope, type Scope } from './scope.ts'

/** What a cluster goes through, with faults. */
const LIFECYCLE: readonly RuleName[] = [
  ...RULES.control,
  ...RULES.describe,
  'Activate',
  ...RULES.settle,
  ...RULES.time,
  ...RULES.fault,
]

/** HSMs that join, fail, are replaced and go. */
const COMING_AND_GOING: readonly RuleName[] = [
  'CreateHsm',
  'DeleteHsm',
  'PeerBackedUp',
  'BackupSealed',
  'HsmRestored',
  'HsmReplaced',
  'HsmDeleted',
  ...RULES.fault,
]

/** An ACTIVE cluster in the first slot with two officers, both of whom approve. */
const UNDER_TWO: readonly Input[] = [
  ...active(FIPS),
  { rule: 'CreateUser', cluster: 0, as: 'CO', user: 'CO2', value: 1 },
  { rule: 'SetQuorum', cluster: 0, as: 'CO', quorum: 2 },
]

export const deep: readonly Scope[] = [
  scope({
    name: 'deep.retention',
    why: 'Five backups of every age under two policies that end and one that does not: which is the last, and which are due, does not depend on how many there are between.',
    slots: [1, 1, 5, 0],
    rules: [
      ...RULES.retention,
      'DeleteBackup',
      'RestoreBackup',
      'DeleteHsm',
      'DeleteCluster',
      ...RULES.settle,
      ...RULES.time,
      ...RULES.plan,
    ],
    retentions: [7, 14, 379],
    starts: [keeping(7, active(FIPS)), keeping(7, emptiedTwice(FIPS))],
  }),
  scope({
    name: 'deep.copies',
    why: 'Four backups in two Regions and two accounts, copies of copies of copies among them, and a second cluster in either Region and of either account.',
    slots: [2, 1, 4, 0],
    rules: [
      'CreateCluster',
      'CreateHsm',
      'DeleteBackup',
      'RestoreBackup',
      ...RULES.copies,
      ...RULES.sharing,
      ...RULES.settle,
      ...RULES.time,
      'FailCopy',
    ],
    clusters: [FIPS],
    regions: REGIONS,
    accounts: ACCOUNTS,
    starts: [empty(FIPS)],
  }),
  scope({
    name: 'deep.altered',
    why: 'A backup, its copy and a copy of that, or two copies of it, each altered in every way before, while and after it is copied.',
    slots: [2, 1, 3, 0],
    rules: [
      'CreateCluster',
      'CreateHsm',
      'DeleteBackup',
      ...RULES.copies,
      ...RULES.settle,
      ...RULES.time,
      'FailCopy',
      ...RULES.tamper,
    ],
    clusters: [FIPS],
    regions: REGIONS,
    starts: [empty(FIPS)],
  }),
  scope({
    name: 'deep.kinds',
    why: 'Three HSMs and three backups of a cluster of any type and mode, from before it is created until after it is deleted, and of one that is created from a backup of it.',
    slots: [1, 3, 3, 0],
    rules: LIFECYCLE,
    clusters: [HSM1, FIPS, NON_FIPS, NEITHER],
  }),
  scope({
    name: 'deep.users',
    why: 'An officer and a crypto user at every count of failed logins, on three HSMs: a third HSM has counts of its own while the second is locked.',
    slots: [1, 3, 1, 0],
    rules: ['LogIn', 'CreateUser', 'ChangePassword', 'DeleteUser', 'DeleteKey', ...COMING_AND_GOING],
    users: ['CO', 'CU'],
    starts: [inUse(FIPS)],
  }),
  scope({
    name: 'deep.restore',
    why: 'Two clusters of different mode or type, with two HSMs and three backups that may differ in their contents: a restore across, with one backup of each cluster and one more to choose from.',
    slots: [2, 2, 3, 0],
    rules: ['CreateCluster', 'CreateHsm', 'DeleteHsm', 'DeleteCluster', 'SetPolicy', ...RULES.settle],
    clusters: [HSM1, FIPS, NON_FIPS],
    starts: [empty(HSM1), empty(FIPS), empty(NON_FIPS)],
  }),
  scope({
    name: 'deep.four',
    why: 'Four HSMs and three backups of one cluster: two join while two others fail or go, and one of them has no backup of its own.',
    slots: [1, 4, 3, 0],
    rules: LIFECYCLE,
    starts: [active(FIPS)],
  }),
  scope({
    name: 'deep.archive',
    why: 'Five backups of one cluster in every order of states, made by one HSM after another: which is the newest, what a purge closes up and what is given back do not depend on how many there are.',
    slots: [1, 1, 5, 0],
    rules: LIFECYCLE,
    clusters: [HSM1, NON_FIPS, NEITHER],
  }),
  scope({
    name: 'deep.zones',
    why: 'Up to four HSMs, the most that the cluster may have, over two zones, and a fifth slot for them, and two backups.',
    slots: [1, 5, 2, 0],
    rules: ['CreateHsm', 'DeleteHsm', 'DescribeClusters', ...RULES.settle, ...RULES.fault],
    zones: ZONES,
    starts: [active(FIPS, { subnets: ['a', 'b'], hsmLimit: 4 })],
  }),
  scope({
    name: 'deep.quorum',
    why: 'Two officers who both approve, two tokens, and three HSMs that join, fail, are replaced and go: each has the tokens that it has issued, and no others.',
    slots: [1, 3, 1, 0],
    rules: [
      'CreateUser',
      'ChangePassword',
      'DeleteUser',
      'SetQuorum',
      'QuorumToken',
      'ApproveToken',
      'TenMinutes',
      'CreateHsm',
      'DeleteHsm',
      'PeerBackedUp',
      'BackupSealed',
      'HsmRestored',
      'HsmReplaced',
      'HsmDeleted',
      'FailHsm',
      'FailSeal',
    ],
    users: ['CO', 'CO2'],
    quorums: [1, 2],
    tokens: [
      ['CO', 'user'],
      ['CO2', 'quorum'],
    ],
    starts: [UNDER_TWO],
  }),
]
