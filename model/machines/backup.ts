/** The backup: taken inside an HSM, sealed, kept in the archive, copied, deleted after seven days. Slots of a cluster's are ordered by age. */
import { assertEvent, assign, emit, not, and, setup } from 'xstate'
import { EMPTY, type Contents } from './contents.ts'
import type { BackupPart, Condition, Label } from './restore.ts'
import { grown, isGrowing } from './retention.ts'
import { refusal, type AccountId, type HsmType, type Meta, type Mode, type Region } from './words.ts'

export type BackupState = 'vacant' | 'CREATE_IN_PROGRESS' | 'READY' | 'PENDING_DELETION'

export interface BackupContext {
  /** Slot of the cluster that it was taken from; null when that cluster is gone, and for a copy. */
  readonly cluster: number | null
  /** Where it is; null for a vacant slot. */
  readonly region: Region | null
  /** Whose it is; null for a vacant slot. */
  readonly account: AccountId | null
  /** Its resource policy names the other account. */
  readonly shared: boolean
  /** Of a copy, where the backup is that it was copied from. */
  readonly sourceRegion: Region | null
  /** Mode and type in which it was taken, whatever the label says. */
  readonly mode: Mode | null
  readonly hsmType: HsmType | null
  readonly contents: Contents
  /** Slot of the HSM that goes when this backup is READY. */
  readonly final: number | null
  /** Slots of the clusters that were created from it and exist. */
  readonly sourceOf: readonly number[]
  /** An HSM has refused it. */
  readonly rejected: boolean
  readonly condition: Condition
  /** Mode and type of the backup that one of its parts is of; null of a whole one. */
  readonly spliced: Label | null
  /** The seven days are over. */
  readonly graceOver: boolean
  /** Days since its snapshot, counted as far as a policy is told from another; 0 where they are not counted. */
  readonly age: number
  /** The customer has exempted it from retention. */
  readonly neverExpires: boolean
  /** Names of the keys that it takes to read the contents; none while it is inside the HSM. */
  readonly sealedUnder: readonly string[]
  /** Names of the keys that it takes to read the BEK; none while it is inside the HSM. */
  readonly wrappedUnder: readonly string[]
}

interface Snapshot {
  readonly cluster: number
  readonly region: Region | null
  readonly account: AccountId | null
  readonly mode: Mode | null
  readonly hsmType: HsmType | null
  readonly contents: Contents
}

/** Who asks. */
interface Asked {
  readonly account: AccountId
}

/** What its cluster has to do with how long it is kept. */
interface Kept {
  /** Days of the policy; null where there is none whose end is seen. */
  readonly retention: number | null
  /** It is the newest READY backup of the cluster. */
  readonly last: boolean
}

export type BackupEvent =
  | ({ readonly type: 'PeerBackedUp' } & Snapshot)
  | ({ readonly type: 'ClusterBackedUp' } & Snapshot)
  | ({ readonly type: 'HsmBackedUp' } & Snapshot)
  /** The cluster has its original type again, if it was not refused. */
  | { readonly type: 'ClusterRolledBack'; readonly cluster: number; readonly done: boolean }
  | ({
      readonly type: 'DeleteHsm'
      readonly hsm: number
      readonly hsmState: string
      readonly clusterState: string
    } & Snapshot)
  | { readonly type: 'BackupSealed' }
  | { readonly type: 'FailSeal' }
  | { readonly type: 'FailHsm'; readonly hsm: number }
  /** This backup is to be copied. */
  | ({ readonly type: 'CopyBackupToRegion'; readonly region: Region } & Asked)
  /** This backup is the copy. */
  | ({ readonly type: 'CopyStarted' } & Pick<
      BackupContext,
      | 'mode'
      | 'hsmType'
      | 'contents'
      | 'condition'
      | 'spliced'
      | 'region'
      | 'account'
      | 'sourceRegion'
      | 'sealedUnder'
      | 'wrappedUnder'
    >)
  | { readonly type: 'BackupCopied' }
  | { readonly type: 'FailCopy' }
  | ({
      readonly type: 'CreateCluster'
      readonly mode: Mode
      readonly hsmType: HsmType
      readonly cluster: number
      readonly region: Region
    } & Asked)
  | ({ readonly type: 'ClusterDeleted'; readonly cluster: number } & Kept)
  | { readonly type: 'HsmRestored'; readonly refused: boolean }
  | { readonly type: 'RestoreOnto' }
  | ({ readonly type: 'DeleteBackup' } & Asked)
  | ({ readonly type: 'RestoreBackup' } & Asked)
  | ({ readonly type: 'PutResourcePolicy' } & Asked)
  | ({ readonly type: 'GetResourcePolicy' } & Asked)
  | ({ readonly type: 'DeleteResourcePolicy' } & Asked)
  /** `counted`: its age is, since somebody has asked for the policy of its cluster. */
  | { readonly type: 'Elapse'; readonly counted: boolean }
  | { readonly type: 'BackupPurged' }
  | ({ readonly type: 'ModifyBackupAttributes'; readonly neverExpires: boolean } & Asked)
  | ({ readonly type: 'BackupExpired' } & Kept)
  | { readonly type: 'DescribeBackups' }
  | { readonly type: 'AlterBackup'; readonly part: BackupPart }
  | { readonly type: 'TruncateBackup' }
  | { readonly type: 'RelabelBackup'; readonly field: 'mode' | 'hsmType' }
  | { readonly type: 'SpliceBackup'; readonly part: BackupPart; readonly from: Label | null }
  /** `older`: the cluster and contents of an older backup that stands in its place from then on. */
  | {
      readonly type: 'ReplayBackup'
      readonly older: Pick<BackupContext, 'cluster' | 'hsmType' | 'contents'> | null
    }
  /** A part of it, or the whole, is put into another. */
  | { readonly type: 'LendBackup' }

/**
 * What leaves a boundary: over which channel, and the names of the keys that it takes to read it. A warning is what the
 * client says to its customer, and nobody else hears it.
 */
export interface Emitted {
  readonly type: 'backup' | 'record' | 'synchronisation' | 'warning'
  readonly under: readonly string[]
  readonly wrapped: readonly string[]
}

const none: BackupContext = {
  cluster: null,
  region: null,
  account: null,
  shared: false,
  sourceRegion: null,
  mode: null,
  hsmType: null,
  contents: EMPTY,
  final: null,
  sourceOf: [],
  rejected: false,
  condition: 'intact',
  spliced: null,
  graceOver: false,
  age: 0,
  neverExpires: false,
  sealedUnder: [],
  wrappedUnder: [],
}

/** What the backup says of itself, to DescribeBackups, to CreateCluster and to hardware. */
export const label = ({ mode, hsmType, condition, spliced }: BackupContext): Label => {
  if (mode === null || hsmType === null) throw new Error('expected a backup, got a vacant slot')
  if (condition === 'spliced header' && spliced !== null) return spliced
  const otherMode = mode === 'FIPS' ? 'NON_FIPS' : 'FIPS'
  const otherType = hsmType === 'hsm1.medium' ? 'hsm2m.medium' : 'hsm1.medium'
  return { mode: condition === 'mode' ? otherMode : mode, hsmType: condition === 'type' ? otherType : hsmType }
}

/** What only its owner may ask of it. */
const byOwner = [
  'DeleteBackup',
  'RestoreBackup',
  'ModifyBackupAttributes',
  'CopyBackupToRegion',
  'PutResourcePolicy',
  'GetResourcePolicy',
  'DeleteResourcePolicy',
] as const

/** Mode and type of the HSM that wrapped the BEK that is in it. */
export const wrapper = ({ mode, hsmType, condition, spliced }: BackupContext): Label => {
  if (mode === null || hsmType === null) throw new Error('expected a backup, got a vacant slot')
  return condition === 'spliced wrapped' && spliced !== null ? spliced : { mode, hsmType }
}

const unknown = refusal('ResourceNotFound', '§backup.unknown', 'refused: there is no such backup')
const unshareable = refusal('InvalidRequest', '§backup.share.state', 'refused: the backup is not READY')
const described = { description: 'is listed as it is', meta: { clause: '§backup.describe' } }
const unmodifiable = refusal('InvalidRequest', '§backup.attributes.state', 'refused: the backup is not READY')
const undeletable = refusal('InvalidRequest', '§backup.undelete.state', 'refused: the backup is not being deleted')
const unseen = refusal('ResourceNotFound', '§backup.hidden', 'refused: another account has the backup to itself')
const hidden = { guard: 'isHidden', ...unseen } as const
const forbidden = refusal('AccessDenied', '§backup.denied', 'refused: another account only shares the backup')
const denied = { guard: not('isOwners'), ...forbidden } as const

/** What its owner does about the policy, in a state in which there may be one. */
const policy = {
  GetResourcePolicy: [
    { guard: 'isOwners', description: 'shows its policy, or that it has none', meta: { clause: '§backup.share.show' } },
    hidden,
    forbidden,
  ],
  DeleteResourcePolicy: [
    {
      guard: 'isOwners',
      actions: 'unshare',
      description: 'is shared no more',
      meta: { clause: '§backup.unshare' },
    },
    hidden,
    forbidden,
  ],
} as const

const elsewhere = {
  guard: not('isInThatRegion'),
  ...refusal('ResourceNotFound', '§cluster.source.region', 'refused: the source backup is in another Region'),
} as const
const unoffered = {
  guard: 'isHidden',
  ...refusal('ResourceNotFound', '§cluster.source.account', 'refused: another account has the source to itself'),
} as const
const notReady = [
  elsewhere,
  unoffered,
  refusal('InvalidRequest', '§cluster.source.ready', 'refused: the source backup is not READY'),
] as const
const copied = [
  {
    guard: and(['isOwners', not('isInThatRegion')]),
    description: 'is read for a copy, and stays as it is',
    meta: { clause: '§backup.copy' },
  },
  hidden,
  denied,
  refusal('InvalidRequest', '§backup.copy.region', 'refused: the backup is in that Region'),
] as const
const orphaned = {
  guard: 'isOfThatCluster',
  actions: 'orphan',
  description: 'stays, although a cluster that it was taken from or restored to is gone',
  meta: { clause: '§backup.archive', also: ['§cluster.delete'] },
} as const

const tooNew = {
  guard: 'isTooNew',
  actions: 'reject',
  description: 'is marked: its cluster has the older type again',
  meta: { clause: '§rollback.backups' },
} as const

const ageing = {
  guard: 'isAgeing',
  actions: 'grow',
  description: 'grows older by seven days',
  meta: { clause: '§backup.expire' },
} as const

export const backupMachine = (deleteAgain: 'refused' | 'accepted') =>
  setup({
    types: {
      context: {} as BackupContext,
      events: {} as BackupEvent,
      meta: {} as Meta,
      emitted: {} as Emitted,
    },
    guards: {
      isFinal: ({ event }) => {
        assertEvent(event, 'DeleteHsm')
        return event.hsmState === 'ACTIVE' && event.clusterState === 'ACTIVE'
      },
      isFinalOf: ({ context, event }) => {
        assertEvent(event, 'FailHsm')
        return context.final === event.hsm
      },
      isOfThatCluster: ({ context, event }) => {
        assertEvent(event, 'ClusterDeleted')
        return context.cluster === event.cluster || context.sourceOf.includes(event.cluster)
      },
      isLabelledThatMode: ({ context, event }) => {
        assertEvent(event, 'CreateCluster')
        return label(context).mode === event.mode
      },
      isLabelledThatTypeOrOlder: ({ context, event }) => {
        assertEvent(event, 'CreateCluster')
        return !(event.hsmType === 'hsm1.medium' && label(context).hsmType === 'hsm2m.medium')
      },
      isInThatRegion: ({ context, event }) => {
        assertEvent(event, ['CreateCluster', 'CopyBackupToRegion'])
        return context.region === event.region
      },
      isOwners: ({ context, event }) => {
        assertEvent(event, byOwner)
        return context.account === event.account
      },
      isHidden: ({ context, event }) => {
        assertEvent(event, ['CreateCluster', ...byOwner])
        return context.account !== event.account && !context.shared
      },
      isCopy: ({ context }) => context.sourceRegion !== null,
      wasRefused: ({ event }) => {
        assertEvent(event, 'HsmRestored')
        return event.refused
      },
      isInGrace: ({ context }) => !context.graceOver,
      isAgeing: ({ context, event }) => {
        assertEvent(event, 'Elapse')
        return event.counted && isGrowing(context.age)
      },
      isExempt: ({ context }) => context.neverExpires,
      isTooNew: ({ context, event }) => {
        assertEvent(event, 'ClusterRolledBack')
        return event.done && context.cluster === event.cluster && context.hsmType === 'hsm2m.medium'
      },
      isOutlived: ({ context, event }) => {
        assertEvent(event, ['BackupExpired', 'ClusterDeleted'])
        return event.retention !== null && context.age >= event.retention
      },
      isLast: ({ event }) => {
        assertEvent(event, ['BackupExpired', 'ClusterDeleted'])
        return event.last
      },
      isExpired: and(['isOutlived', not('isExempt'), not('isLast')]),
      isIntact: ({ context }) => context.condition === 'intact',
      isGivenPart: ({ event }) => {
        assertEvent(event, 'SpliceBackup')
        return event.from !== null
      },
      isGivenOlder: ({ context, event }) => {
        assertEvent(event, 'ReplayBackup')
        const { cluster = null, hsmType } = event.older ?? {}
        return cluster !== null && cluster === context.cluster && hsmType === context.hsmType
      },
      'choice.backup.delete.again': () => deleteAgain === 'accepted',
    },
    actions: {
      snapshot: assign(({ event }) => {
        assertEvent(event, ['PeerBackedUp', 'ClusterBackedUp', 'HsmBackedUp', 'DeleteHsm'])
        const { cluster, region, account, mode, hsmType, contents } = event
        return { cluster, region, account, mode, hsmType, contents }
      }),
      copy: assign(({ event }) => {
        assertEvent(event, 'CopyStarted')
        const { type: _type, ...copied } = event
        return copied
      }),
      awaited: assign({
        final: ({ event }) => {
          assertEvent(event, 'DeleteHsm')
          return event.hsm
        },
      }),
      encryptUnderBek: assign({ sealedUnder: ['BEK'] }),
      wrapUnderPbk: assign({ wrappedUnder: ['MKBK', 'AKBK'] }),
      handOver: emit(({ context }) => ({
        type: 'backup',
        under: context.sealedUnder,
        wrapped: context.wrappedUnder,
      })),
      share: assign({ shared: true }),
      unshare: assign({ shared: false }),
      release: assign({ final: null }),
      becomeSource: assign({
        sourceOf: ({ context, event }) => {
          assertEvent(event, 'CreateCluster')
          return [...context.sourceOf, event.cluster].toSorted((a, b) => a - b)
        },
      }),
      orphan: assign(({ context, event }) => {
        assertEvent(event, 'ClusterDeleted')
        const isOwn = context.cluster === event.cluster
        return {
          cluster: isOwn ? null : context.cluster,
          age: isOwn ? 0 : context.age,
          sourceOf: context.sourceOf.filter(cluster => cluster !== event.cluster),
        }
      }),
      reject: assign({ rejected: true }),
      expire: assign({ graceOver: true }),
      grow: assign({ age: ({ context }) => grown(context.age) }),
      exempt: assign({
        neverExpires: ({ event }) => {
          assertEvent(event, 'ModifyBackupAttributes')
          return event.neverExpires
        },
      }),
      alter: assign({
        condition: ({ event }) => {
          assertEvent(event, 'AlterBackup')
          return event.part
        },
      }),
      truncate: assign({ condition: 'truncated' }),
      relabel: assign({
        condition: ({ event }) => {
          assertEvent(event, 'RelabelBackup')
          return event.field === 'mode' ? ('mode' as const) : ('type' as const)
        },
      }),
      splice: assign(({ event }) => {
        assertEvent(event, 'SpliceBackup')
        return { condition: `spliced ${event.part}` as const, spliced: event.from }
      }),
      replay: assign(({ event }) => {
        assertEvent(event, 'ReplayBackup')
        return { condition: 'replayed' as const, contents: event.older?.contents ?? EMPTY }
      }),
      forget: assign(none),
    },
  }).createMachine({
    id: 'backup',
    context: none,
    initial: 'vacant',
    states: {
      vacant: {
        on: {
          PeerBackedUp: {
            target: 'CREATE_IN_PROGRESS',
            actions: 'snapshot',
            description: 'the contents of a peer are copied for an HSM that joins',
            meta: { clause: '§hsm.join.snapshot', also: ['§backup.bek'] },
          },
          ClusterBackedUp: {
            target: 'CREATE_IN_PROGRESS',
            actions: 'snapshot',
            description: 'the contents of an HSM are copied, because it is time',
            meta: { clause: '§backup.daily', also: ['§backup.first', '§backup.bek'] },
          },
          HsmBackedUp: {
            target: 'CREATE_IN_PROGRESS',
            actions: 'snapshot',
            description: 'the contents of an HSM that is to be migrated are copied',
            meta: { clause: '§migrate.backup', also: ['§backup.bek'] },
          },
          DeleteHsm: {
            guard: 'isFinal',
            target: 'CREATE_IN_PROGRESS',
            actions: ['snapshot', 'awaited'],
            description: 'the final contents of an HSM that goes are copied',
            meta: { clause: '§hsm.delete.backup', also: ['§backup.bek'] },
          },
          CopyStarted: {
            target: 'CREATE_IN_PROGRESS',
            actions: 'copy',
            description: 'a copy is made of the bytes that a backup in another Region has now',
            meta: { clause: '§backup.copy', also: ['§backup.copy.exact', '§backup.copy.detached'] },
          },
          CreateCluster: refusal('ResourceNotFound', '§cluster.source.unknown', 'refused: there is no such backup'),
          CopyBackupToRegion: unknown,
          PutResourcePolicy: unknown,
          GetResourcePolicy: unknown,
          DeleteResourcePolicy: unknown,
          DeleteBackup: unknown,
          RestoreBackup: unknown,
          ModifyBackupAttributes: unknown,
          DescribeBackups: { description: 'is not listed', meta: { clause: '§backup.describe' } },
        },
      },
      CREATE_IN_PROGRESS: {
        on: {
          BackupSealed: {
            guard: not('isCopy'),
            target: 'READY',
            actions: ['encryptUnderBek', 'wrapUnderPbk', 'handOver', 'release'],
            description: 'leaves the HSM encrypted under its BEK, with the BEK wrapped under PBK',
            meta: { clause: '§backup.seal', also: ['§backup.sealed', '§backup.wrapped', '§backup.bek'] },
          },
          FailSeal: {
            guard: not('isCopy'),
            target: 'vacant',
            actions: 'forget',
            description: 'sealing fails: the backup is DELETED',
            meta: { fail: 'SEAL_FAILED', clause: '§backup.seal.failed' },
          },
          FailHsm: {
            guard: 'isFinalOf',
            target: 'vacant',
            actions: 'forget',
            description: 'its HSM fails, and the backup is DELETED with it',
            meta: { clause: '§hsm.fail.deleting' },
          },
          BackupCopied: {
            guard: 'isCopy',
            target: 'READY',
            description: 'has arrived in its Region',
            meta: { clause: '§backup.copy.ready' },
          },
          FailCopy: {
            guard: 'isCopy',
            target: 'vacant',
            actions: 'forget',
            description: 'copying fails: the copy is DELETED',
            meta: { fail: 'COPY_FAILED', clause: '§backup.copy.failed' },
          },
          CopyBackupToRegion: [
            hidden,
            refusal('InvalidRequest', '§backup.copy.state', 'refused: the backup is being made'),
          ],
          PutResourcePolicy: [hidden, unshareable],
          GetResourcePolicy: [
            { guard: 'isOwners', description: 'has no policy yet', meta: { clause: '§backup.share.show' } },
            unseen,
          ],
          DeleteResourcePolicy: [
            { guard: 'isOwners', description: 'has no policy to lose', meta: { clause: '§backup.unshare' } },
            unseen,
          ],
          ClusterDeleted: orphaned,
          CreateCluster: notReady,
          DeleteBackup: [
            hidden,
            refusal('InvalidRequest', '§backup.delete.state', 'refused: the backup is being made'),
          ],
          RestoreBackup: [hidden, undeletable],
          ModifyBackupAttributes: [hidden, unmodifiable],
          Elapse: ageing,
          ClusterRolledBack: tooNew,
          DescribeBackups: described,
        },
      },
      READY: {
        on: {
          ClusterRolledBack: tooNew,
          CreateCluster: [
            {
              guard: and(['isInThatRegion', not('isHidden'), 'isLabelledThatMode', 'isLabelledThatTypeOrOlder']),
              actions: 'becomeSource',
              description: 'a cluster is created from it',
              meta: { clause: '§cluster.create.restored' },
            },
            elsewhere,
            unoffered,
            {
              guard: not('isLabelledThatMode'),
              ...refusal('InvalidRequest', '§cluster.source.mode', 'refused: it is labelled with the other mode'),
            },
            refusal('InvalidRequest', '§cluster.source.type', 'refused: it is labelled with a newer type'),
          ],
          ClusterDeleted: [
            {
              guard: and(['isOfThatCluster', 'isExpired']),
              actions: 'orphan',
              description: 'stays, however old it is: its policy went with its cluster',
              meta: { clause: '§backup.expire.orphan', also: ['§backup.archive', '§cluster.delete'] },
            },
            orphaned,
          ],
          HsmRestored: [
            {
              guard: 'wasRefused',
              actions: 'reject',
              description: 'is marked as refused by an HSM',
              meta: { clause: '§hsm.join.refused' },
            },
            {
              guard: not('wasRefused'),
              description: 'was read, and stays as it is',
              meta: { clause: '§backup.archive' },
            },
          ],
          CopyBackupToRegion: copied,
          RestoreOnto: { description: 'is read, and stays as it is', meta: { clause: '§backup.archive' } },
          DeleteBackup: [
            {
              guard: 'isOwners',
              target: 'PENDING_DELETION',
              description: 'will be deleted in seven days',
              meta: { clause: '§backup.delete' },
            },
            hidden,
            forbidden,
          ],
          BackupExpired: {
            guard: 'isExpired',
            target: 'PENDING_DELETION',
            description: 'is older than its cluster keeps backups: will be deleted in seven days',
            meta: { clause: '§backup.expire', also: ['§backup.expire.never', '§backup.expire.last'] },
          },
          Elapse: [
            {
              guard: and(['isAgeing', 'isExempt']),
              actions: 'grow',
              description: 'grows older, and is kept whatever its age',
              meta: { clause: '§backup.expire.never' },
            },
            ageing,
          ],
          ModifyBackupAttributes: [
            {
              guard: 'isOwners',
              actions: 'exempt',
              description: 'is exempted from retention, or no longer',
              meta: { clause: '§backup.attributes' },
            },
            hidden,
            forbidden,
          ],
          RestoreBackup: [hidden, denied, undeletable],
          PutResourcePolicy: [
            {
              guard: 'isOwners',
              actions: 'share',
              description: 'is shared with the other account',
              meta: { clause: '§backup.share' },
            },
            hidden,
            forbidden,
          ],
          ...policy,
          DescribeBackups: described,
          AlterBackup: {
            guard: 'isIntact',
            actions: 'alter',
            description: 'one of its parts is altered in the archive',
            meta: { clause: '§loss.altered' },
          },
          TruncateBackup: {
            guard: 'isIntact',
            actions: 'truncate',
            description: 'is cut short in the archive',
            meta: { clause: '§loss.altered' },
          },
          RelabelBackup: {
            guard: 'isIntact',
            actions: 'relabel',
            description: 'is labelled with another mode or type in the archive',
            meta: { clause: '§loss.altered' },
          },
          SpliceBackup: {
            guard: and(['isIntact', 'isGivenPart']),
            actions: 'splice',
            description: 'gets a part of another backup in the archive',
            meta: { clause: '§loss.altered' },
          },
          ReplayBackup: {
            guard: and(['isIntact', 'isGivenOlder']),
            actions: 'replay',
            description: 'is replaced in the archive by an older backup of its cluster, whole',
            meta: { clause: '§adversary.replay' },
          },
          LendBackup: {
            guard: 'isIntact',
            description: 'is copied into another, and stays as it is',
            meta: { clause: '§backup.archive' },
          },
        },
      },
      PENDING_DELETION: {
        on: {
          ClusterRolledBack: tooNew,
          RestoreBackup: [
            {
              guard: and(['isOwners', 'isInGrace']),
              target: 'READY',
              description: 'is READY again',
              meta: { clause: '§backup.undelete' },
            },
            hidden,
            denied,
            refusal('InvalidRequest', '§backup.undelete.grace', 'refused: the seven days are over'),
          ],
          Elapse: {
            guard: 'isInGrace',
            actions: 'expire',
            description: 'seven days pass',
            meta: { clause: '§backup.purge' },
          },
          BackupPurged: {
            guard: not('isInGrace'),
            target: 'vacant',
            actions: 'forget',
            description: 'is DELETED for ever',
            meta: { clause: '§backup.purge' },
          },
          ClusterDeleted: orphaned,
          CreateCluster: notReady,
          CopyBackupToRegion: copied,
          DeleteBackup: [
            {
              guard: and(['isOwners', 'choice.backup.delete.again']),
              description: 'is being deleted already: accepted without effect',
              meta: { clause: '§backup.delete.state' },
            },
            hidden,
            denied,
            refusal('InvalidRequest', '§backup.delete.state', 'refused: the backup is being deleted already'),
          ],
          PutResourcePolicy: [hidden, denied, unshareable],
          ...policy,
          ModifyBackupAttributes: [hidden, denied, unmodifiable],
          DescribeBackups: described,
        },
      },
    },
  })
