/** Services that break a clause about accounts and sharing. */
import { defaultServiceParts } from '../../impl/index.ts'
import { inService, type Fault } from './fault.ts'

const { foundCluster } = defaultServiceParts

export const sharingFaults: readonly Fault[] = [
  inService('§cluster.account', 'gives every cluster to one account, whoever asks', {
    foundCluster: founding => foundCluster({ ...founding, account: '111122223333' }),
  }),
  inService('§cluster.source.account', 'creates clusters from any backup, whoever asks', {
    isSourceOffered: () => true,
  }),
  inService('§describe.account', "lists every account's clusters and backups, whoever asks", {
    isListedTo: () => true,
  }),
  inService('§describe.shared', 'lists no backup that is shared', { isListedAsShared: () => false }),
  inService('§backup.hidden', 'lets on that there is a backup that it denies', { isVisibleTo: () => true }),
  inService('§backup.denied', 'takes the account that a backup is shared with for its owner', {
    isOwnedBy: () => true,
  }),
  inService('§backup.account', 'gives every backup to one account', { accountOfBackup: () => '444455556666' }),
  inService('§backup.share.state', 'shares a backup that is being deleted', {
    isShareable: ({ state }) => state !== 'CREATE_IN_PROGRESS',
  }),
  inService('§backup.share', 'accepts a policy and does not keep it', { share: backup => backup }),
  inService('§backup.share.show', 'says of every backup that it has no policy', { policyOf: () => null }),
  inService('§backup.unshare', 'goes on sharing a backup whose policy was deleted', { unshare: backup => backup }),
]
