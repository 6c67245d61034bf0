/**
 * The scope smoke.lifecycle in Promela, written from SPEC.md alone: a rule for whatever may be accepted or fail. Where
 * SPEC.md turned out to be open, it was made to decide: which HSMs fail and what they lose (§hsm.fail.*), what waits
 * (§hsm.join.wait), whose copy must be taken again (§hsm.join.again), what is left without a backup (N11).
 */
import { backupRules, timeRule } from './backups.ts'
import { clusterRules } from './clusters.ts'
import { framed } from './frame.ts'
import { hsmRules } from './hsms.ts'
import { SLOTS } from './slots.ts'

/** SPEC.md's choices (§1.3) that change a state; DeleteBackup of a backup that is PENDING_DELETION changes none. */
export interface Choices {
  readonly 'choice.hsm.delete.creating': 'refused' | 'accepted'
}

/** The text under given choices. Its verifier prints every step, and asserts that the planted violation never is. */
export const lifecyclePromela = (choices: Choices): string =>
  framed([
    ...clusterRules,
    ...SLOTS.flatMap(h => hsmRules(h, choices['choice.hsm.delete.creating'])),
    ...SLOTS.flatMap(backupRules),
    timeRule,
  ])
