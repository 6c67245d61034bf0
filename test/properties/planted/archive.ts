/** Planted faults of backups and restores. */
import { EMPTY, acceptInstead, overrideAction, type Contents } from '../../../model/index.ts'
import {
  redirect,
  idle,
  always,
  never,
  snapshot,
  loses,
  sealedTwice,
  gone,
  type Planted,
  type PlantedIn,
} from './fault.ts'

export const backups: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'step §backup.bek': ['newest', sealedTwice],
  'always §backup.generator': [
    'newest',
    snapshot(contents => ({ contents: { ...contents, generator: 1 } as Contents })),
  ],
  'step §backup.sealed': ['newest', idle('backup', 'encryptUnderBek')],
  'step §backup.wrapped': ['newest', overrideAction('backup', 'wrapUnderPbk', () => ({ wrappedUnder: ['MKBK'] }))],
  'step §backup.seal': ['newest', redirect('backup', '§backup.seal', 'is never READY', { target: 'PENDING_DELETION' })],
  'always §backup.seal': ['newest', snapshot(() => ({ mode: 'NON_FIPS' }))],
  'step §backup.seal.failed': [
    'newest',
    redirect('backup', '§backup.seal.failed', 'keeps a backup that failed', { target: 'READY', actions: [] }),
  ],
  'step §contents.users': ['contents', loses('users')],
  'step §contents.keys': ['contents', loses('keys')],
  'step §contents.certificates': ['newest', loses('certificates')],
  'step §contents.policies': ['newest', loses('policies')],
  'step §contents.quorum': ['contents', loses('quorum')],
  'step §contents.configuration': ['newest', loses('configuration')],
  'step §backup.unknown': ['newest', acceptInstead('backup', '§backup.unknown')],
  'step §backup.archive': ['tamper', gone('§backup.archive')],
  'step §backup.delete.state': ['newest', acceptInstead('backup', '§backup.delete.state')],
  'step §backup.delete': ['newest', gone('§backup.delete')],
  'step §backup.undelete.state': ['newest', acceptInstead('backup', '§backup.undelete.state')],
  'step §backup.undelete.grace': ['pair', acceptInstead('backup', '§backup.undelete.grace')],
  'step §backup.undelete': [
    'newest',
    redirect('backup', '§backup.undelete', 'accepts without effect', { target: 'PENDING_DELETION' }),
  ],
  'step §backup.purge': ['newest', never('backup', 'isInGrace')],
  'step §backup.describe': [
    'lifecycle',
    redirect('backup', '§backup.describe', 'is deleted by being described', { target: 'PENDING_DELETION' }),
  ],
}

export const restores: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'step §restore.format': ['hardware', always('hardware', 'isWellFormed')],
  'step §restore.mode': ['hardware', always('hardware', 'isLabelledOwnMode')],
  'step §restore.type': ['hardware', always('hardware', 'isLabelledKnownType')],
  'step §restore.unwrap': ['hardware', always('hardware', 'hasIntactWrap')],
  'step §restore.header': ['hardware', always('hardware', 'hasIntactHeader')],
  'step §restore.seal': ['hardware', always('hardware', 'hasIntactBody')],
  'step §restore.splice': ['splice', always('hardware', 'hasOwnBek')],
  'step §adversary.replay': [
    'replay',
    overrideAction('backup', 'replay', ({ context, event }) =>
      event.type === 'ReplayBackup' && event.older !== null
        ? { condition: 'replayed' as const, contents: { ...event.older.contents, policies: context.contents.policies } }
        : {},
    ),
  ],
  'step §restore.atomic': [
    'tamper',
    overrideAction('hsm', 'degrade', ({ event }) =>
      event.type === 'HsmRestored' ? { contents: event.sealed?.contents ?? EMPTY, copied: false } : {},
    ),
  ],
  'step §restore.exact': [
    'hardware',
    overrideAction('hardware', 'restore', ({ context, event }) =>
      event.type === 'RestoreOnto' && event.sealed !== null
        ? { contents: { ...event.sealed.contents, configuration: context.contents.configuration } }
        : {},
    ),
  ],
  'step §key.mkbk': ['hardware', always('hardware', 'isGenuine')],
  'step §key.akbk': ['hardware', always('hardware', 'isCommissioned')],
  'step §key.mode': ['hardware', always('hardware', 'isKeyOfOwnMode')],
  'step §key.line': ['hardware', always('hardware', 'isKeyOfOwnLine')],
  'step §loss.altered': ['tamper', idle('backup', 'alter')],
}
