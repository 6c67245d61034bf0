/** Sharing of a backup with the other account, by its resource policy. */
import { CUSTOMER } from '../machines/words.ts'
import type { AccountRule } from '../things.ts'
import { rule } from './rule.ts'

export const sharing: readonly AccountRule[] = [
  rule('PutResourcePolicy', {
    family: 'api',
    clauses: ['§backup.share'],
    description: 'share a backup with the other account',
    participants: ({ backup, account = CUSTOMER }) => [
      { kind: 'backup', slot: backup, event: { type: 'PutResourcePolicy', account } },
    ],
  }),
  rule('GetResourcePolicy', {
    family: 'api',
    clauses: ['§backup.share.show'],
    description: 'ask with whom a backup is shared',
    participants: ({ backup, account = CUSTOMER }) => [
      { kind: 'backup', slot: backup, event: { type: 'GetResourcePolicy', account } },
    ],
  }),
  rule('DeleteResourcePolicy', {
    family: 'api',
    clauses: ['§backup.unshare'],
    description: 'share a backup no more',
    participants: ({ backup, account = CUSTOMER }) => [
      { kind: 'backup', slot: backup, event: { type: 'DeleteResourcePolicy', account } },
    ],
  }),
]
