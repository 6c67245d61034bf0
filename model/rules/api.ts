/** Requests to the service: who takes part in each, in the order in which they may refuse. */
import { label, wrapper } from '../machines/backup.ts'
import { CUSTOMER, HOME } from '../machines/words.ts'
import { FIRST_ZONE, MOST_HSMS } from '../machines/words.ts'
import type { AccountParticipant, AccountReader, AccountRule } from '../things.ts'
import type { ClusterView } from '../view.ts'
import { rule } from './rule.ts'

/** The facts about a cluster. Throws on a slot that does not exist. */
export const factsOf = (read: AccountReader, slot: number): ClusterView => {
  const facts = read.view[slot]
  if (facts === undefined) throw new RangeError(`expected a slot of cluster, got ${slot}`)
  return facts
}

export const api: readonly AccountRule[] = [
  rule('CreateCluster', {
    family: 'api',
    clauses: ['§cluster.create', '§client.clone'],
    description: 'create a cluster, fresh or from a backup',
    participants: (input, read) => {
      const { hsmType, mode, source, region = HOME, account = CUSTOMER } = input
      const { subnets = [FIRST_ZONE], hsmLimit = MOST_HSMS, retention = null } = input
      const backup = source === null ? null : read.local('backup', source)
      const certificate = backup === null ? 0 : backup.context.contents.certificates
      const event = {
        type: 'CreateCluster',
        hsmType,
        mode,
        region,
        account,
        restored: source !== null,
        certificate,
        retention,
        subnets,
        hsmLimit,
      } as const
      const created: AccountParticipant = { kind: 'cluster', slot: 'free', event }
      if (source === null) return [created]
      const cluster = read.free('cluster') ?? -1
      return [
        created,
        { kind: 'backup', slot: source, event: { type: 'CreateCluster', mode, hsmType, cluster, region, account } },
      ]
    },
  }),
  rule('InitializeCluster', {
    family: 'api',
    clauses: ['§cluster.initialize', '§cluster.csr'],
    description: 'initialise a cluster with a signed certificate',
    participants: ({ cluster, certificate, value }, read) => {
      const active = factsOf(read, cluster).active !== null
      return [{ kind: 'cluster', slot: cluster, event: { type: 'InitializeCluster', active, certificate, value } }]
    },
  }),
  rule('DeleteCluster', {
    family: 'api',
    clauses: ['§cluster.delete'],
    description: 'delete a cluster',
    participants: ({ cluster }, read) => {
      const hsms = factsOf(read, cluster).members.length
      return [{ kind: 'cluster', slot: cluster, event: { type: 'DeleteCluster', hsms } }]
    },
  }),
  rule('DescribeClusters', {
    family: 'api',
    clauses: ['§cluster.describe'],
    description: 'list the clusters, or one',
    participants: ({ cluster }, read) => {
      if (cluster === null) return []
      const zones = factsOf(read, cluster).zones.length
      return [{ kind: 'cluster', slot: cluster, event: { type: 'DescribeClusters', zones } }]
    },
  }),
  rule('CreateHsm', {
    family: 'api',
    clauses: ['§hsm.create'],
    description: 'add an HSM to a cluster',
    participants: ({ cluster, zone = FIRST_ZONE }, read) => {
      const { members, active, newest, sealing, hsmType } = factsOf(read, cluster)
      const source = active !== null || newest !== null || sealing
      return [
        { kind: 'cluster', slot: cluster, event: { type: 'CreateHsm', hsms: members.length, source, zone } },
        { kind: 'hsm', slot: 'free', event: { type: 'CreateHsm', cluster, zone, hsmType } },
      ]
    },
  }),
  rule('DeleteHsm', {
    family: 'api',
    clauses: ['§hsm.delete', '§hsm.delete.backup'],
    description: 'remove an HSM from its cluster',
    participants: ({ hsm }, read) => {
      const { value, context } = read.local('hsm', hsm)
      const { cluster, contents } = context
      if (cluster === null) return [{ kind: 'hsm', slot: hsm, event: { type: 'DeleteHsm', clusterState: 'vacant' } }]
      const { state: clusterState, region, account, mode, hsmType } = factsOf(read, cluster)
      const final = { hsm, hsmState: value, clusterState, cluster, region, account, mode, hsmType, contents }
      return [
        { kind: 'hsm', slot: hsm, event: { type: 'DeleteHsm', clusterState } },
        { kind: 'backup', slot: 'free', optional: true, event: { type: 'DeleteHsm', ...final } },
      ]
    },
  }),
  rule('DeleteBackup', {
    family: 'api',
    clauses: ['§backup.delete', '§loss.deleted'],
    description: 'delete a backup',
    participants: ({ backup, account = CUSTOMER }) => [
      { kind: 'backup', slot: backup, event: { type: 'DeleteBackup', account } },
    ],
  }),
  rule('RestoreBackup', {
    family: 'api',
    clauses: ['§backup.undelete'],
    description: 'keep a backup that is being deleted',
    participants: ({ backup, account = CUSTOMER }) => [
      { kind: 'backup', slot: backup, event: { type: 'RestoreBackup', account } },
    ],
  }),
  rule('DescribeBackups', {
    family: 'api',
    clauses: ['§backup.describe'],
    description: 'list the backups, or one',
    participants: ({ backup }) =>
      backup === null ? [] : [{ kind: 'backup', slot: backup, event: { type: 'DescribeBackups' } }],
  }),
]

/** A backup as it is handed to hardware. */
export const sealedOf = (read: AccountReader, slot: number) => {
  const { value, context } = read.local('backup', slot)
  if (value === 'vacant') return null
  return {
    label: label(context),
    wrappedBy: wrapper(context),
    condition: context.condition,
    contents: context.contents,
  }
}
