/** The scopes of a review: what each question takes at least, in minutes and not in seconds. */
import type { RuleName } from '../input.ts'
import { RULES } from '../vocabulary.ts'
import { BOTH, FIPS, HSM1, NEITHER, NON_FIPS, active, emptiedBoth, emptiedTwice, empty } from './kinds.ts'
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
    name: 'reviewer.adversary',
    why: 'Two clusters of every two kinds and of one kind, a backup of each, altered and spliced in every way, and one unit of every class of hardware and firmware, which is updated, fails and is opened: what hardware opens depends on no third cluster or backup.',
    slots: [2, 1, 2, 1],
    rules: [...RULES.bench, ...RULES.unit, ...RULES.tamper, ...RULES.splice],
    starts: [
      emptiedTwice(FIPS),
      emptiedBoth(FIPS, FIPS),
      emptiedBoth(FIPS, NON_FIPS),
      emptiedBoth(HSM1, FIPS),
      emptiedBoth(HSM1, NON_FIPS),
    ],
  }),
  scope({
    name: 'reviewer.archive',
    why: 'The same moves on backups that HSMs of the two clusters are restored from, and clusters created from them: a restore takes one HSM and one backup, and another to be spliced with.',
    slots: [2, 1, 2, 0],
    rules: [
      'CreateCluster',
      'DeleteCluster',
      'CreateHsm',
      'DeleteHsm',
      ...RULES.settle,
      ...RULES.tamper,
      ...RULES.splice,
    ],
    clusters: [HSM1, FIPS, NON_FIPS],
    starts: [emptiedTwice(FIPS), emptiedBoth(FIPS, NON_FIPS), emptiedBoth(HSM1, FIPS)],
  }),
]
