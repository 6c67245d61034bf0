/** The service as the rest of the world may use it. */
export { createService, type Service } from './service.ts'
export { defaultServiceParts, type Choices, type Founding, type ServiceParts, type Sources } from './seams.ts'
export { createRecorder, type Emission, type Recorder } from './recorder.ts'
export { copyStores, emptyStores, type Stores } from './records.ts'
export type { DestinationBackup } from './copies.ts'
export type {
  Backup,
  BackupState,
  Cluster,
  ClusterState,
  HsmRecord,
  HsmState,
  HsmType,
  Origin,
  ShownLabel,
} from './records.ts'
export type { Archive } from './archive.ts'
export type { Connection } from './carrier.ts'
export type { ControlCode } from './clusters.ts'
export type { DescribedBackup, DescribedCluster, DescribedHsm, Listing } from './describe.ts'
export type { ResourcePolicy } from './shares.ts'
export type { Due, Effect } from './jobs.ts'
export type { CrashPoint, Entry, Settled } from './journal.ts'
export { SUBNETS, zonesOf, type Subnet, type SubnetMapping, type Zone } from './subnets.ts'
