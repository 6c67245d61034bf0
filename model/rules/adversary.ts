/** Moves of the adversary: on backups in the archive, and on one unit of hardware that it has to itself. */
import type { AccountRule } from '../things.ts'
import { sealedOf } from './api.ts'
import { rule } from './rule.ts'

/** The slot of the adversary's unit. */
export const BENCH = 0

export const adversary: readonly AccountRule[] = [
  rule('AlterBackup', {
    family: 'adversary',
    clauses: ['§loss.altered'],
    description: 'alter a part of a backup',
    participants: ({ backup, part }) => [{ kind: 'backup', slot: backup, event: { type: 'AlterBackup', part } }],
  }),
  rule('TruncateBackup', {
    family: 'adversary',
    clauses: ['§loss.altered'],
    description: 'cut a backup short',
    participants: ({ backup }) => [{ kind: 'backup', slot: backup, event: { type: 'TruncateBackup' } }],
  }),
  rule('RelabelBackup', {
    family: 'adversary',
    clauses: ['§loss.altered', '§invariant.mode'],
    description: 'rewrite the label of a backup',
    participants: ({ backup, field }) => [{ kind: 'backup', slot: backup, event: { type: 'RelabelBackup', field } }],
  }),
  rule('Manufacture', {
    family: 'adversary',
    clauses: ['§hardware.manufacture'],
    description: 'get a new unit of hardware',
    participants: ({ genuine, line }) => [
      { kind: 'hardware', slot: BENCH, event: { type: 'Manufacture', genuine, line } },
    ],
  }),
  rule('Commission', {
    family: 'adversary',
    clauses: ['§hardware.ceremony', '§adversary.ceremony'],
    description: 'hold the ceremony that loads AKBK',
    participants: ({ officers }) => [{ kind: 'hardware', slot: BENCH, event: { type: 'Commission', officers } }],
  }),
  rule('Boot', {
    family: 'adversary',
    clauses: ['§hardware.boot', '§hardware.firmware', '§adversary.signer'],
    description: 'boot the unit',
    participants: ({ firmware }) => [{ kind: 'hardware', slot: BENCH, event: { type: 'Boot', firmware } }],
  }),
  rule('RestoreOnto', {
    family: 'adversary',
    clauses: ['§invariant.hardware', '§restore.atomic', '§restore.exact'],
    description: 'restore a backup onto the unit',
    participants: ({ backup }, read) => [
      { kind: 'backup', slot: backup, event: { type: 'RestoreOnto' } },
      { kind: 'hardware', slot: BENCH, event: { type: 'RestoreOnto', sealed: sealedOf(read, backup) } },
    ],
  }),
]
