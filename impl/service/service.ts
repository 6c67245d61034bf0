/** The service: its API, what it does later, what it carries, and what it could do as an adversary. It has bytes and no key. */
import { accepted, refused, type Draw, type Factory, type Hsm, type Outcome } from '../hsm/index.ts'
import { archiveOf, fetchBackup, type Archive } from './archive.ts'
import { deleteBackup, restoreBackup } from './backups.ts'
import { connectionsTo, type Connection } from './carrier.ts'
import * as clusters from './clusters.ts'
import type { ControlCode, CreateCluster, InitializeCluster } from './clusters.ts'
import { copyBackup, failCopy, type DestinationBackup } from './copies.ts'
import {
  describeBackups,
  describeClusters,
  type DescribedBackup,
  type DescribedCluster,
  type Listing,
} from './describe.ts'
import { createHsm, deleteHsm, failHsm } from './hsms.ts'
import { dueJobs, recoverJob, runJob, type Due } from './jobs.ts'
import { entryOf, type CrashPoint, type Settled } from './journal.ts'
import { throughOutages } from './outage.ts'
import { encodeAnswer, type Emission, type Recorder } from './recorder.ts'
import { CUSTOMER, HOME, unlessDeleted, type Backup, type Cluster, type HsmRecord, type Stores } from './records.ts'
import { modifyHsmType, type ModifyHsmType } from './migrations.ts'
import {
  endDay,
  modifyBackupAttributes,
  modifyCluster,
  type ModifyBackupAttributes,
  type ModifyCluster,
} from './retention.ts'
import type { Choices, ServiceParts } from './seams.ts'
import { deletePolicy, getPolicy, putPolicy, type ResourcePolicy } from './shares.ts'
import type { Site } from './site.ts'
import { failSeal } from './snapshots.ts'
import type { Zone } from './subnets.ts'

/** The API, what is done later, and what can be done to it. Who asks is CUSTOMER, and where is HOME, unless it is said. */
export interface Service {
  createCluster(request: CreateCluster): Outcome<Cluster, ControlCode>
  initializeCluster(request: InitializeCluster): Outcome<Cluster, ControlCode>
  deleteCluster(clusterId: string): Outcome<Cluster, ControlCode>
  modifyCluster(request: ModifyCluster): Outcome<Cluster, ControlCode>
  /** ModifyCluster, where it names a type of HSM. */
  modifyHsmType(request: ModifyHsmType): Outcome<Cluster, ControlCode>
  describeClusters(clusterId?: string, asked?: Partial<Listing>): readonly DescribedCluster[]
  createHsm(clusterId: string, zone?: Zone): Outcome<HsmRecord, ControlCode>
  deleteHsm(clusterId: string, hsmId: string): Outcome<HsmRecord, ControlCode>
  deleteBackup(backupId: string, account?: string): Outcome<Backup, ControlCode>
  restoreBackup(backupId: string, account?: string): Outcome<Backup, ControlCode>
  modifyBackupAttributes(request: ModifyBackupAttributes): Outcome<Backup, ControlCode>
  describeBackups(backupId?: string, asked?: Partial<Listing>): readonly DescribedBackup[]
  copyBackupToRegion(backupId: string, region: string, account?: string): Outcome<DestinationBackup, ControlCode>
  /** Shares with that account. */
  putResourcePolicy(backupId: string, consumer: string, account?: string): Outcome<ResourcePolicy, ControlCode>
  getResourcePolicy(backupId: string, account?: string): Outcome<ResourcePolicy, ControlCode>
  deleteResourcePolicy(backupId: string, account?: string): Outcome<ResourcePolicy, ControlCode>
  /** What DescribeClusters and DescribeBackups would say everywhere and to everybody, without asking: nothing is recorded. */
  look(): {
    readonly clusters: readonly DescribedCluster[]
    readonly backups: readonly DescribedBackup[]
    /** With whom backups are shared, by id. */
    readonly consumers: ReadonlyMap<string, string>
  }
  pending(): readonly Due[]
  /** Does what is due. Throws when it is not. */
  settle(due: Due): Settled
  /** The same up to a crash, after which the service is out; while it is out, what is stopped is its recovery. */
  crash(due: Due, stop: CrashPoint): Settled
  /** The service is back, and ends the job that it was at. */
  recover(): Settled
  /** Whether it is out: requests are refused then, and lists, which have no code to refuse with, not to be asked for. */
  isOut(): boolean
  connectionsTo(clusterId: string): readonly Connection[]
  /** A copy of an HSM's hardware, to look at; null where it has none. */
  copyOf(hsmId: string): Hsm | null
  /** Lets time pass, in seconds; it never passes by itself. */
  elapse(seconds: number): void
  /** Ends the day by which clusters are backed up. How long it was, the clock does not say. */
  endDay(): void
  /** An HSM fails that has not failed already. */
  failHsm(hsmId: string): Outcome<null, ControlCode>
  /** The sealing of a backup in CREATE_IN_PROGRESS fails. */
  failSeal(backupId: string): Outcome<null, ControlCode | 'SEAL_FAILED'>
  /** The copying of a backup fails while the copy is in CREATE_IN_PROGRESS. */
  failCopy(backupId: string): Outcome<null, ControlCode | 'COPY_FAILED'>
  readonly archive: Archive
  /** A sealed backup as it would be handed to an HSM; null where there is none or its envelope was altered. */
  sealedBackup(backupId: string): Uint8Array | null
  /** The service's view. */
  readonly view: readonly Emission[]
}

export interface ServiceOptions {
  readonly parts: ServiceParts
  readonly choices: Choices
  readonly factory: Factory
  readonly stores: Stores
  readonly recorder: Recorder
  readonly draw: Draw
  readonly envelopeKey: Uint8Array
  readonly clock: { seconds: number }
}

const OWN: Listing = { region: HOME, account: CUSTOMER, shared: false }

const consumersOf = (backups: Iterable<Backup>): ReadonlyMap<string, string> =>
  new Map([...backups].flatMap(({ backupId, consumer }) => (consumer === null ? [] : [[backupId, consumer] as const])))

export const createService = (options: ServiceOptions): Service => {
  const { clock, stores, recorder } = options
  const site: Site = { ...options, now: () => clock.seconds }

  const answer = <T>(operation: string, from: string, value: T): T => {
    recorder.record('api', from, encodeAnswer([operation, value]))
    return value
  }
  const outcome = <T, C extends string>(operation: string, from: string, made: Outcome<T, C>): Outcome<T, C> => {
    if (made.ok) answer(operation, from, made.value)
    else recorder.record('error', from, encodeAnswer([operation, made.code]))
    return made
  }

  const service: Service = {
    createCluster: request => outcome('CreateCluster', '', clusters.createCluster(site, request)),
    initializeCluster: request =>
      outcome('InitializeCluster', request.clusterId, clusters.initializeCluster(site, request)),
    deleteCluster: id => outcome('DeleteCluster', id, clusters.deleteCluster(site, id)),
    modifyCluster: request => outcome('ModifyCluster', request.clusterId, modifyCluster(site, request)),
    modifyHsmType: request => outcome('ModifyCluster', request.clusterId, modifyHsmType(site, request)),
    describeClusters: (id, asked) =>
      answer('DescribeClusters', id ?? '', describeClusters(site, { ...OWN, ...asked }, id)),
    createHsm: (id, zone) => outcome('CreateHsm', id, createHsm(site, id, zone)),
    deleteHsm: (clusterId, hsmId) => outcome('DeleteHsm', hsmId, deleteHsm(site, clusterId, hsmId)),
    deleteBackup: (id, account = CUSTOMER) => outcome('DeleteBackup', id, deleteBackup(site, id, account)),
    restoreBackup: (id, account = CUSTOMER) => outcome('RestoreBackup', id, restoreBackup(site, id, account)),
    modifyBackupAttributes: request =>
      outcome('ModifyBackupAttributes', request.backupId, modifyBackupAttributes(site, request)),
    describeBackups: (id, asked) =>
      answer('DescribeBackups', id ?? '', describeBackups(site, { ...OWN, ...asked }, id)),
    copyBackupToRegion: (id, region, account = CUSTOMER) =>
      outcome('CopyBackupToRegion', id, copyBackup(site, id, region, account)),
    putResourcePolicy: (id, consumer, account = CUSTOMER) =>
      outcome('PutResourcePolicy', id, putPolicy(site, id, consumer, account)),
    getResourcePolicy: (id, account = CUSTOMER) => outcome('GetResourcePolicy', id, getPolicy(site, id, account)),
    deleteResourcePolicy: (id, account = CUSTOMER) =>
      outcome('DeleteResourcePolicy', id, deletePolicy(site, id, account)),
    look: () => ({
      clusters: describeClusters(site, null),
      backups: describeBackups(site, null),
      consumers: consumersOf(stores.backups.values()),
    }),
    pending: () => dueJobs(site),
    settle: due => runJob(site, due),
    crash: (due, stop) => (entryOf(site) === undefined ? runJob(site, due, stop) : recoverJob(site, stop)),
    recover: () => recoverJob(site),
    isOut: () => entryOf(site) !== undefined,
    connectionsTo: id => connectionsTo(site, id),
    copyOf: id => stores.units.get(id)?.clone() ?? null,
    elapse: seconds => {
      clock.seconds += seconds
      for (const unit of stores.units.values()) unit.elapse(seconds)
    },
    endDay: () => endDay(site),
    failHsm: id => {
      const hsm = unlessDeleted(stores.hsms.get(id))
      if (hsm === undefined) return refused('ResourceNotFound')
      if (hsm.state === 'DEGRADED') return refused('InvalidRequest')
      failHsm(site, hsm)
      return accepted(null)
    },
    failSeal: id => {
      const backup = unlessDeleted(stores.backups.get(id))
      if (backup === undefined) return refused('ResourceNotFound')
      const isSealing = backup.state === 'CREATE_IN_PROGRESS' && backup.origin === null
      return isSealing ? failSeal(site, backup) : refused('InvalidRequest')
    },
    failCopy: id => {
      const copy = unlessDeleted(stores.backups.get(id))
      if (copy === undefined) return refused('ResourceNotFound')
      const isCopying = copy.state === 'CREATE_IN_PROGRESS' && copy.origin !== null
      return isCopying ? failCopy(site, copy) : refused('InvalidRequest')
    },
    archive: archiveOf(site),
    sealedBackup: id => fetchBackup(site, id),
    view: recorder.emissions,
  }
  return throughOutages(site, service)
}
