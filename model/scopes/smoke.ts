/** The scopes that every test run explores in full. */
import { RULES } from '../vocabulary.ts'
import { ALL, BOTH, FIPS, HSM1, LEGAL, NEITHER, NON_FIPS, active, empty, emptiedBoth, emptiedTwice } from './kinds.ts'
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
    name: 'smoke.firmware',
    why: 'One unit of every class and line whose firmware is replaced by every kind, of both versions, that fails its self-tests, is opened, and is given one backup: which firmware runs depends on one unit and what it has started.',
    slots: [1, 1, 1, 1],
    rules: [...RULES.bench, ...RULES.unit],
    starts: [empty(FIPS)],
  }),
  scope({
    name: 'smoke.splice',
    why: 'Two backups of one cluster, of two modes or of two lines, each given a part of the other, and handed to one unit: a splice takes two backups and one that opens.',
    slots: [2, 1, 2, 1],
    rules: [...RULES.bench, ...RULES.splice],
    starts: [emptiedTwice(FIPS), emptiedBoth(FIPS, NON_FIPS), emptiedBoth(HSM1, FIPS)],
  }),
  scope({
    name: 'smoke.replay',
    why: 'An empty cluster with an older and a newer backup, of which the one replaces the other or gives it a part, and the HSMs that join then: what is restored is one snapshot or none, and a peer heals what is too old.',
    slots: [1, 2, 3, 0],
    rules: ['CreateHsm', ...RULES.settle, ...RULES.splice],
    starts: [emptiedTwice(FIPS)],
  }),
]
