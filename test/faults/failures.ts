/** Services that break a clause about failures beyond that of an ACTIVE HSM. */
import { defaultServiceParts } from '../../impl/index.ts'
import { inService, type Fault } from './fault.ts'

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
  inService('§hsm.join.again', 'counts the copy of a peer that has failed', { needsAnotherCopy: () => false }),
]
