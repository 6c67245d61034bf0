/** Effects that take place later: each is due while its first participant's machine takes it, and accepted or failed. */
import type { AccountParticipant, AccountReader, AccountRule } from '../things.ts'
import { factsOf, sealedOf } from './api.ts'
import { outliveTokens } from './quorum.ts'
import { outliveWindows } from './migration.ts'
import { keptBy } from './retention.ts'
import { rule } from './rule.ts'

/** The facts about the cluster of an HSM; null for a vacant slot. */
const homeOf = (read: AccountReader, hsm: number) => {
  const { cluster } = read.local('hsm', hsm).context
  return cluster === null ? null : { cluster, ...factsOf(read, cluster) }
}

/** Whether there is any use in telling it what it would join; what it may do it decides by itself. */
const isMade = (read: AccountReader, hsm: number): boolean => read.local('hsm', hsm).value === 'CREATE_IN_PROGRESS'

const NOTHING_TO_JOIN = {
  type: 'HsmRestored',
  clusterState: 'vacant',
  busy: false,
  own: null,
  peer: null,
  sealed: null,
} as const

/** The other HSM, if the cluster has an ACTIVE one. */
const peerOf = (read: AccountReader, active: number | null) =>
  active === null ? null : read.local('hsm', active).context.contents

export const settle: readonly AccountRule[] = [
  rule('ClusterCreated', {
    family: 'settle',
    clauses: ['§cluster.create.fresh', '§cluster.create.restored'],
    description: 'a cluster is ready',
    participants: ({ cluster }) => [{ kind: 'cluster', slot: cluster, event: { type: 'ClusterCreated' } }],
  }),
  rule('ClusterInitialized', {
    family: 'settle',
    clauses: ['§cluster.initialize'],
    description: 'a cluster is initialised',
    participants: ({ cluster }, read) => {
      const value = read.local('cluster', cluster).context.certificate
      const toHsm = (slot: number): AccountParticipant => ({
        kind: 'hsm',
        slot,
        optional: true,
        event: { type: 'ClusterInitialized', value },
      })
      const { members } = factsOf(read, cluster)
      return [{ kind: 'cluster', slot: cluster, event: { type: 'ClusterInitialized' } }, ...members.map(toHsm)]
    },
  }),
  rule('ClusterActivated', {
    family: 'settle',
    clauses: ['§cluster.activate'],
    description: 'a cluster is activated',
    participants: ({ cluster }, read) => {
      const { activated } = factsOf(read, cluster)
      return [{ kind: 'cluster', slot: cluster, event: { type: 'ClusterActivated', activated } }]
    },
  }),
  rule('ClusterDeleted', {
    family: 'settle',
    clauses: ['§cluster.delete', '§backup.archive'],
    description: 'a cluster is gone',
    participants: ({ cluster }, read) => [
      { kind: 'cluster', slot: cluster, event: { type: 'ClusterDeleted' } },
      ...read.all('backup').map(slot => ({
        kind: 'backup' as const,
        slot,
        optional: true,
        event: { type: 'ClusterDeleted' as const, cluster, ...keptBy(read, cluster, slot) },
      })),
    ],
  }),
  rule('HsmProvisioned', {
    family: 'settle',
    clauses: ['§hsm.provision'],
    description: 'the first HSM of a cluster is ready',
    participants: ({ hsm }, read) => {
      const clusterState = homeOf(read, hsm)?.state ?? 'vacant'
      return [{ kind: 'hsm', slot: hsm, event: { type: 'HsmProvisioned', clusterState } }]
    },
  }),
  rule('PeerBackedUp', {
    family: 'settle',
    clauses: ['§hsm.join.snapshot'],
    description: 'a peer is backed up for an HSM that joins',
    participants: ({ hsm }, read) => {
      if (!isMade(read, hsm))
        return [{ kind: 'hsm', slot: hsm, event: { type: 'PeerBackedUp', clusterState: 'vacant', peer: false } }]
      const home = homeOf(read, hsm)
      const active = home?.active ?? null
      const clusterState = home?.state ?? 'vacant'
      const joins: AccountParticipant = {
        kind: 'hsm',
        slot: hsm,
        event: { type: 'PeerBackedUp', clusterState, peer: active !== null },
      }
      if (home === null || active === null) return [joins]
      const { cluster, region, account, mode, hsmType } = home
      const { contents } = read.local('hsm', active).context
      return [
        joins,
        { kind: 'hsm', slot: active, event: { type: 'BackUp' } },
        {
          kind: 'backup',
          slot: 'free',
          event: { type: 'PeerBackedUp', cluster, region, account, mode, hsmType, contents },
        },
      ]
    },
  }),
  rule('HsmRestored', {
    family: 'settle',
    clauses: ['§hsm.join.latest', '§hsm.join.wait', '§hsm.join.sync'],
    description: 'an HSM that joins is restored',
    participants: ({ hsm }, read) => {
      if (!isMade(read, hsm)) return [{ kind: 'hsm', slot: hsm, event: NOTHING_TO_JOIN }]
      const home = homeOf(read, hsm)
      const active = home?.active ?? null
      const newest = home?.newest ?? null
      const joins: AccountParticipant = {
        kind: 'hsm',
        slot: hsm,
        event: {
          type: 'HsmRestored',
          clusterState: home?.state ?? 'vacant',
          busy: home !== null && (home.sealing || home.deleting),
          own:
            home === null || home.mode === null || home.hsmType === null
              ? null
              : { mode: home.mode, hsmType: home.hsmType },
          peer: peerOf(read, active),
          sealed: newest === null ? null : sealedOf(read, newest),
        },
      }
      const tried: readonly AccountParticipant[] =
        newest === null
          ? []
          : [
              {
                kind: 'backup',
                slot: newest,
                event: ([hsmEntry]) => ({ type: 'HsmRestored', refused: hsmEntry?.fail !== undefined }),
              },
            ]
      const peer: readonly AccountParticipant[] =
        active === null
          ? []
          : [
              {
                kind: 'hsm',
                slot: active,
                optional: true,
                event: ([hsmEntry]) => ({ type: 'Synchronise', joined: hsmEntry?.fail === undefined }),
              },
            ]
      return [joins, ...tried, ...peer]
    },
  }),
  rule('HsmReplaced', {
    family: 'settle',
    clauses: ['§hsm.replace', '§hsm.replace.first'],
    description: 'a failed HSM is replaced',
    participants: ({ hsm }, read) => {
      const home = homeOf(read, hsm)
      const source = home !== null && (home.active !== null || home.newest !== null || home.sealing)
      const [clusterState, hsmType] = [home?.state ?? 'vacant', home?.hsmType ?? null]
      return [{ kind: 'hsm', slot: hsm, event: { type: 'HsmReplaced', clusterState, source, hsmType } }]
    },
  }),
  rule('HsmDeleted', {
    family: 'settle',
    clauses: ['§hsm.delete'],
    description: 'an HSM is gone',
    participants: ({ hsm }) => [{ kind: 'hsm', slot: hsm, event: { type: 'HsmDeleted' } }],
  }),
  rule('BackupSealed', {
    family: 'settle',
    clauses: ['§backup.seal', '§hsm.delete.backup'],
    description: 'a backup is sealed and handed over',
    participants: ({ backup }, read) => {
      const { final } = read.local('backup', backup).context
      const sealed: AccountParticipant = { kind: 'backup', slot: backup, event: { type: 'BackupSealed' } }
      return final === null ? [sealed] : [sealed, { kind: 'hsm', slot: final, event: { type: 'BackupSealed' } }]
    },
  }),
  rule('BackupPurged', {
    family: 'settle',
    clauses: ['§backup.purge'],
    description: 'a backup is gone',
    participants: ({ backup }) => [{ kind: 'backup', slot: backup, event: { type: 'BackupPurged' } }],
  }),
]

/** Seven days pass, for every backup that is being deleted, for every one whose age is counted, and for every token. */
export const time: readonly AccountRule[] = [
  rule('Elapse', {
    family: 'time',
    clauses: ['§backup.purge', '§backup.undelete.grace'],
    description: 'seven days pass',
    participants: (_, read) => [
      ...read.all('backup').map(slot => {
        const { cluster } = read.local('backup', slot).context
        const counted = cluster !== null && factsOf(read, cluster).retention !== null
        return { kind: 'backup' as const, slot, optional: true, event: { type: 'Elapse' as const, counted } }
      }),
      ...outliveTokens(read),
      ...outliveWindows(read),
    ],
  }),
]
