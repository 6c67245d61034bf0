/** The cluster: created, initialised, activated, kept while empty, deleted. It decides what its state allows to be asked of it. */
import { and, assertEvent, assign, not, setup } from 'xstate'
import { refusal, type AccountId, type HsmType, type Meta, type Mode, type Region } from './words.ts'

export type ClusterState =
  | 'vacant'
  | 'CREATE_IN_PROGRESS'
  | 'UNINITIALIZED'
  | 'INITIALIZE_IN_PROGRESS'
  | 'INITIALIZED'
  | 'ACTIVE'
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
    }
  | { readonly type: 'ClusterCreated' }
  | {
      readonly type: 'InitializeCluster'
      /** The cluster has an ACTIVE HSM, so it has a CSR. */
      readonly active: boolean
      readonly certificate: 'matching' | 'mismatched'
      readonly value: number
    }
  | { readonly type: 'ClusterInitialized' }
  | { readonly type: 'ClusterActivated'; readonly activated: boolean }
  | { readonly type: 'CreateHsm'; readonly hsms: number; readonly source: boolean }
  | { readonly type: 'DeleteCluster'; readonly hsms: number }
  | { readonly type: 'ClusterDeleted' }
  | { readonly type: 'DescribeClusters' }
  /** The customer's client looks for an HSM of the cluster: only a refusal is of interest. */
  | { readonly type: 'Connect'; readonly active: boolean }

const none: ClusterContext = { hsmType: null, mode: null, region: null, account: null, restored: false, certificate: 0 }

const unknown = refusal('ResourceNotFound', '§cluster.unknown', 'refused: there is no such cluster')
const described = { description: 'is listed as it is', meta: { clause: '§cluster.describe' } }
const connect = {
  guard: not('hasActiveHsm'),
  ...refusal('UNAVAILABLE', '§client.available', 'refused: the cluster has no ACTIVE HSM'),
} as const
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

const unborn = {
  CreateCluster: [
    {
      guard: not('hsm1NonFips'),
      target: 'CREATE_IN_PROGRESS',
      actions: 'found',
      description: 'a new cluster with the mode and type asked for',
      meta: { clause: '§cluster.create' },
    },
    refusal('InvalidRequest', '§cluster.mode.hsm1', 'refused: hsm1.medium exists in FIPS mode only'),
  ],
  InitializeCluster: unknown,
  CreateHsm: unknown,
  DeleteCluster: unknown,
  DescribeClusters: { description: 'is not listed', meta: { clause: '§cluster.describe' } },
  Connect: refusal('UNAVAILABLE', '§client.available', 'refused: there is no such cluster to connect to'),
} as const

const busy = {
  CreateHsm: refusal('InvalidRequest', '§hsm.create.state', 'refused: the cluster is changing'),
  DeleteCluster: refusal('InvalidRequest', '§cluster.delete.state', 'refused: the cluster is changing'),
  InitializeCluster: refusal('InvalidRequest', '§cluster.initialize.state', 'refused: the cluster is changing'),
  ...connected,
} as const

const initialised = refusal('InvalidRequest', '§cluster.initialize.state', 'refused: the cluster is initialised')

export const clusterMachine = setup({
  types: { context: {} as ClusterContext, events: {} as ClusterEvent, meta: {} as Meta },
  guards: {
    hsm1NonFips: ({ event }) => {
      assertEvent(event, 'CreateCluster')
      return event.hsmType === 'hsm1.medium' && event.mode === 'NON_FIPS'
    },
    isRestored: ({ context }) => context.restored,
    hasHsms: ({ event }) => {
      assertEvent(event, ['CreateHsm', 'DeleteCluster'])
      return event.hsms > 0
    },
    hasSource: ({ event }) => {
      assertEvent(event, 'CreateHsm')
      return event.source
    },
    hasActiveHsm: ({ event }) => {
      assertEvent(event, ['InitializeCluster', 'Connect'])
      return event.active
    },
    certifiesCsr: ({ event }) => {
      assertEvent(event, 'InitializeCluster')
      return event.certificate === 'matching'
    },
    hasOfficer: ({ event }) => {
      assertEvent(event, 'ClusterActivated')
      return event.activated
    },
  },
  actions: {
    found: assign(({ event }) => {
      assertEvent(event, 'CreateCluster')
      const { hsmType, mode, region, account, restored, certificate } = event
      return { hsmType, mode, region, account, restored, certificate }
    }),
    settle: assign({ restored: false }),
    certify: assign({
      certificate: ({ event }) => {
        assertEvent(event, 'InitializeCluster')
        return event.value
      },
    }),
    forget: assign(none),
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
        CreateHsm: [
          { guard: not('hasHsms'), description: 'gets its first HSM', meta: { clause: '§hsm.create' } },
          refusal('InvalidRequest', '§hsm.create.first', 'refused: one HSM until the cluster is ACTIVE'),
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
          refusal(
            'InvalidRequest',
            '§cluster.initialize.certificate',
            'refused: the certificate is not one of the CSR',
          ),
        ],
        DeleteCluster: deletion,
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
        ...connected,
      },
    },
    ACTIVE: {
      on: {
        CreateHsm: [
          {
            guard: 'hasSource',
            description: 'gets another HSM, or the first one again',
            meta: { clause: '§hsm.create', also: ['§cluster.empty'] },
          },
          refusal('InvalidRequest', '§hsm.create.source', 'refused: there is nothing to restore an HSM from'),
        ],
        InitializeCluster: initialised,
        DeleteCluster: deletion,
        ...connected,
      },
    },
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
