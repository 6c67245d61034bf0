/** Copies of backups in other Regions: asked for, arriving, failing. */
import { CUSTOMER } from '../machines/words.ts'
import type { AccountReader, AccountRule } from '../things.ts'
import { rule } from './rule.ts'

/** What a copy takes from its source at once: everything but its cluster, and what has happened to it in its own archive. */
const copyOf = (read: AccountReader, slot: number) => {
  const { mode, hsmType, contents, condition, spliced, region, sealedUnder, wrappedUnder } = read.local(
    'backup',
    slot,
  ).context
  return { mode, hsmType, contents, condition, spliced, sourceRegion: region, sealedUnder, wrappedUnder }
}

export const copies: readonly AccountRule[] = [
  rule('CopyBackupToRegion', {
    family: 'api',
    clauses: ['§backup.copy', '§backup.copy.exact'],
    description: 'copy a backup to another Region',
    participants: ({ backup, region, account = CUSTOMER }, read) => [
      { kind: 'backup', slot: backup, event: { type: 'CopyBackupToRegion', region, account } },
      { kind: 'backup', slot: 'free', event: { type: 'CopyStarted', region, account, ...copyOf(read, backup) } },
    ],
  }),
  rule('BackupCopied', {
    family: 'settle',
    clauses: ['§backup.copy.ready', '§backup.copy.apart'],
    description: 'a copy has arrived',
    participants: ({ backup }) => [{ kind: 'backup', slot: backup, event: { type: 'BackupCopied' } }],
  }),
  rule('FailCopy', {
    family: 'fault',
    clauses: ['§backup.copy.failed', '§backup.copy.apart'],
    description: 'the copying of a backup fails',
    participants: ({ backup }) => [{ kind: 'backup', slot: backup, event: { type: 'FailCopy' } }],
  }),
]
