/** The collaborators outside the boundary, each replaceable by itself, and the parts that are used when nothing is replaced. */
import { backupParts } from './backup-parts.ts'
import { clusterParts } from './cluster-parts.ts'
import { copyParts } from './copy-parts.ts'
import { hsmParts } from './hsm-parts.ts'
import { migrationParts } from './migration-parts.ts'
import { peerParts } from './peer-parts.ts'
import { jobParts } from './job-parts.ts'
import { shareParts } from './share-parts.ts'
import { retentionParts } from './retention-parts.ts'

export type { Choices } from './choices.ts'
export type { Founding } from './cluster-parts.ts'
export type { Sources } from './hsm-parts.ts'

export type ServiceParts = typeof clusterParts &
  typeof hsmParts &
  typeof backupParts &
  typeof retentionParts &
  typeof copyParts &
  typeof migrationParts &
  typeof peerParts &
  typeof shareParts &
  typeof jobParts

export const defaultServiceParts: ServiceParts = {
  ...clusterParts,
  ...hsmParts,
  ...backupParts,
  ...retentionParts,
  ...copyParts,
  ...peerParts,
  ...shareParts,
  ...migrationParts,
  ...jobParts,
}
