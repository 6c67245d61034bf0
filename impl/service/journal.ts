/** The journal of the service: which job it is at, of whom and at which step, so that a crash loses no more than the work of one step. */
import { accepted, type Outcome } from '../hsm/index.ts'
import type { JoinCode } from './joins.ts'
import type { Site } from './site.ts'

export type Settled = Outcome<null, JoinCode | 'COPY_FAILED' | 'VALIDATION' | 'NO_BACKUP'>

/** What the steps of a job leave for those that follow. */
export interface Notes {
  /** The id of a backup that was sealed, or that was refused. */
  readonly made: string | null
  /** Why the job fails. */
  readonly code: JoinCode | 'COPY_FAILED' | 'VALIDATION' | null
  /** The ids that new HSMs will have, whose units were taken. */
  readonly taken: readonly string[]
}

export const NO_NOTES: Notes = { made: null, code: null, taken: [] }

/** The names of steps. `record` is the last of every job, and writes all its records. */
export type StepName = 'unit' | 'seal' | 'store' | 'restore' | 'retire' | 'erase' | 'record'

/** One step before the last. */
export interface JobStep<R> {
  readonly name: Exclude<StepName, 'record'>
  /** Does it. What it leaves for the next; nothing: the same as before. */
  run(site: Site, record: R, notes: Notes): Notes | void
  /** Whether it was done, although the journal does not say so; left out where nothing comes of doing it again, or all is begun anew. */
  isDone?(site: Site, record: R): boolean
}

/** A kind of job: for which records it is due, and how it is done. A record is a cluster, an HSM or a backup. */
export interface Work<R> {
  readonly effect: string
  readonly steps?: readonly JobStep<R>[]
  /** After a crash it begins with its first step, whatever was done. */
  readonly isAnew?: true
  isDue(site: Site, record: R): boolean
  /** The last step. */
  record(site: Site, record: R, notes: Notes): Settled | void
  /** Takes back what the steps before the last have done. */
  undo?(site: Site, record: R, notes: Notes): void
}

/** An entry of the journal. */
export interface Entry {
  readonly effect: string
  readonly subject: string
  /** The step that is to be done next. */
  readonly step: StepName
  readonly notes: Notes
  /** The records are written: nothing is left to do. */
  readonly isWritten: boolean
  /** How often it was stopped. */
  readonly crashes: number
}

/** Where a crash comes: before a step, or after it and before the journal says so. */
export interface CrashPoint {
  readonly step: StepName
  readonly moment: 'before' | 'after'
}

/** The service is at one job at a time. */
const AT_WORK = 'job'

export const entryOf = ({ stores }: Site): Entry | undefined => stores.journal.get(AT_WORK)
/** §job.journal */
const write = ({ stores }: Site, entry: Entry): void => void stores.journal.set(AT_WORK, entry)
const close = ({ stores }: Site): void => void stores.journal.delete(AT_WORK)

const namesOf = <R>({ steps = [] }: Work<R>): readonly StepName[] => [...steps.map(({ name }) => name), 'record']

/** Does a job, up to a crash if there is one. */
export const perform = <R>(site: Site, work: Work<R>, subject: string, record: R, stop: CrashPoint | null): Settled => {
  const [step = 'record'] = namesOf(work)
  const entry = { effect: work.effect, subject, step, notes: NO_NOTES, isWritten: false, crashes: 0 }
  return goOn(site, work, record, entry, stop)
}

/** Does the steps that are left, and notes each in the journal once it is done. */
const goOn = <R>(site: Site, work: Work<R>, record: R, from: Entry, stop: CrashPoint | null): Settled => {
  const names = namesOf(work)
  const stops = (at: StepName, moment: CrashPoint['moment']) => site.parts.stopsAt(stop, at, moment, from) // §job.hidden §job.again
  let entry = from
  write(site, entry)
  for (const step of work.steps?.slice(names.indexOf(from.step)) ?? []) {
    if (stops(step.name, 'before')) return stopped(site, entry)
    const notes = step.run(site, record, entry.notes) ?? entry.notes
    if (stops(step.name, 'after')) return stopped(site, { ...entry, notes })
    entry = { ...entry, notes, step: names[names.indexOf(step.name) + 1] ?? 'record' }
    write(site, entry)
  }
  if (stops('record', 'before')) return stopped(site, entry)
  const settled = work.record(site, record, entry.notes) ?? accepted(null)
  write(site, { ...entry, isWritten: true })
  if (stops('record', 'after')) {
    stopped(site, { ...entry, isWritten: true })
    return settled
  }
  close(site)
  return settled
}

/** The service is out from here on. */
const stopped = (site: Site, entry: Entry): Settled => {
  write(site, { ...entry, crashes: entry.crashes + 1 })
  return accepted(null)
}

/** Ends the job that the journal names, if there is one, up to another crash if there is one. */
export const recover = <R>(site: Site, work: Work<R>, record: R, entry: Entry, stop: CrashPoint | null): Settled => {
  const { parts } = site
  close(site)
  if (parts.isWritten(entry)) return accepted(null) // §job.written
  if (stop === null && !parts.remembers(entry)) return accepted(null) // §job.recover
  if (!parts.isStillDue(entry, work.isDue(site, record))) {
    if (parts.undoes(entry)) work.undo?.(site, record, entry.notes) // §job.abandon
    return accepted(null)
  }
  const names = namesOf(work)
  if (work.isAnew === true) {
    work.undo?.(site, record, entry.notes)
    return goOn(site, work, record, { ...entry, step: names[0] ?? 'record', notes: NO_NOTES }, stop)
  }
  const next = work.steps?.find(({ name }) => name === entry.step)
  const step = next?.isDone?.(site, record) === true ? (names[names.indexOf(next.name) + 1] ?? 'record') : entry.step
  return goOn(site, work, record, { ...entry, step }, stop)
}
