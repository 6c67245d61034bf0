/** The collaborators that decide about Regions and copies: one function for each thing that SPEC.md §6.6 says of them. */
import type { Backup, Cluster, Origin } from './records.ts'

/** What CopyBackupToRegion makes: the record of a copy before it has arrived. */
export interface Copying {
  readonly backupId: string
  readonly region: string
  readonly account: string
  readonly origin: Origin
}

/** Guards answer whether a request may go on; the others answer what becomes of a record. */
export const copyParts = {
  // §describe.region
  isListedIn: ({ region }: { readonly region: string }, asked: string): boolean => region === asked,
  // §cluster.source.region
  isSourceAtHand: ({ region }: Backup, asked: string): boolean => region === asked,
  // §backup.region
  regionOfBackup: ({ region }: Cluster): string => region,
  // §backup.copy.state
  isCopyable: ({ state }: Backup): boolean => state !== 'CREATE_IN_PROGRESS',
  // §backup.copy.region
  isOtherRegion: ({ region }: Backup, asked: string): boolean => region !== asked,
  // §backup.copy §backup.account
  startCopy: (source: Backup, { backupId, region, account, origin }: Copying): Backup => ({
    ...source,
    backupId,
    region,
    account,
    consumer: null,
    origin,
    state: 'CREATE_IN_PROGRESS',
    deleteTimestamp: null,
    refused: false,
    neverExpires: false,
  }),
  // §backup.copy.detached
  clusterOfCopy: (_source: Backup): string | null => null,
  // §backup.copy.exact
  bytesToCopy: (sealed: Uint8Array): Uint8Array => sealed,
  // §backup.copy.ready
  settleCopied: (copy: Backup): Backup => ({ ...copy, state: 'READY' }),
  // §backup.copy.failed
  dropCopy: (copy: Backup): Backup => ({ ...copy, state: 'DELETED' }),
  // §backup.copy.apart
  copyWithoutSource: (copy: Backup): Backup => copy,
}
