/** The collaborators that decide about HSMs: one function for each thing that SPEC.md §5 says of them. */
import type { Choices } from './choices.ts'
import type { Zone } from './subnets.ts'
import {
  isChanging,
  isReplacing,
  unlessDeleted,
  type Backup,
  type Cluster,
  type HsmRecord,
  type HsmType,
} from './records.ts'

/** What a new HSM can be made from. */
export interface Sources {
  readonly active: HsmRecord | undefined
  readonly newest: Backup | undefined
  /** A backup of the cluster is in CREATE_IN_PROGRESS. */
  readonly sealing: boolean
}

const canSupply = ({ active, newest, sealing }: Sources): boolean =>
  active !== undefined || newest !== undefined || sealing

/** Guards answer whether something may go on; the others answer what becomes of a record. */
export const hsmParts = {
  // §hsm.create.state
  mayTakeHsm: (cluster: Cluster): boolean => !isChanging(cluster),
  // §hsm.create.first
  mayTakeSecondHsm: ({ state }: Cluster): boolean => state === 'ACTIVE',
  // §hsm.create.initialized
  mayTakeFirstHsm: ({ state }: Cluster): boolean => state !== 'INITIALIZED',
  // §hsm.create.source
  canSupplyNew: (sources: Sources): boolean => canSupply(sources),
  // §hsm.zone
  placeNew: (asked: Zone, _cluster: Cluster): Zone => asked,
  // §hsm.create
  newHsm: (hsmId: string, clusterId: string, eniIp: string, availabilityZone: Zone, hsmType: HsmType): HsmRecord => ({
    hsmId,
    clusterId,
    availabilityZone,
    state: 'CREATE_IN_PROGRESS',
    eniIp,
    hsmType,
    csr: null,
    copied: false,
    activated: false,
    saved: false,
  }),
  // §hsm.provision
  settleProvisioned: (hsm: HsmRecord, csr: Uint8Array | null): HsmRecord => ({ ...hsm, state: 'ACTIVE', csr }),
  // §hsm.join.snapshot
  needsCopyOfPeer: (joining: HsmRecord, active: HsmRecord | undefined): boolean =>
    active !== undefined && !joining.copied,
  // §hsm.join.wait
  mustWait: (sealing: boolean, deleting: boolean): boolean => sealing || deleting,
  // §hsm.join.none
  isWithoutSource: (active: HsmRecord | undefined, newest: Backup | undefined): boolean =>
    active === undefined && newest === undefined,
  // §hsm.join.none
  degradeWithoutSource: (hsm: HsmRecord): HsmRecord => ({ ...hsm, state: 'DEGRADED', copied: false }),
  // §hsm.join.refused
  degradeRefusing: (hsm: HsmRecord): HsmRecord => ({ ...hsm, state: 'DEGRADED', copied: false }),
  // §hsm.join.refused
  markRefused: (backup: Backup): Backup => ({ ...backup, refused: true }),
  // §hsm.join.latest
  newest: (usable: readonly Backup[]): Backup | undefined => usable.at(-1),
  // §hsm.tenant
  backupToRestore: (newest: Backup, _all: readonly Backup[]): Backup => newest,
  // §hsm.join.sync
  mustSynchronise: (active: HsmRecord | undefined, _restored: Backup | undefined): boolean => active !== undefined,
  // §hsm.fail §client.available
  isServing: ({ state }: HsmRecord): boolean => state === 'ACTIVE',
  // §hsm.fail
  fail: (hsm: HsmRecord): HsmRecord => ({ ...hsm, state: 'DEGRADED', copied: false }),
  // §hsm.fail.creating
  failUnfinished: (hsm: HsmRecord): HsmRecord => ({ ...hsm, state: 'DEGRADED', copied: false }),
  // §hsm.fail.deleting
  isLostWith: (failed: HsmRecord, { finalOf, state }: Backup): boolean =>
    finalOf === failed.hsmId && state === 'CREATE_IN_PROGRESS',
  // §hsm.join.again
  needsAnotherCopy: ({ state }: HsmRecord): boolean => state === 'CREATE_IN_PROGRESS',
  // §hsm.replace.first
  canReplaceFirst: ({ state }: Cluster): boolean => state === 'UNINITIALIZED',
  // §hsm.replace
  canReplace: ({ state }: Cluster, sources: Sources): boolean => state === 'ACTIVE' && canSupply(sources),
  // §hsm.replace
  replacementOf: (failed: HsmRecord, replacement: HsmRecord): HsmRecord => ({
    ...replacement,
    eniIp: failed.eniIp,
  }),
  // §hsm.unknown
  findHsm: (hsms: ReadonlyMap<string, HsmRecord>, clusterId: string, id: string): HsmRecord | undefined => {
    const hsm = unlessDeleted(hsms.get(id))
    return hsm?.clusterId === clusterId ? hsm : undefined
  },
  // §hsm.delete.state
  mayDeleteHsm: ({ state }: HsmRecord, choices: Choices): boolean =>
    state === 'CREATE_IN_PROGRESS'
      ? choices['choice.hsm.delete.creating'] === 'accepted'
      : state !== 'DELETE_IN_PROGRESS',
  // §hsm.delete.changing
  mayLoseHsm: (cluster: Cluster): boolean => !isReplacing(cluster),
  // §hsm.delete.backup §hsm.delete.unsaved
  takesFinalBackup: (hsm: HsmRecord, cluster: Cluster): boolean => hsm.state === 'ACTIVE' && cluster.state === 'ACTIVE',
  // §hsm.delete
  startHsmDeletion: (hsm: HsmRecord): HsmRecord => ({ ...hsm, state: 'DELETE_IN_PROGRESS', copied: false }),
  // §hsm.delete.backup
  mayGo: ({ saved }: HsmRecord): boolean => saved,
  // §hsm.delete.failed
  keepHsm: (hsm: HsmRecord): HsmRecord => ({ ...hsm, state: 'ACTIVE', saved: false }),
  // §hsm.delete
  settleHsmDeleted: (hsm: HsmRecord): HsmRecord => ({ ...hsm, state: 'DELETED' }),
}
