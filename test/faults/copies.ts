/** Services that break a clause about Regions and copies. */
import { defaultServiceParts } from '../../impl/index.ts'
import { inService, type Fault } from './fault.ts'

const { foundCluster, startCopy } = defaultServiceParts

export const copyFaults: readonly Fault[] = [
  inService('§cluster.region', 'makes every cluster in us-east-1, wherever the request is sent', {
    foundCluster: founding => foundCluster({ ...founding, region: 'us-east-1' }),
  }),
  inService('§cluster.source.region', 'creates clusters from backups in other Regions', { isSourceAtHand: () => true }),
  inService('§describe.region', 'lists what is in every Region', { isListedIn: () => true }),
  inService('§backup.region', 'keeps all backups in us-west-2', { regionOfBackup: () => 'us-west-2' }),
  inService('§backup.copy.state', 'copies a backup that is still being made', { isCopyable: () => true }),
  inService('§backup.copy.region', 'copies a backup to where it is', { isOtherRegion: () => true }),
  inService('§backup.copy', 'says that a copy is a copy of itself', {
    startCopy: (source, copying) =>
      startCopy(source, { ...copying, origin: { ...copying.origin, sourceBackup: copying.backupId } }),
  }),
  inService('§backup.copy.exact', 'loses the last byte of a backup on its way', {
    bytesToCopy: sealed => sealed.subarray(0, -1),
  }),
  inService('§backup.copy.ready', 'leaves a copy in CREATE_IN_PROGRESS when it has arrived', {
    settleCopied: copy => copy,
  }),
  inService('§backup.copy.failed', 'leaves a copy in CREATE_IN_PROGRESS when copying has failed', {
    dropCopy: copy => copy,
  }),
  inService('§backup.copy.detached', 'counts a copy among the backups of the cluster of its source', {
    clusterOfCopy: ({ clusterId }) => clusterId,
  }),
  inService('§backup.copy.apart', 'deletes the copies of a backup with it', {
    copyWithoutSource: copy => ({ ...copy, state: 'DELETED' }),
  }),
]
