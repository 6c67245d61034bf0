/** What happens to the adversary's unit besides its moves with backups: other firmware, restarts, failing self-tests, tampering. */
import type { AccountRule } from '../things.ts'
import { BENCH } from './adversary.ts'
import { rule } from './rule.ts'

export const unit: readonly AccountRule[] = [
  rule('UpdateFirmware', {
    family: 'adversary',
    clauses: ['§hardware.update'],
    description: "replace the unit's firmware",
    participants: ({ firmware }) => [{ kind: 'hardware', slot: BENCH, event: { type: 'UpdateFirmware', firmware } }],
  }),
  rule('Restart', {
    family: 'adversary',
    clauses: ['§hardware.boot', '§hardware.firmware', '§hardware.rollback'],
    description: 'switch the unit off and on',
    participants: () => [{ kind: 'hardware', slot: BENCH, event: { type: 'Restart' } }],
  }),
  rule('FailSelfTest', {
    family: 'fault',
    clauses: ['§hardware.selftest'],
    description: 'the unit is started and a self-test fails',
    participants: () => [{ kind: 'hardware', slot: BENCH, event: { type: 'FailSelfTest' } }],
  }),
  rule('Tamper', {
    family: 'adversary',
    clauses: ['§hardware.tamper'],
    description: 'open the unit',
    participants: () => [{ kind: 'hardware', slot: BENCH, event: { type: 'Tamper' } }],
  }),
]
