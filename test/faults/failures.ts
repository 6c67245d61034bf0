/** Services that break a clause about failures beyond that of an ACTIVE HSM, or about tenancy. */
import { defaultServiceParts, type Backup } from '../../impl/index.ts'
import { inService, type Fault } from './fault.ts'

/** A READY backup of another cluster that an HSM would take for this one. */
const isAlike = ({ clusterId, state, label }: Backup, { clusterId: own, label: { mode, hsmType } }: Backup): boolean =>
  clusterId !== own && state === 'READY' && label.mode === mode && label.hsmType === hsmType

export const failureFaults: readonly Fault[] = [
  inService('§cluster.csr.lost', 'keeps the CSR of a first HSM that has failed, for the one that replaces it', {
    replacementOf: (failed, fresh) => ({ ...defaultServiceParts.replacementOf(failed, fresh), csr: failed.csr }),
    settleProvisioned: (hsm, csr) => defaultServiceParts.settleProvisioned(hsm, hsm.csr ?? csr),
  }),
  inService('§hsm.replace.first', 'leaves a first HSM that has failed as it is', { canReplaceFirst: () => false }),
  inService('§hsm.fail.creating', 'does not notice that an HSM fails while it is being created', {
    failUnfinished: hsm => hsm,
  }),
  inService('§hsm.fail.deleting', 'waits for the final backup of an HSM that has failed', { isLostWith: () => false }),
  inService('§hsm.tenant', 'restores an HSM from the newest backup of its kind, of whatever cluster', {
    backupToRestore: (newest, all) => all.findLast(backup => isAlike(backup, newest)) ?? newest,
  }),
  inService('§hsm.join.again', 'counts the copy of a peer that has failed', { needsAnotherCopy: () => false }),
]
