/** Services that break a clause about HSMs: how they come, join, fail and go. */
import { defaultParts, defaultServiceParts } from '../../impl/index.ts'
import { inHsm, inService, type Fault } from './fault.ts'

export const hsmFaults: readonly Fault[] = [
  inService('§hsm.create.state', 'adds an HSM to a cluster that is still being created', {
    mayTakeHsm: ({ state }) => state !== 'DELETE_IN_PROGRESS',
  }),
  inService('§hsm.create.first', 'adds a second HSM before activation', { mayTakeSecondHsm: () => true }),
  inService('§hsm.create.initialized', 'adds an HSM to an INITIALIZED cluster that lost its own', {
    mayTakeFirstHsm: () => true,
  }),
  inService('§hsm.create.source', 'adds an HSM to a cluster that has nothing to restore it from', {
    canSupplyNew: () => true,
  }),
  inService('§hsm.create', 'gives a new HSM no address', {
    newHsm: (hsmId, clusterId, _, zone, type) => defaultServiceParts.newHsm(hsmId, clusterId, '', zone, type),
  }),
  inHsm('§hsm.provision', 'leaves a crypto user of the factory in a new HSM', {
    initialContents: certificates => {
      const contents = defaultParts.initialContents(certificates)
      const stranger = { name: 'FACTORY', role: 'CU', verifier: null, publicKey: null } as const
      return { ...contents, users: [...contents.users, stranger] }
    },
  }),
  inService('§hsm.join.snapshot', 'restores a joining HSM without backing up a peer first', {
    needsCopyOfPeer: () => false,
  }),
  inService('§hsm.join.wait', 'does not wait with a joining HSM for one that is being deleted', {
    mustWait: sealing => sealing,
  }),
  inService('§hsm.join.none', 'makes a joining HSM ACTIVE although there is nothing to restore', {
    isWithoutSource: () => false,
  }),
  inService('§hsm.join.refused', 'tries the backup that an HSM refused on the same HSM again', {
    degradeRefusing: hsm => hsm,
  }),
  inService('§hsm.join.latest', 'restores the oldest backup', { newest: usable => usable[0] }),
  inService('§hsm.join.sync', 'leaves a joining HSM with the contents of the backup', {
    mustSynchronise: (_, restored) => restored === undefined,
  }),
  inService('§hsm.fail', 'does not notice that an HSM has failed', { fail: hsm => hsm }),
  inService('§hsm.replace', 'replaces a failed HSM only while another is ACTIVE', {
    canReplace: ({ state }, { active }) => state === 'ACTIVE' && active !== undefined,
  }),
  inService('§hsm.unknown', 'answers InvalidRequest for an HSM that does not exist', {
    findHsm: (hsms, clusterId, id) =>
      defaultServiceParts.findHsm(hsms, clusterId, id) ?? {
        ...defaultServiceParts.newHsm(id, clusterId, '', 'us-east-1a', 'hsm2m.medium'),
        state: 'DELETE_IN_PROGRESS',
      },
  }),
  inService('§hsm.delete.state', 'deletes an HSM that is being deleted', {
    mayDeleteHsm: (hsm, choices) =>
      hsm.state === 'DELETE_IN_PROGRESS' || defaultServiceParts.mayDeleteHsm(hsm, choices),
  }),
  inService('§hsm.delete.backup', 'lets an HSM go before its final backup is READY', { mayGo: () => true }),
  inService('§hsm.delete.unsaved', 'takes a final backup before the cluster is ACTIVE', {
    takesFinalBackup: ({ state }) => state === 'ACTIVE',
  }),
  inService('§hsm.delete.failed', 'lets an HSM go although its final backup failed', {
    keepHsm: hsm => ({ ...hsm, saved: true }),
  }),
  inService('§hsm.delete', 'goes on listing an HSM that is gone', { settleHsmDeleted: hsm => hsm }),
]
