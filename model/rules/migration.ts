/** Another type of HSM: one HSM after the other is backed up and migrated; all of them go back at once. */
import { isAdmitted } from '../machines/migrated.ts'
import type { Attempt } from '../machines/restore.ts'
import type { HsmType } from '../machines/words.ts'
import type { AccountParticipant, AccountReader, AccountRule } from '../things.ts'
import type { ClusterView } from '../view.ts'
import { factsOf, sealedOf } from './api.ts'
import { rule } from './rule.ts'

/** The facts about the cluster of an HSM while its HSMs are migrated; null for any other. */
const migrationOf = (read: AccountReader, hsm: number) => {
  const { cluster } = read.local('hsm', hsm).context
  if (cluster === null) return null
  const facts = factsOf(read, cluster)
  return facts.state === 'MODIFY_IN_PROGRESS' ? { cluster, ...facts } : null
}

/** A backup in the hands of an HSM of this type. */
const attemptOf = (
  read: AccountReader,
  { mode }: ClusterView,
  hsmType: HsmType,
  slot: number | null,
): Attempt | null => {
  const sealed = slot === null ? null : sealedOf(read, slot)
  return sealed === null || mode === null ? null : { sealed, own: { mode, hsmType } }
}

/** The backup that was tried is marked, if it was refused. */
const tried = (slot: number | null, refused: boolean): readonly AccountParticipant[] =>
  slot === null ? [] : [{ kind: 'backup', slot, event: { type: 'HsmRestored', refused } }]

/** Seven days are more than the 24 hours within which a cluster can be rolled back. */
export const outliveWindows = (read: AccountReader): readonly AccountParticipant[] =>
  read.all('cluster').map(slot => ({ kind: 'cluster', slot, optional: true, event: { type: 'Elapse' } }))

export const migration: readonly AccountRule[] = [
  rule('ModifyHsmType', {
    family: 'api',
    clauses: ['§migrate.start', '§rollback.start'],
    description: 'change the type of the HSMs of a cluster, or change it back',
    participants: ({ cluster, hsmType }, read) => {
      const { members, tokens } = factsOf(read, cluster)
      const toHsm = (slot: number): AccountParticipant => ({
        kind: 'hsm',
        slot,
        optional: true,
        event: { type: 'ModifyHsmType' },
      })
      const counts = { hsms: members.length, active: tokens.length }
      return [
        { kind: 'cluster', slot: cluster, event: { type: 'ModifyHsmType', hsmType, ...counts } },
        ...members.map(toHsm),
      ]
    },
  }),
  rule('HsmBackedUp', {
    family: 'settle',
    clauses: ['§migrate.backup', '§backup.occasions'],
    description: 'an HSM that is to be migrated is backed up',
    participants: ({ hsm }, read) => {
      const home = migrationOf(read, hsm)
      const isFree = home !== null && !home.sealing && !home.migrating
      const backedUp: AccountParticipant = {
        kind: 'hsm',
        slot: hsm,
        event: { type: 'HsmBackedUp', clusterState: home?.state ?? 'vacant', free: isFree },
      }
      if (home === null) return [backedUp]
      const { cluster, region, account, mode, hsmType } = home
      const { contents } = read.local('hsm', hsm).context
      const snapshot = { type: 'HsmBackedUp', cluster, region, account, mode, hsmType, contents } as const
      return [backedUp, { kind: 'backup', slot: 'free', event: snapshot }]
    },
  }),
  rule('HsmMigrated', {
    family: 'settle',
    clauses: ['§migrate.hsm', '§migrate.validation'],
    description: 'a new HSM of the newer type takes the place of one of the older',
    participants: ({ hsm }, read) => {
      const home = migrationOf(read, hsm)
      if (home === null) {
        const idle = { type: 'HsmMigrated', clusterState: 'vacant', sealing: false, attempt: null } as const
        return [{ kind: 'hsm', slot: hsm, event: idle }]
      }
      const { cluster, state: clusterState, sealing, newest } = home
      const attempt = attemptOf(read, home, 'hsm2m.medium', newest)
      const refused = !isAdmitted(attempt)
      return [
        { kind: 'hsm', slot: hsm, event: { type: 'HsmMigrated', clusterState, sealing, attempt } },
        ...tried(newest, refused),
        { kind: 'cluster', slot: cluster, optional: true, event: { type: 'HsmMigrated', refused } },
      ]
    },
  }),
  rule('ClusterMigrated', {
    family: 'settle',
    clauses: ['§migrate.end'],
    description: 'all HSMs of a cluster are migrated',
    participants: ({ cluster }, read) => {
      const hasOlder = factsOf(read, cluster).older !== null
      return [{ kind: 'cluster', slot: cluster, event: { type: 'ClusterMigrated', hasOlder } }]
    },
  }),
  rule('ClusterRolledBack', {
    family: 'settle',
    clauses: [
      '§rollback.hsm',
      '§rollback.end',
      '§rollback.refused',
      '§rollback.none',
      '§rollback.backups',
      '§loss.rollback',
    ],
    description: 'the HSMs of a cluster are of its original type again',
    participants: ({ cluster }, read) => {
      const facts = factsOf(read, cluster)
      const { state, members, older, hasNewer } = facts
      if (state !== 'ROLLBACK_IN_PROGRESS') return [idle(cluster)]
      const slot = hasNewer ? facts.newestOlder : null
      const attempt = attemptOf(read, facts, 'hsm1.medium', slot)
      const admitted = isAdmitted(attempt)
      const peer = older === null ? null : read.local('hsm', older).context.contents
      const left = peer ?? attempt?.sealed.contents ?? null
      const contents = admitted ? left : null
      const supplied = !hasNewer || left !== null
      const done = admitted && supplied
      const toHsm = (at: number): AccountParticipant => ({
        kind: 'hsm',
        slot: at,
        optional: true,
        event: { type: 'ClusterRolledBack', contents },
      })
      const toBackup = (at: number): AccountParticipant => ({
        kind: 'backup',
        slot: at,
        optional: true,
        event: { type: 'ClusterRolledBack', cluster, done },
      })
      return [
        { kind: 'cluster', slot: cluster, event: { type: 'ClusterRolledBack', supplied, admitted } },
        ...members.map(toHsm),
        ...tried(slot, !admitted),
        ...read
          .all('backup')
          .filter(at => at !== slot)
          .map(toBackup),
      ]
    },
  }),
]

/** Whether it is due is for the cluster to say. */
const idle = (cluster: number): AccountParticipant => ({
  kind: 'cluster',
  slot: cluster,
  event: { type: 'ClusterRolledBack', supplied: false, admitted: false },
})
