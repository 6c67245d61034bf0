/** The collaborators that decide about jobs that a crash has stopped: one function for each thing that SPEC.md §12 says of them. */
import type { CrashPoint, Entry, StepName } from './journal.ts'

/** Guards answer whether something is so, or may go on. */
export const jobParts = {
  // §job.outage
  isOut: (journal: ReadonlyMap<string, Entry>): boolean => journal.size > 0,
  // §job.idle
  mayWork: (journal: ReadonlyMap<string, Entry>): boolean => journal.size === 0,
  // §job.hidden §job.again
  stopsAt: (stop: CrashPoint | null, step: StepName, moment: CrashPoint['moment'], _from: Entry): boolean =>
    stop !== null && stop.step === step && stop.moment === moment,
  // §job.written
  isWritten: ({ isWritten }: Entry): boolean => isWritten,
  // §job.recover
  remembers: (_entry: Entry): boolean => true,
  // §job.abandon
  isStillDue: (_entry: Entry, isDue: boolean): boolean => isDue,
  // §job.abandon
  undoes: (_entry: Entry): boolean => true,
}
