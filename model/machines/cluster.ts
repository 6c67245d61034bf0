/** The cluster: created, initialised, activated, kept while empty, deleted. It decides what its state allows to be asked of it. */
import { and, assertEvent, assign, emit, not, setup } from 'xstate'
import type { Emitted } from './backup.ts'
import {
  inModification,
  inRollback,
  migrationActions,
  migrationGuards,
  modifiedActive,
  outlived,
  unmigratable,
  type MigrationEvent,
} from './migration.ts'
import { isOffered } from './retention.ts'
import { refusal, type AccountId, type HsmType, type Meta, type Mode, type Region, type Zone } from './words.ts'

export type ClusterState =
  | 'vacant'
  | 'CREATE_IN_PROGRESS'
  | 'UNINITIALIZED'
  | 'INITIALIZE_IN_PROGRESS'
  | 'INITIALIZED'
  | 'ACTIVE'
  | 'MODIFY_IN_PROGRESS'
  | 'ROLLBACK_IN_PROGRESS'
  | 'DELETE_IN_PROGRESS'
  | 'DELETED'

export interface ClusterContext {
  readonly hsmType: HsmType | null
  readonly mode: Mode | null
  /** Where it is, and its HSMs and backups with it; null for a slot without a cluster. */
  readonly region: Region | null
  /** Whose it is; null likewise. */
  readonly account: AccountId | null
  /** Created from a backup and not settled yet. */
  readonly restored: boolean
  /** Token of the ClusterCertificate; 0 without one. While INITIALIZE_IN_PROGRESS it is the one to come. */
  readonly certificate: number
  /** Its BackupRetentionPolicy in days; null while nobody has asked for one, so that it is the default. */
  readonly retention: number | null
  /** A day is over, and it was not backed up since. */
  readonly backupDue: boolean
  /** The zones that its subnets are in, one subnet each. */
  readonly zones: readonly Zone[]
  /** How many HSMs it may have. */
  readonly hsmLimit: number
  /** An HSM that had made a CSR has failed, and the cluster waits for a certificate still. */
  readonly lostCsr: boolean
  /** It was migrated, or is being, and HsmTypeRollbackExpiration has not come yet. */
  readonly rollbackOpen: boolean
}

export type ClusterEvent =
  | {
      readonly type: 'CreateCluster'
      readonly hsmType: HsmType
      readonly mode: Mode
      readonly region: Region
      readonly account: AccountId
      readonly restored: boolean
      readonly certificate: number
      readonly retention: number | null
      /** The zone of each subnet that it is given. */
      readonly subnets: readonly Zone[]
      readonly hsmLimit: number
    }
  | { readonly type: 'ClusterCreated' }
  | {
      readonly type: 'InitializeCluster'
      /** The cluster has an ACTIVE HSM, so it has a CSR. */
      readonly active: boolean
      readonly certificate: 'matching' | 'mismatched' | 'outdated'
      readonly value: number
    }
  | { readonly type: 'FailHsm'; readonly hsmState: string }
  | { readonly type: 'ClusterInitialized' }
  | { readonly type: 'ClusterActivated'; readonly activated: boolean }
  | { readonly type: 'CreateHsm'; readonly hsms: number; readonly source: boolean; readonly zone: Zone }
  | { readonly type: 'DeleteCluster'; readonly hsms: number }
  | { readonly type: 'ClusterDeleted' }
  | {
      readonly type: 'ModifyCluster'
      readonly retention: number
      /** It has a backup of its own, in any state. */
      readonly hasBackup: boolean
    }
  /** `zones`: how many zones its ACTIVE HSMs are in. */
  | { readonly type: 'DescribeClusters'; readonly zones: number }
  | { readonly type: 'Day'; readonly active: boolean }
  | {
      readonly type: 'ClusterBackedUp'
      readonly active: boolean
      /** A backup of it is READY or being made. */
      readonly hasBackup: boolean
    }
  /** The customer's client looks for an HSM of the cluster: only a refusal is of interest. */
  | { readonly type: 'Connect'; readonly active: boolean }
  | MigrationEvent

const none: ClusterContext = {
  hsmType: null,
  mode: null,
  region: null,
  account: null,
  restored: false,
  certificate: 0,
  retention: null,
  backupDue: false,
  zones: [],
  hsmLimit: 0,
  lostCsr: false,
  rollbackOpen: false,
}

const unknown = refusal('ResourceNotFound', '§cluster.unknown', 'refused: there is no such cluster')
const described = { description: 'is listed as it is', meta: { clause: '§cluster.describe' } }
const connect = {
  guard: not('hasActiveHsm'),
  ...refusal('UNAVAILABLE', '§client.available', 'refused: the cluster has no ACTIVE HSM'),
} as const
const warned = [
  { guard: 'isSpread', ...described },
  {
    guard: not('isSpread'),
    actions: 'warn',
    description: 'is listed, and the client warns: it has not two ACTIVE HSMs in two zones',
    meta: { clause: '§client.warning', also: ['§cluster.describe'] },
  },
] as const
const connected = { DescribeClusters: described, Connect: connect } as const

const deletion = [
  {
    guard: not('hasHsms'),
    target: 'DELETE_IN_PROGRESS',
    description: 'an empty cluster is being deleted',
    meta: { clause: '§cluster.delete' },
  },
  refusal('InvalidRequest', '§cluster.delete.empty', 'refused: the cluster has an HSM'),
] as const

const offered = {
  guard: not('isOffered'),
  ...refusal('InvalidRequest', '§cluster.retention.value', 'refused: the policy is not one of 7 to 379 days'),
} as const

const modified = {
  actions: 'keepFor',
  description: 'its backups are kept that long from now on',
  meta: { clause: '§cluster.modify' },
} as const

/** Before it is ACTIVE a cluster has no backup. */
const modification = [
  { guard: 'isOffered', ...modified },
  refusal('InvalidRequest', '§cluster.retention.value', 'refused: the policy is not one of 7 to 379 days'),
] as const

const modificationInUse = [
  { guard: and(['isOffered', 'isCounted']), ...modified },
  offered,
  {
    description: 'its backups are kept that long, of whose ages none was counted',
    meta: { bound: 'a cluster that was created with 90 days stands for it', clause: '§cluster.modify' },
  },
] as const

const unborn = {
  CreateCluster: [
    {
      guard: and([not('hsm1NonFips'), 'isOffered', 'hasSubnet', 'isOnePerZone']),
      target: 'CREATE_IN_PROGRESS',
      actions: 'found',
      description: 'a new cluster with the mode and type asked for',
      meta: { clause: '§cluster.create', also: ['§cluster.subnets'] },
    },
    {
      guard: 'hsm1NonFips',
      ...refusal('InvalidRequest', '§cluster.mode.hsm1', 'refused: hsm1.medium exists in FIPS mode only'),
    },
    offered,
    {
      guard: not('hasSubnet'),
      ...refusal('InvalidRequest', '§cluster.subnets.none', 'refused: a cluster has a subnet'),
    },
    refusal('InvalidRequest', '§cluster.subnets.zone', 'refused: two subnets are in one zone'),
  ],
  InitializeCluster: unknown,
  CreateHsm: unknown,
  DeleteCluster: unknown,
  ModifyCluster: unknown,
  ModifyHsmType: unknown,
  DescribeClusters: { description: 'is not listed', meta: { clause: '§cluster.describe' } },
  Connect: refusal('UNAVAILABLE', '§client.available', 'refused: there is no such cluster to connect to'),
} as const

const busy = {
  CreateHsm: refusal('InvalidRequest', '§hsm.create.state', 'refused: the cluster is changing'),
  DeleteCluster: refusal('InvalidRequest', '§cluster.delete.state', 'refused: the cluster is changing'),
  InitializeCluster: refusal('InvalidRequest', '§cluster.initialize.state', 'refused: the cluster is changing'),
  ModifyCluster: [offered, refusal('InvalidRequest', '§cluster.modify.state', 'refused: the cluster is changing')],
  ModifyHsmType: unmigratable,
  ...connected,
} as const

const unmapped = refusal('InvalidRequest', '§hsm.create.zone', 'refused: the cluster has no subnet in that zone')
const initialised = refusal('InvalidRequest', '§cluster.initialize.state', 'refused: the cluster is initialised')

export const clusterMachine = setup({
  types: { context: {} as ClusterContext, events: {} as ClusterEvent, meta: {} as Meta, emitted: {} as Emitted },
  guards: {
    hsm1NonFips: ({ event }) => {
      assertEvent(event, 'CreateCluster')
      return event.hsmType === 'hsm1.medium' && event.mode === 'NON_FIPS'
    },
    hasSubnet: ({ event }) => {
      assertEvent(event, 'CreateCluster')
      return event.subnets.length > 0
    },
    isOnePerZone: ({ event }) => {
      assertEvent(event, 'CreateCluster')
      return new Set(event.subnets).size === event.subnets.length
    },
    isRestored: ({ context }) => context.restored,
    isOffered: ({ event }) => {
      assertEvent(event, ['CreateCluster', 'ModifyCluster'])
      return event.retention === null || isOffered(event.retention)
    },
    isCounted: ({ context, event }) => {
      assertEvent(event, 'ModifyCluster')
      return context.retention !== null || !event.hasBackup
    },
    isBackupDue: ({ context }) => context.backupDue,
    isBackedUp: ({ event }) => {
      assertEvent(event, 'ClusterBackedUp')
      return event.hasBackup
    },
    hasHsms: ({ event }) => {
      assertEvent(event, ['CreateHsm', 'DeleteCluster'])
      return event.hsms > 0
    },
    isMapped: ({ context, event }) => {
      assertEvent(event, 'CreateHsm')
      return context.zones.includes(event.zone)
    },
    isFull: ({ context, event }) => {
      assertEvent(event, ['CreateHsm', 'ModifyHsmType'])
      return event.hsms >= context.hsmLimit
    },
    isSpread: ({ event }) => {
      assertEvent(event, 'DescribeClusters')
      return event.zones >= 2
    },
    hasSource: ({ event }) => {
      assertEvent(event, 'CreateHsm')
      return event.source
    },
    hasActiveHsm: ({ event }) => {
      assertEvent(event, ['InitializeCluster', 'Connect', 'Day', 'ClusterBackedUp'])
      return event.active
    },
    hadCsr: ({ event }) => {
      assertEvent(event, 'FailHsm')
      return event.hsmState === 'ACTIVE'
    },
    certifiesCsr: ({ event }) => {
      assertEvent(event, 'InitializeCluster')
      return event.certificate === 'matching'
    },
    certifiesLost: ({ context, event }) => {
      assertEvent(event, 'InitializeCluster')
      return event.certificate === 'outdated' && context.lostCsr
    },
    hasOfficer: ({ event }) => {
      assertEvent(event, 'ClusterActivated')
      return event.activated
    },
    ...migrationGuards,
  },
  actions: {
    found: assign(({ event }) => {
      assertEvent(event, 'CreateCluster')
      const { hsmType, mode, region, account, restored, certificate, retention, subnets, hsmLimit } = event
      return { hsmType, mode, region, account, restored, certificate, retention, zones: subnets.toSorted(), hsmLimit }
    }),
    settle: assign({ restored: false }),
    loseCsr: assign({ lostCsr: true }),
    certify: assign(({ event }) => {
      assertEvent(event, 'InitializeCluster')
      return { certificate: event.value, lostCsr: false }
    }),
    keepFor: assign({
      retention: ({ event }) => {
        assertEvent(event, 'ModifyCluster')
        return event.retention
      },
    }),
    endDay: assign({ backupDue: true }),
    noteBackup: assign({ backupDue: false }),
    forget: assign(none),
    warn: emit({ type: 'warning', under: ['CUSTOMER'], wrapped: [] }),
    ...migrationActions,
  },
}).createMachine({
  id: 'cluster',
  context: none,
  initial: 'vacant',
  states: {
    vacant: { on: unborn },
    CREATE_IN_PROGRESS: {
      on: {
        ClusterCreated: [
          {
            guard: 'isRestored',
            target: 'ACTIVE',
            actions: 'settle',
            description: 'created from a backup: ACTIVE and empty, neither initialised nor activated',
            meta: { clause: '§cluster.create.restored' },
          },
          {
            guard: not('isRestored'),
            target: 'UNINITIALIZED',
            description: 'created fresh: waits for its first HSM',
            meta: { clause: '§cluster.create.fresh' },
          },
        ],
        ...busy,
      },
    },
    UNINITIALIZED: {
      on: {
        FailHsm: {
          guard: 'hadCsr',
          actions: 'loseCsr',
          description: 'its CSR is void: the HSM that made it has failed',
          meta: { clause: '§cluster.csr.lost', also: ['§cluster.csr'] },
        },
        CreateHsm: [
          {
            guard: and([not('hasHsms'), 'isMapped']),
            description: 'gets its first HSM',
            meta: { clause: '§hsm.create' },
          },
          {
            guard: 'hasHsms',
            ...refusal('InvalidRequest', '§hsm.create.first', 'refused: one HSM until the cluster is ACTIVE'),
          },
          unmapped,
        ],
        InitializeCluster: [
          {
            guard: and(['hasActiveHsm', 'certifiesCsr']),
            target: 'INITIALIZE_IN_PROGRESS',
            actions: 'certify',
            description: 'the signed certificate is accepted',
            meta: { clause: '§cluster.initialize' },
          },
          {
            guard: not('hasActiveHsm'),
            ...refusal('InvalidRequest', '§cluster.initialize.csr', 'refused: the cluster has no CSR'),
          },
          {
            guard: 'certifiesLost',
            ...refusal('InvalidRequest', '§cluster.csr.lost', 'refused: the HSM of that CSR has failed'),
          },
          refusal(
            'InvalidRequest',
            '§cluster.initialize.certificate',
            'refused: the certificate is not one of the CSR',
          ),
        ],
        DeleteCluster: deletion,
        ModifyCluster: modification,
        ModifyHsmType: unmigratable,
        ...connected,
      },
    },
    INITIALIZE_IN_PROGRESS: {
      on: {
        ClusterInitialized: {
          target: 'INITIALIZED',
          description: 'the ClusterCertificate is present',
          meta: { clause: '§cluster.initialize' },
        },
        ...busy,
      },
    },
    INITIALIZED: {
      on: {
        ClusterActivated: {
          guard: 'hasOfficer',
          target: 'ACTIVE',
          description: 'the first officer has set a password',
          meta: { clause: '§cluster.activate' },
        },
        CreateHsm: [
          {
            guard: 'hasHsms',
            ...refusal('InvalidRequest', '§hsm.create.first', 'refused: one HSM until the cluster is ACTIVE'),
          },
          refusal('InvalidRequest', '§hsm.create.initialized', 'refused: the key that was certified is gone'),
        ],
        InitializeCluster: initialised,
        DeleteCluster: deletion,
        ModifyCluster: modification,
        ModifyHsmType: unmigratable,
        ...connected,
      },
    },
    ACTIVE: {
      on: {
        CreateHsm: [
          {
            guard: and(['isMapped', not('isFull'), 'hasSource']),
            description: 'gets another HSM, or the first one again',
            meta: { clause: '§hsm.create', also: ['§cluster.empty'] },
          },
          { guard: not('isMapped'), ...unmapped },
          { guard: 'isFull', ...refusal('InvalidRequest', '§hsm.create.limit', 'refused: it has as many as it may') },
          refusal('InvalidRequest', '§hsm.create.source', 'refused: there is nothing to restore an HSM from'),
        ],
        Day: {
          guard: and(['hasActiveHsm', not('isBackupDue')]),
          actions: 'endDay',
          description: 'a day is over: it is to be backed up',
          meta: { clause: '§backup.daily' },
        },
        ClusterBackedUp: [
          {
            guard: and(['hasActiveHsm', 'isBackupDue']),
            actions: 'noteBackup',
            description: 'is backed up once a day',
            meta: { clause: '§backup.daily' },
          },
          {
            guard: and(['hasActiveHsm', not('isBackedUp')]),
            description: 'is backed up because no backup is there, as after its activation',
            meta: { clause: '§backup.first' },
          },
        ],
        InitializeCluster: initialised,
        DeleteCluster: deletion,
        ModifyCluster: modificationInUse,
        ...connected,
        DescribeClusters: warned,
        ModifyHsmType: modifiedActive,
        Elapse: outlived,
      },
    },
    MODIFY_IN_PROGRESS: { on: { ...busy, ...inModification } },
    ROLLBACK_IN_PROGRESS: { on: { ...busy, ...inRollback } },
    DELETE_IN_PROGRESS: {
      on: {
        ClusterDeleted: {
          target: 'DELETED',
          actions: 'forget',
          description: 'the cluster is gone, its backups stay',
          meta: { clause: '§cluster.delete' },
        },
        ...busy,
      },
    },
    DELETED: { on: unborn },
  },
})
