/** The collaborators that decide about accounts and sharing: one function for each thing that SPEC.md §6.7 says of them. */
import type { Backup, Cluster } from './records.ts'

/** Guards answer whether a request may go on; the others answer what becomes of a record. */
export const shareParts = {
  // §cluster.source.account
  isSourceOffered: ({ account, consumer }: Backup, asker: string): boolean => asker === account || asker === consumer,
  // §backup.account
  accountOfBackup: ({ account }: Cluster): string => account,
  // §backup.hidden
  isVisibleTo: ({ account, consumer }: Backup, asker: string): boolean => asker === account || asker === consumer,
  // §backup.denied
  isOwnedBy: ({ account }: Backup, asker: string): boolean => asker === account,
  // §backup.share.state
  isShareable: ({ state }: Backup): boolean => state === 'READY',
  // §backup.share
  share: (backup: Backup, consumer: string): Backup => ({ ...backup, consumer }),
  // §backup.share.show
  policyOf: ({ consumer }: Backup): string | null => consumer,
  // §backup.unshare
  unshare: (backup: Backup): Backup => ({ ...backup, consumer: null }),
  // §describe.account
  isListedTo: ({ account }: { readonly account: string }, asker: string): boolean => account === asker,
  // §describe.shared
  isListedAsShared: ({ consumer }: Backup, asker: string): boolean => consumer === asker,
}
