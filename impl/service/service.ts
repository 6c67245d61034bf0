/** The service: its API, what it does later, what it carries, and what it could do as an adversary. It has bytes and no key. */
import { accepted, refused, type Draw, type Factory, type Hsm, type Outcome } from '../hsm/index.ts'
import { archiveOf, fetchBackup, type Archive } from './archive.ts'
import { deleteBackup, restoreBackup } from './backups.ts'
import { connectionsTo, type Connection } from './carrier.ts'
import * as clusters from './clusters.ts'
import type { ControlCode, CreateCluster, InitializeCluster } from './clusters.ts'
import { describeBackups, describeClusters, type DescribedBackup, type DescribedCluster } from './describe.ts'
import { createHsm, deleteHsm, failHsm } from './hsms.ts'
import { dueJobs, runJob, type Due, type Settled } from './jobs.ts'
import { encodeAnswer, type Emission, type Recorder } from './recorder.ts'
import { unlessDeleted, type Backup, type Cluster, type HsmRecord, type Stores } from './records.ts'
import {
  endDay,
  modifyBackupAttributes,
  modifyCluster,
  type ModifyBackupAttributes,
  type ModifyCluster,
} from './retention.ts'
import type { Choices, ServiceParts } from './seams.ts'
import type { Site } from './site.ts'
import { failSeal } from './snapshots.ts'
import type { Zone } from './subnets.ts'

export interface Service {
  createCluster(request: CreateCluster): Outcome<Cluster, ControlCode>
  initializeCluster(request: InitializeCluster): Outcome<Cluster, ControlCode>
  deleteCluster(clusterId: string): Outcome<Cluster, ControlCode>
  modifyCluster(request: ModifyCluster): Outcome<Cluster, ControlCode>
  describeClusters(clusterId?: string): readonly DescribedCluster[]
  createHsm(clusterId: string, zone?: Zone): Outcome<HsmRecord, ControlCode>
  deleteHsm(clusterId: string, hsmId: string): Outcome<HsmRecord, ControlCode>
  deleteBackup(backupId: string): Outcome<Backup, ControlCode>
  restoreBackup(backupId: string): Outcome<Backup, ControlCode>
  modifyBackupAttributes(request: ModifyBackupAttributes): Outcome<Backup, ControlCode>
  describeBackups(backupId?: string): readonly DescribedBackup[]
  /** What DescribeClusters and DescribeBackups would say, without asking: nothing is recorded. */
  look(): { readonly clusters: readonly DescribedCluster[]; readonly backups: readonly DescribedBackup[] }
  pending(): readonly Due[]
  /** Does what is due. Throws when it is not. */
  settle(due: Due): Settled
  connectionsTo(clusterId: string): readonly Connection[]
  /** A copy of an HSM's hardware, to look at; null where it has none. */
  copyOf(hsmId: string): Hsm | null
  /** Lets time pass, in seconds; it never passes by itself. */
  elapse(seconds: number): void
  /** Ends the day by which clusters are backed up. How long it was, the clock does not say. */
  endDay(): void
  /** An ACTIVE HSM fails. */
  failHsm(hsmId: string): Outcome<null, ControlCode>
  /** The sealing of a backup in CREATE_IN_PROGRESS fails. */
  failSeal(backupId: string): Outcome<null, ControlCode | 'SEAL_FAILED'>
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

  return {
    createCluster: request => outcome('CreateCluster', '', clusters.createCluster(site, request)),
    initializeCluster: request =>
      outcome('InitializeCluster', request.clusterId, clusters.initializeCluster(site, request)),
    deleteCluster: id => outcome('DeleteCluster', id, clusters.deleteCluster(site, id)),
    modifyCluster: request => outcome('ModifyCluster', request.clusterId, modifyCluster(site, request)),
    describeClusters: id => answer('DescribeClusters', id ?? '', describeClusters(site, id)),
    createHsm: (id, zone) => outcome('CreateHsm', id, createHsm(site, id, zone)),
    deleteHsm: (clusterId, hsmId) => outcome('DeleteHsm', hsmId, deleteHsm(site, clusterId, hsmId)),
    deleteBackup: id => outcome('DeleteBackup', id, deleteBackup(site, id)),
    restoreBackup: id => outcome('RestoreBackup', id, restoreBackup(site, id)),
    modifyBackupAttributes: request =>
      outcome('ModifyBackupAttributes', request.backupId, modifyBackupAttributes(site, request)),
    describeBackups: id => answer('DescribeBackups', id ?? '', describeBackups(site, id)),
    look: () => ({ clusters: describeClusters(site), backups: describeBackups(site) }),
    pending: () => dueJobs(site),
    settle: due => runJob(site, due),
    connectionsTo: id => connectionsTo(site, id),
    copyOf: id => stores.units.get(id)?.clone() ?? null,
    elapse: seconds => {
      clock.seconds += seconds
    },
    endDay: () => endDay(site),
    failHsm: id => {
      const hsm = unlessDeleted(stores.hsms.get(id))
      if (hsm === undefined) return refused('ResourceNotFound')
      if (hsm.state !== 'ACTIVE') return refused('InvalidRequest')
      failHsm(site, hsm)
      return accepted(null)
    },
    failSeal: id => {
      const backup = unlessDeleted(stores.backups.get(id))
      if (backup === undefined) return refused('ResourceNotFound')
      return backup.state === 'CREATE_IN_PROGRESS' ? failSeal(site, backup) : refused('InvalidRequest')
    },
    archive: archiveOf(site),
    sealedBackup: id => fetchBackup(site, id),
    view: recorder.emissions,
  }
}
