/** What must hold: one property a clause, and the checker that turns model and properties into verdicts. */
import { accounts } from './accounts.ts'
import { archive } from './archive.ts'
import { backup, contents } from './backup.ts'
import { cluster } from './cluster.ts'
import { client } from './client.ts'
import { copies } from './copies.ts'
import { create } from './create.ts'
import { failure } from './failure.ts'
import { deletion } from './deletion.ts'
import { frame } from './frame.ts'
import { hardware } from './hardware.ts'
import { hsm } from './hsm.ts'
import { initialize } from './initialize.ts'
import { invariants } from './invariants.ts'
import { jobs } from './jobs.ts'
import { join } from './join.ts'
import { leaks } from './leaks.ts'
import { losses } from './losses.ts'
import { migration } from './migration.ts'
import { modify } from './modify.ts'
import { occasions } from './occasions.ts'
import type { Property } from './property.ts'
import { quorum } from './quorum.ts'
import { keys, restore } from './restore.ts'
import { rollback } from './rollback.ts'
import { sharing } from './sharing.ts'
import { synchronisation } from './synchronisation.ts'
import { policy, retention } from './retention.ts'
import { tenancy } from './tenancy.ts'
import { users } from './users.ts'
import { zones } from './zones.ts'

export { check, conclude, explorePlanned, planOf, type CheckOptions, type Progress } from './check.ts'
export { FAIRNESS } from './liveness.ts'
export { explorePairs, type Distinction, type PairOptions, type Paired } from './two-runs.ts'
export type { Run } from './run.ts'
export type { CheckResult, CheckedProperty, CheckedScope, Counterexample, Grounds, Problem, Verdict } from './result.ts'
export {
  EVERY,
  always,
  leadsTo,
  refusal,
  sometimes,
  sometimesStep,
  step,
  type Property,
  type PropertyKind,
} from './property.ts'
export type { Came, Read, StateReads, StepReads } from './reads.ts'

/** All properties, in the order of SPEC.md's chapters. */
export const properties: readonly Property[] = [
  ...invariants,
  ...create,
  ...cluster,
  ...policy,
  ...initialize,
  ...zones,
  ...hsm,
  ...failure,
  ...tenancy,
  ...join,
  ...deletion,
  ...backup,
  ...contents,
  ...archive,
  ...copies,
  ...sharing,
  ...retention,
  ...occasions,
  ...restore,
  ...keys,
  ...hardware,
  ...client,
  ...users,
  ...accounts,
  ...quorum,
  ...synchronisation,
  ...losses,
  ...modify,
  ...migration,
  ...rollback,
  ...jobs,
  ...leaks,
  ...frame,
]
