/** The reference implementation as a target: it plays the customer and the adversary, and holds only the mapping. */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { match, P } from 'ts-pattern'
import {
  createAccount,
  type Account,
  type AccountParts,
  type Choices,
  type Command,
  type Ledger,
} from '../../impl/index.ts'
import type {
  AdversaryRequest,
  Answer,
  ControlRequest,
  DataRequest,
  Request,
  Result,
  Target,
  TargetFactory,
  TargetOptions,
} from './port.ts'
import { observedBackup, sharedWith } from './reference-backups.ts'
import { observedCluster } from './reference-clusters.ts'
import { createAdversary, type Adversary } from './reference-adversary.ts'
import { hearing, ledgerOf, tellingParts } from './reference-ledger.ts'
import { nameOf, subnetsIn } from './reference-zones.ts'
import { createCustomer, termsOf, type Customer } from './reference-customer.ts'

export type { Target, TargetFactory, TargetOptions }

export interface ReferenceOptions {
  readonly name?: string
  /** Collaborators to put in place of the reference's own. */
  readonly parts?: Partial<AccountParts>
  readonly choices?: Partial<Choices>
}

/** Targets over the reference implementation, one empty account each. */
export const referenceTarget =
  ({ name = 'reference', parts, choices }: ReferenceOptions = {}): TargetFactory =>
  ({ seed }) => {
    const bytes = seedBytes(seed)
    const account = createAccount({ seed: bytes, parts: tellingParts(parts), ...(choices && { choices }) })
    return targetOf(name, account, createCustomer(account, bytes), createAdversary(account), ledgerOf(bytes))
  }

const seedBytes = (seed: number): Uint8Array => {
  const bytes = new Uint8Array(32)
  new DataView(bytes.buffer).setFloat64(0, seed)
  return bytes
}

const targetOf = (
  name: string,
  account: Account,
  customer: Customer,
  adversary: Adversary,
  ledger: Ledger,
): Target => ({
  name,
  profile: ['control', 'data', 'regions', 'accounts', 'migration', 'adversary', 'crashes', 'sealings', 'forkable'],
  apply: request => hearing(ledger, () => apply(account, customer, adversary, request)),
  pending: () => account.service.pending(),
  settle: due => {
    const settled = hearing(ledger, () => account.service.settle(due))
    if (due.effect === 'HsmProvisioned') customer.noteCsr(due.subject)
    return settled.ok ? { kind: 'accepted' } : { kind: 'failed', code: settled.code }
  },
  observe: () => {
    const { clusters, backups, consumers } = account.service.look()
    const active = clusters.flatMap(({ hsms }) => hsms.filter(({ state }) => state === 'ACTIVE'))
    const contents = active.flatMap(({ hsmId }) => {
      const seen = customer.inspect(hsmId)
      return seen === null ? [] : [[hsmId, seen] as const]
    })
    return {
      clusters: clusters.map(cluster => observedCluster(account, cluster)),
      backups: backups.map(backup => ({ ...observedBackup(backup), ...sharedWith(consumers.get(backup.backupId)) })),
      contents: Object.fromEntries(contents),
      bench: adversary.bench(),
    }
  },
  view: () => account.service.view,
  sealings: () => ledger.sealings,
  fork: () => {
    const copy = account.fork()
    return targetOf(name, copy, customer.fork(copy), adversary.fork(copy), ledger.fork())
  },
})

const apply = (account: Account, customer: Customer, adversary: Adversary, request: Request): Answer =>
  match(request)
    .with(
      {
        op: P.union(
          'CreateCluster',
          'InitializeCluster',
          'DeleteCluster',
          'ModifyCluster',
          'ModifyHsmType',
          'DescribeClusters',
          'CreateHsm',
          'DeleteHsm',
          'DeleteBackup',
          'RestoreBackup',
          'ModifyBackupAttributes',
          'DescribeBackups',
          'CopyBackupToRegion',
          'PutResourcePolicy',
          'GetResourcePolicy',
          'DeleteResourcePolicy',
        ),
      },
      control => applyControl(account, customer, control),
    )
    .with(
      {
        op: P.union(
          'Activate',
          'LogIn',
          'ListUsers',
          'CreateUser',
          'ChangePassword',
          'DeleteUser',
          'GenerateKey',
          'UseKey',
          'DeleteKey',
          'SetPolicy',
          'SetQuorum',
          'QuorumToken',
          'ApproveToken',
        ),
      },
      data => applyData(customer, data),
    )
    .otherwise(move => {
      const answered = adversary.apply(move satisfies AdversaryRequest)
      if (move.op === 'Crash' || move.op === 'Recover') customer.noteCsrs()
      return answered
    })

/** What is made of any outcome: accepted, with what `resultOf` makes of its value, or refused. */
const answer = <T>(
  outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string },
  resultOf?: (value: T) => Result,
): Answer => {
  if (!outcome.ok) return { kind: 'refused', code: outcome.code }
  return { kind: 'accepted', ...(resultOf && { result: resultOf(outcome.value) }) }
}

/** What answers with a list, and has no code to refuse with. */
const isList = ({ op }: ControlRequest): boolean => op === 'DescribeClusters' || op === 'DescribeBackups'

const applyControl = (account: Account, customer: Customer, request: ControlRequest): Answer => {
  const { service } = account
  if (isList(request) && service.isOut()) return { kind: 'refused', code: 'InternalFailure' }
  return match(request)
    .with({ op: 'CreateCluster' }, ({ op: _op, subnets, ...asked }) => {
      const created = service.createCluster({ ...asked, subnetIds: subnets && subnetsIn(subnets) })
      if (created.ok) customer.noteMode(created.value.clusterId, asked.mode)
      return answer(created, ({ clusterId }) => ({ clusterId }))
    })
    .with({ op: 'InitializeCluster' }, ({ clusterId, certificate }) => {
      const signedCert = customer.certificateFor(clusterId, certificate)
      return answer(service.initializeCluster({ clusterId, signedCert, trustAnchor: customer.anchor }))
    })
    .with({ op: 'DeleteCluster' }, ({ clusterId }) => answer(service.deleteCluster(clusterId)))
    .with({ op: 'ModifyCluster' }, ({ clusterId, retentionDays }) =>
      answer(service.modifyCluster({ clusterId, retentionDays })),
    )
    .with({ op: 'ModifyHsmType' }, ({ clusterId, hsmType }) => answer(service.modifyHsmType({ clusterId, hsmType })))
    .with({ op: 'DescribeClusters' }, ({ op: _op, clusterId, ...asked }) => ({
      kind: 'accepted' as const,
      result: {
        clusters: service.describeClusters(clusterId, asked).map(cluster => observedCluster(account, cluster)),
      },
    }))
    .with({ op: 'CreateHsm' }, ({ clusterId, zone }) =>
      answer(service.createHsm(clusterId, zone && nameOf(zone)), ({ hsmId }) => ({ hsmId })),
    )
    .with({ op: 'DeleteHsm' }, ({ clusterId, hsmId }) => answer(service.deleteHsm(clusterId, hsmId)))
    .with({ op: 'DeleteBackup' }, ({ backupId, account }) => answer(service.deleteBackup(backupId, account)))
    .with({ op: 'RestoreBackup' }, ({ backupId, account }) => answer(service.restoreBackup(backupId, account)))
    .with({ op: 'ModifyBackupAttributes' }, ({ op: _op, ...asked }) => answer(service.modifyBackupAttributes(asked)))
    .with({ op: 'DescribeBackups' }, ({ op: _op, backupId, ...asked }) => ({
      kind: 'accepted' as const,
      result: { backups: service.describeBackups(backupId, asked).map(observedBackup) },
    }))
    .with({ op: 'CopyBackupToRegion' }, ({ backupId, region, account }) =>
      answer(service.copyBackupToRegion(backupId, region, account)),
    )
    .with({ op: 'PutResourcePolicy' }, ({ backupId, consumer, account }) =>
      answer(service.putResourcePolicy(backupId, consumer, account)),
    )
    .with({ op: 'GetResourcePolicy' }, ({ backupId, account }) =>
      answer(service.getResourcePolicy(backupId, account), ({ consumer }) => (consumer === null ? {} : { consumer })),
    )
    .with({ op: 'DeleteResourcePolicy' }, ({ backupId, account }) =>
      answer(service.deleteResourcePolicy(backupId, account)),
    )
    .exhaustive()
}

/** A wrong password is counted: the login failed, and was not refused. */
const applyData = (customer: Customer, request: DataRequest): Answer => {
  if (request.op === 'QuorumToken') return answer(customer.askForTokens(request), tokens => ({ tokens }))
  if (request.op === 'ApproveToken') return answer(customer.approve(request))
  const performed = customer.perform(request.clusterId, commandOf(request), termsOf(request))
  if (!performed.ok && performed.code === 'LOGIN_FAILURE') return { kind: 'failed', code: performed.code }
  return answer(performed, value => {
    if (value.kind === 'users') return { users: value.users, locked: value.locked, uneven: value.uneven ?? [] }
    return value.kind === 'bytes' ? { check: bytesToHex(value.bytes), ...(value.by && { servedBy: value.by }) } : {}
  })
}

type Told = Exclude<DataRequest, { readonly op: 'QuorumToken' | 'ApproveToken' }>

const commandOf = (request: Told): Command =>
  match<Told, Command>(request)
    .with({ op: 'Activate' }, ({ op, password, label, publicKey }) => ({
      op,
      password,
      label,
      publicKey: hexToBytes(publicKey),
    }))
    .with({ op: 'LogIn' }, ({ op, as }) => ({ op, as }))
    .with({ op: 'ListUsers' }, ({ op }) => ({ op }))
    .with({ op: 'CreateUser' }, ({ op, as, user: name, password, publicKey }) => ({
      op,
      as,
      name,
      role: name === 'CU' ? 'CU' : 'CO',
      password,
      ...(publicKey !== undefined && { publicKey: hexToBytes(publicKey) }),
    }))
    .with({ op: 'ChangePassword' }, ({ op, as, user: name, password }) => ({ op, as, name, password }))
    .with({ op: 'DeleteUser' }, ({ op, as, user: name }) => ({ op, as, name }))
    .with({ op: 'GenerateKey' }, ({ op, as, label }) => ({ op, as, label, kind: 'AES' }))
    .with({ op: 'UseKey' }, ({ op, as, label, challenge }) => ({ op, as, label, challenge: hexToBytes(challenge) }))
    .with({ op: 'DeleteKey' }, ({ op, as, label }) => ({ op, as, label }))
    .with({ op: 'SetPolicy' }, { op: 'SetQuorum' }, ({ op, as, value }) => ({ op, as, value }))
    .exhaustive()
