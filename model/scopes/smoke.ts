/** The scopes that every test run explores in full. */
import { RULES } from '../vocabulary.ts'
import { ALL, BOTH, FIPS, HSM1, LEGAL, NEITHER, NON_FIPS, REGIONS, active, empty, emptiedTwice } from './kinds.ts'
import { scope, type Scope } from './scope.ts'

export const smoke: readonly Scope[] = [
  scope({
    name: 'smoke.lifecycle',
    why: 'Everything that one cluster, two HSMs and two backups can go through, with faults and every choice: joining, replacing and final backups involve two of each at most.',
    slots: [1, 2, 2, 0],
    rules: [...RULES.control, ...RULES.describe, 'Activate', ...RULES.settle, ...RULES.time, ...RULES.fault],
    clusters: [HSM1, NON_FIPS, NEITHER],
    choices: BOTH,
  }),
  scope({
    name: 'smoke.pair',
    why: 'Two clusters at once, of every pair of types and modes, one the source of the other: a restore across involves two clusters, one backup and the HSM that it is restored onto.',
    slots: [2, 1, 1, 0],
    rules: [...RULES.control, ...RULES.settle, ...RULES.time],
    clusters: ALL,
    starts: LEGAL.map(empty),
  }),
  scope({
    name: 'smoke.contents',
    why: 'All six parts of the contents vary in a cluster of two HSMs and one backup: a write concerns its own cluster only.',
    slots: [1, 2, 1, 0],
    rules: [...RULES.control, ...RULES.data, ...RULES.settle],
    clusters: [FIPS],
  }),
  scope({
    name: 'smoke.newest',
    why: 'Two versions of contents in two backups and two HSMs: which backup is the newest, and what reaches whom, takes two of each.',
    slots: [1, 2, 2, 0],
    rules: ['CreateHsm', 'DeleteHsm', 'DeleteBackup', 'RestoreBackup', 'SetPolicy', ...RULES.settle, ...RULES.fault],
    starts: [active(FIPS)],
  }),
  scope({
    name: 'smoke.tamper',
    why: 'One backup, altered in every way, and restored to its own cluster or to another of any kind: a restore takes one backup and one HSM.',
    slots: [2, 1, 1, 0],
    rules: ['CreateCluster', 'DeleteCluster', 'CreateHsm', 'DeleteHsm', ...RULES.settle, ...RULES.tamper],
    clusters: ALL,
    starts: LEGAL.map(empty),
  }),
  scope({
    name: 'smoke.hardware',
    why: 'One unit of every class and line, commissioned and booted in every way, given no backup and one of every kind, altered in every way.',
    slots: [1, 1, 1, 1],
    rules: [...RULES.bench, ...RULES.tamper],
    starts: [[], ...LEGAL.map(empty)],
  }),
  scope({
    name: 'smoke.rollback',
    why: 'An older and a newer backup of one cluster, with different contents, restored onto one unit: it takes two to show that age is not looked at, and that nothing of the former contents stays.',
    slots: [1, 1, 2, 1],
    rules: RULES.bench,
    starts: [emptiedTwice(FIPS)],
  }),
  scope({
    name: 'smoke.copies',
    why: 'A backup, its copy in the other Region, and a cluster that is created there: a copy concerns one backup and one copy, wherever either of them goes.',
    slots: [2, 1, 2, 0],
    rules: [
      'CreateCluster',
      'CreateHsm',
      'DeleteBackup',
      'RestoreBackup',
      ...RULES.copies,
      ...RULES.describe,
      ...RULES.settle,
      ...RULES.time,
      'FailCopy',
    ],
    clusters: [FIPS],
    regions: REGIONS,
    starts: [empty(FIPS)],
  }),
]
