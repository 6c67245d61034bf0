/** Broken implementations, one for each clause about behaviour, and the same seam with nothing broken. */
import { accountFaults } from './accounts.ts'
import { backupFaults } from './backups.ts'
import { clusterFaults } from './clusters.ts'
import { copyFaults } from './copies.ts'
import { failureFaults } from './failures.ts'
import type { Fault } from './fault.ts'
import { hardwareFaults } from './hardware.ts'
import { hsmFaults } from './hsms.ts'
import { jobFaults } from './jobs.ts'
import { migrationFaults } from './migration.ts'
import { portFaults } from './port.ts'
import { quorumFaults } from './quorum.ts'
import { restoringFaults } from './restoring.ts'
import { retentionFaults } from './retention.ts'
import { sealingFaults } from './sealing.ts'
import { sharingFaults } from './sharing.ts'
import { synchronisationFaults } from './synchronisation.ts'
import { userFaults } from './users.ts'
import { zoneFaults } from './zones.ts'

export { healthy, type Fault } from './fault.ts'
export { stepFaults } from './jobs.ts'

/** In the order of SPEC.md's sections. */
export const faults: readonly Fault[] = [
  ...clusterFaults,
  ...zoneFaults,
  ...hsmFaults,
  ...failureFaults,
  ...backupFaults,
  ...copyFaults,
  ...sharingFaults,
  ...retentionFaults,
  ...sealingFaults,
  ...restoringFaults,
  ...hardwareFaults,
  ...userFaults,
  ...accountFaults,
  ...quorumFaults,
  ...migrationFaults,
  ...synchronisationFaults,
  ...portFaults,
  ...jobFaults,
]
