/** The scopes of a review: what each question takes at least, in minutes and not in seconds. */
import type { RuleName } from '../input.ts'
import { RULES } from '../vocabulary.ts'
import { BOTH, FIPS, HSM1, NEITHER, NON_FIPS, active, empty, inUse } from './kinds.ts'
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
    name: 'reviewer.users',
    why: 'Two officers and a crypto user at every count of failed logins, on two HSMs that join, fail, are replaced and go: who opens whose account, and when nobody can.',
    slots: [1, 2, 1, 0],
    rules: [
      'LogIn',
      'CreateUser',
      'ChangePassword',
      'DeleteUser',
      'DeleteKey',
      'CreateHsm',
      'DeleteHsm',
      'PeerBackedUp',
      'BackupSealed',
      'HsmRestored',
      'HsmReplaced',
      'HsmDeleted',
      ...RULES.fault,
    ],
    users: ['CO', 'CO2', 'CU'],
    starts: [inUse(FIPS)],
  }),
]
