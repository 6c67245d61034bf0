/** The scopes of a review: what each question takes at least, in minutes and not in seconds. */
import type { RuleName } from '../input.ts'
import { RULES } from '../vocabulary.ts'
import {
  BOTH,
  FIPS,
  HSM1,
  NEITHER,
  NON_FIPS,
  ZONES,
  active,
  emptiedBoth,
  emptiedTwice,
  empty,
  keeping,
} from './kinds.ts'
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
    name: 'reviewer.retention',
    why: 'Three backups of every age under two policies that end and one that does not, made day by day or found in an empty cluster, exempted, deleted and given back: one of them is neither the oldest nor the last.',
    slots: [1, 1, 3, 0],
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
    name: 'reviewer.zones',
    why: 'Up to three HSMs, the most that the cluster may have, over two zones, or four slots for them, and two backups: two in one zone and one in the other join, fail, are replaced and go in every order.',
    slots: [1, 4, 2, 0],
    rules: ['CreateHsm', 'DeleteHsm', 'DescribeClusters', ...RULES.settle, ...RULES.fault],
    zones: ZONES,
    starts: [active(FIPS, { subnets: ['a', 'b'], hsmLimit: 3 })],
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
