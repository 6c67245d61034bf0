/** Services that break a clause about clusters. */
import { defaultServiceParts, type Cluster } from '../../impl/index.ts'
import { inService, type Fault } from './fault.ts'

/** What stands for a cluster that was never there, in a service that does not look whether it is. */
const phantom = (clusterId: string): Cluster => ({
  ...defaultServiceParts.foundCluster({
    clusterId,
    mode: 'FIPS',
    hsmType: 'hsm2m.medium',
    region: 'us-east-1',
    account: '111122223333',
    subnetMapping: {},
    hsmLimit: 0,
    source: null,
    retentionDays: 90,
  }),
  state: 'DELETE_IN_PROGRESS',
})

export const clusterFaults: readonly Fault[] = [
  inService('§cluster.mode.hsm1', 'creates hsm1.medium clusters in NON_FIPS mode', { isModeOffered: () => true }),
  inService('§cluster.source.unknown', 'takes a source backup that does not exist for one that is not READY', {
    findSource: (backups, backupId) =>
      backups.get(backupId) ?? {
        backupId,
        clusterId: '',
        region: 'us-east-1',
        account: '111122223333',
        consumer: null,
        origin: null,
        state: 'DELETED',
        label: { mode: 'FIPS', hsmType: 'hsm2m.medium' },
        takenOf: 'hsm2m.medium',
        createTimestamp: 0,
        deleteTimestamp: null,
        finalOf: null,
        refused: false,
        neverExpires: false,
        certificate: null,
      },
  }),
  inService('§cluster.source.ready', 'creates clusters from backups that are being deleted', {
    isSourceReady: ({ state }) => state === 'READY' || state === 'PENDING_DELETION',
  }),
  inService('§cluster.source.mode', 'lets NON_FIPS clusters be created from FIPS backups', {
    isSourceOfMode: (label, mode) => label.mode === mode || mode === 'NON_FIPS',
  }),
  inService('§cluster.source.type', 'lets hsm1.medium clusters be created from hsm2m.medium backups', {
    isSourceOfType: () => true,
  }),
  inService('§cluster.create', 'creates every cluster in FIPS mode, whatever was asked for', {
    foundCluster: founding => ({ ...defaultServiceParts.foundCluster(founding), mode: 'FIPS' }),
  }),
  inService('§cluster.create.fresh', 'settles a fresh cluster in ACTIVE', {
    settleFresh: cluster => ({ ...cluster, state: 'ACTIVE' }),
  }),
  inService('§cluster.create.restored', 'has a cluster that was created from a backup initialised again', {
    settleRestored: cluster => ({ ...cluster, state: 'UNINITIALIZED', certificate: null }),
  }),
  inService('§cluster.constant', 'moves an hsm1.medium cluster to hsm2m.medium when it becomes ACTIVE', {
    changeCluster: (before, after) =>
      before.state === 'INITIALIZED' && after.state === 'ACTIVE' ? { ...after, hsmType: 'hsm2m.medium' } : after,
  }),
  inService('§cluster.unknown', 'answers InvalidRequest for a cluster that does not exist', {
    findCluster: (clusters, id) => defaultServiceParts.findCluster(clusters, id) ?? phantom(id),
  }),
  inService('§cluster.csr', 'goes on showing the CSR after initialisation', {
    csrOf: (_, active) => active?.csr ?? null,
  }),
  inService('§cluster.initialize.state', 'lets a cluster be initialised a second time', { mayInitialize: () => true }),
  inService('§cluster.initialize.csr', 'takes any certificate while there is no CSR', { hasCsr: () => true }),
  inService('§cluster.initialize.certificate', 'takes a certificate for any key', { certifiesCsr: () => true }),
  inService('§cluster.initialize', 'does not keep the certificate that it was given', {
    settleInitialised: cluster => ({ ...cluster, state: 'INITIALIZED' }),
  }),
  inService('§cluster.activate', 'leaves a cluster INITIALIZED after its activation', {
    settleActivated: cluster => cluster,
  }),
  inService('§cluster.empty', 'takes an ACTIVE cluster back to UNINITIALIZED when its last HSM is gone', {
    clusterWithoutHsms: cluster => (cluster.state === 'ACTIVE' ? { ...cluster, state: 'UNINITIALIZED' } : cluster),
  }),
  inService('§cluster.delete.state', 'deletes a cluster that is still being created', {
    mayDeleteCluster: cluster =>
      cluster.state === 'CREATE_IN_PROGRESS' || defaultServiceParts.mayDeleteCluster(cluster),
  }),
  inService('§cluster.delete.empty', 'counts only ACTIVE HSMs before it deletes a cluster', {
    isEmpty: members => members.every(({ state }) => state !== 'ACTIVE'),
  }),
  inService('§cluster.delete', 'never finishes to delete a cluster', { settleClusterDeleted: cluster => cluster }),
  inService('§cluster.write', 'leaves a write on the HSM that accepted it', { isReachedByWrites: () => false }),
  inService('§cluster.describe', 'lists every cluster, whichever was asked for', {
    isClusterListed: ({ state }) => state !== 'DELETED',
  }),
]
