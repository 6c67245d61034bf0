/** The scopes of a review: what each question takes at least, in minutes and not in seconds. */
import type { RuleName } from '../input.ts'
import { RULES } from '../vocabulary.ts'
import { ACCOUNTS, BOTH, FIPS, HSM1, NEITHER, NON_FIPS, REGIONS, active, empty } from './kinds.ts'
import { scope, type Scope } from './scope.ts'

const LIFECYCLE: readonly RuleName[] = [
  ...RULES.control,
  ...RULES.describe,
  'Activate',
  ...RULES.settle,
  ...RULES.time,
  ...RULES.fault,
]

export const reviewer: readonly Scope[] = [
  scope({
    name: 'reviewer.lifecycle',
    why: 'Everything that one cluster of any type and mode, two HSMs and two backups can go through, with faults and every choice.',
    slots: [1, 2, 2, 0],
    rules: LIFECYCLE,
    clusters: [HSM1, FIPS, NON_FIPS, NEITHER],
    choices: BOTH,
  }),
  scope({
    name: 'reviewer.three',
    why: 'Three HSMs and three backups of one cluster: a third HSM joins while two others fail or go, and a third backup is neither the oldest nor the newest.',
    slots: [1, 3, 3, 0],
    rules: LIFECYCLE,
    starts: [active(FIPS)],
  }),
  scope({
    name: 'reviewer.restore',
    why: 'Two clusters, the one of another mode or type than the other, with two HSMs and two backups that may differ in their contents: a restore across, with a choice of backup and of target.',
    slots: [2, 2, 2, 0],
    rules: ['CreateCluster', 'CreateHsm', 'DeleteHsm', 'DeleteCluster', 'SetPolicy', ...RULES.settle],
    clusters: [HSM1, FIPS, NON_FIPS],
    starts: [empty(HSM1), empty(FIPS), empty(NON_FIPS)],
  }),
  scope({
    name: 'reviewer.replacement',
    why: 'Three HSMs, of which two may have failed at once, and two backups: which of them a replacement is restored from, and what is lost.',
    slots: [1, 3, 2, 0],
    rules: ['CreateHsm', 'DeleteHsm', 'SetPolicy', ...RULES.settle, ...RULES.fault],
    starts: [active(FIPS)],
  }),
  scope({
    name: 'reviewer.copies',
    why: 'Two Regions, two accounts, a backup with two copies or a copy of its copy, and a second cluster in either Region and of either account: what is copied, shared, unshared and deleted in every order, and what a cluster there is restored from.',
    slots: [2, 1, 3, 0],
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
    name: 'reviewer.altered',
    why: 'A backup that is altered in every way before it is copied, while it is, or afterwards, as its copy is: what is given to an HSM of a cluster in the other Region is what the bytes were when they were read.',
    slots: [2, 1, 2, 0],
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
]
