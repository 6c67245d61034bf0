/** Backups of the reference account, as the port describes them. */
import type { DescribedBackup, Origin } from '../../impl/index.ts'
import type { ObservedBackup } from './port.ts'

export const observedBackup = ({ clusterId, origin, deleteTimestamp, ...backup }: DescribedBackup): ObservedBackup => ({
  ...backup,
  ...(clusterId === null ? {} : { clusterId }),
  ...(origin === null ? {} : observedOrigin(origin)),
  ...(deleteTimestamp === null ? {} : { deleteTimestamp }),
})

/** With whom a backup is shared, if it is. */
export const sharedWith = (consumer: string | undefined) => (consumer === undefined ? {} : { consumer })

const observedOrigin = ({ sourceCluster, ...origin }: Origin) => ({
  ...origin,
  ...(sourceCluster === null ? {} : { sourceCluster }),
})
