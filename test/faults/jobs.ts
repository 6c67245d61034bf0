/** Services that break a clause about jobs and crashes, and one for each step of each job that recovery forgets. */
import { defaultServiceParts, type Effect } from '../../impl/index.ts'
import { inService, type Fault } from './fault.ts'

const { isWritten, stopsAt } = defaultServiceParts

/** Recovery does not go on with jobs of this kind. */
const forgets = (clause: string, effect: Effect): Fault =>
  inService(clause, `forgets a ${effect} that a crash has stopped`, { remembers: entry => entry.effect !== effect })

export const jobFaults: readonly Fault[] = [
  inService('§job.hidden', 'finishes a job before it crashes', {
    stopsAt: (stop, step, moment) => stop !== null && step === 'record' && moment === 'after',
  }),
  inService('§job.written', 'backs up a peer again when it was backed up already', {
    isWritten: entry => entry.effect !== 'PeerBackedUp' && isWritten(entry),
    isStillDue: ({ effect }, isDue) => isDue || effect === 'PeerBackedUp',
  }),
  inService('§job.again', 'finishes a job before its recovery crashes', {
    stopsAt: (stop, step, moment, from) => from.crashes === 0 && stopsAt(stop, step, moment, from),
  }),
  forgets('§job.provision', 'HsmProvisioned'),
  forgets('§job.snapshot', 'PeerBackedUp'),
  forgets('§job.daily', 'ClusterBackedUp'),
  forgets('§job.archive', 'BackupSealed'),
  forgets('§job.restore', 'HsmRestored'),
  forgets('§job.replace', 'HsmReplaced'),
  forgets('§job.copy', 'BackupCopied'),
  forgets('§job.delete', 'HsmDeleted'),
  forgets('§job.dissolve', 'ClusterDeleted'),
  forgets('§job.purge', 'BackupPurged'),
  forgets('§job.prepare', 'HsmBackedUp'),
  forgets('§job.migrate', 'HsmMigrated'),
  forgets('§job.rollback', 'ClusterRolledBack'),
  inService('§job.abandon', 'goes on restoring an HSM that has failed', {
    isStillDue: ({ effect }, isDue) => isDue || effect === 'HsmRestored',
  }),
  inService('§job.outage', 'answers requests before it has recovered', { isOut: () => false }),
  inService('§job.idle', 'goes on with what is due before it has recovered', { mayWork: () => true }),
]

/** The steps of each job, as SPEC.md §12 lists them, and the clause of its recovery. */
const STEPS: readonly (readonly [clause: string, effect: Effect, steps: readonly string[]])[] = [
  ['§job.provision', 'HsmProvisioned', ['unit', 'record']],
  ['§job.snapshot', 'PeerBackedUp', ['seal', 'record']],
  ['§job.daily', 'ClusterBackedUp', ['seal', 'record']],
  ['§job.archive', 'BackupSealed', ['store', 'record']],
  ['§job.restore', 'HsmRestored', ['unit', 'restore', 'record']],
  ['§job.replace', 'HsmReplaced', ['retire', 'record']],
  ['§job.copy', 'BackupCopied', ['store', 'record']],
  ['§job.delete', 'HsmDeleted', ['retire', 'record']],
  ['§job.dissolve', 'ClusterDeleted', ['record']],
  ['§job.purge', 'BackupPurged', ['erase', 'record']],
  ['§job.prepare', 'HsmBackedUp', ['seal', 'record']],
  ['§job.migrate', 'HsmMigrated', ['unit', 'restore', 'record']],
  ['§job.rollback', 'ClusterRolledBack', ['unit', 'restore', 'record']],
]

export interface StepFault extends Fault {
  readonly effect: Effect
  readonly step: string
}

/** For each step of each job a service that forgets the job when its journal says that this step is to be done. */
export const stepFaults: readonly StepFault[] = STEPS.flatMap(([clause, effect, steps]) =>
  steps.map(step => ({
    effect,
    step,
    ...inService(clause, `forgets a ${effect} that was stopped at ${step}`, {
      remembers: entry => entry.effect !== effect || entry.step !== step,
    }),
  })),
)
