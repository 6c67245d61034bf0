/** The scopes of what the HSMs of a cluster have in common and what they have not. */
import type { Input } from '../input.ts'
import { RULES } from '../vocabulary.ts'
import { FIPS, paired } from './kinds.ts'
import { scope, type Scope } from './scope.ts'

/** An ACTIVE cluster in the first slot with two ACTIVE HSMs, a crypto user, no key, and no policy. */
const bare: readonly Input[] = [
  ...paired(FIPS).filter(({ rule }) => rule !== 'SetPolicy'),
  { rule: 'DeleteKey', cluster: 0, as: 'CU' },
]

/** How an HSM that has failed is replaced. */
const REPLACING = ['FailHsm', 'HsmReplaced', 'PeerBackedUp', 'BackupSealed', 'HsmRestored'] as const

export const smokeSynchronisation: readonly Scope[] = [
  scope({
    name: 'smoke.synchronisation',
    why: 'A key that is generated and deleted on either of two HSMs or on both, used by clients with and without the check while either has the most capacity left, and brought from one to the other, if neither fails, and a policy that is not: it takes two to differ.',
    slots: [1, 2, 1, 0],
    rules: ['GenerateKey', 'UseKey', 'DeleteKey', 'SetPolicy', ...RULES.settle, ...RULES.time, 'FailHsm'],
    users: ['CO', 'CU'],
    isPartial: true,
    checks: true,
    hasLoad: true,
    starts: [bare],
  }),
  scope({
    name: 'smoke.divergence',
    why: 'A second officer and a policy that are written to either of two HSMs or to both, and an HSM that fails and is replaced by a clone of the other: it takes two to differ, and one to be cloned.',
    slots: [1, 2, 1, 0],
    rules: ['ListUsers', 'CreateUser', 'DeleteUser', 'SetPolicy', 'KeysSynchronised', ...REPLACING],
    users: ['CO2'],
    askers: ['CO'],
    isPartial: true,
    starts: [bare],
  }),
]

export const reviewerSynchronisation: readonly Scope[] = [
  scope({
    name: 'reviewer.synchronisation',
    why: 'Three HSMs, of which a client reaches one or all, that fail and are replaced: a key and a deletion are brought from one to the next and the one after, and a policy is not.',
    slots: [1, 3, 1, 0],
    rules: ['GenerateKey', 'UseKey', 'DeleteKey', 'SetPolicy', 'CreateHsm', 'KeysSynchronised', ...REPLACING],
    users: ['CO', 'CU'],
    isPartial: true,
    checks: true,
    hasLoad: true,
    starts: [bare],
  }),
]

export const deepSynchronisation: readonly Scope[] = [
  scope({
    name: 'deep.synchronisation',
    why: 'Four HSMs, two of which may fail at once while a key is on one, two or three of them, and a second backup that is older or newer than what any of them has.',
    slots: [1, 4, 2, 0],
    rules: ['GenerateKey', 'UseKey', 'DeleteKey', 'SetPolicy', 'CreateHsm', 'KeysSynchronised', ...REPLACING],
    users: ['CO', 'CU'],
    isPartial: true,
    checks: true,
    hasLoad: true,
    starts: [bare],
  }),
]
