/** Services, HSMs and clients that break a clause about what the HSMs of a cluster have in common and what they have not. */
import { defaultParts } from '../../impl/index.ts'
import { inClient, inHsm, inService, type Fault } from './fault.ts'

export const synchronisationFaults: readonly Fault[] = [
  inService('§sync.write', 'brings a write to HSMs that its client does not reach', { isBeyondReach: () => false }),
  inService('§sync.keys', 'never brings a key to an HSM that has not got it', { mustBringKeys: () => false }),
  inHsm('§sync.deleted', 'does not remember that it has deleted a key', { tombstonesOf: () => [] }),
  inHsm('§sync.users', 'takes the policy of a peer along with its keys', {
    withKeysOf: (own, peer, deleted) => ({
      ...defaultParts.withKeysOf(own, peer, deleted),
      policies: peer.policies,
    }),
  }),
  inClient('§key.availability', 'uses a key that one HSM has, although it is to check', { mayUse: () => true }),
  inClient('§key.availability.create', 'generates a key on one HSM, although it is to check', {
    mayGenerate: () => true,
  }),
  inClient('§client.distribute', 'always has the first HSM compute that has the key', {
    chooseServing: holders => holders[0],
  }),
  inClient('§user.list.coverage', 'says of no user that an HSM does not have him', { listUneven: () => [] }),
]
