/** Jobs of the service and its crashes: what is durable, what is seen, what is refused meanwhile, and how each job ends. */
import type { JobEffect } from '../model/index.ts'
import { codeOf } from './facts.ts'
import { BY_SERVICE, REQUESTS, isOut } from './outage.ts'
import { always, leadsTo, sometimes, sometimesStep, step, type Property } from './property.ts'
import type { Read, StateReads, StepReads } from './reads.ts'
import { JOBS, WORK, type About, type Working } from './steps.ts'

type Crash = StepReads<'Crash'>
type Stopped = Pick<StateReads, 'job'>

const jobOf = ({ job }: Stopped) => job[0]
const NOBODY: About = { cluster: null, hsm: null, backup: null }
const aboutOf = ({ input }: Crash): About => {
  const { cluster = null, hsm = null, backup = null } = { ...NOBODY, ...input }
  return { cluster, hsm, backup }
}

/** The last step is done when the crash comes. */
const isWritten = ({ input }: Crash): boolean => input.step === 'record' && input.moment === 'after'

/** The crash comes, or the service is at this job and one may come. */
const isStruck = (crash: Crash): boolean => {
  const { before, input, outcome } = crash
  return outcome.kind !== 'disabled' || (!isOut(before) && JOBS[input.job].isBegun?.(before, aboutOf(crash)) === true)
}

/** Nothing is another than before, but for the job. */
const isElseUnchanged = ({ before, after }: Working): boolean =>
  (['cluster', 'hsm', 'backup'] as const).every(
    kind => before[kind] === after[kind] || before[kind].every((local, slot) => after[kind][slot] === local),
  )

/** The journal says that this job came so far. */
const isJournalled = (crash: Crash): boolean => {
  const { input } = crash
  const told = jobOf(crash.after)?.context
  if (told === undefined || !isSame(told, aboutOf(crash))) return false
  return told.effect === input.job && told.step === input.step && told.isDone === (input.moment === 'after')
}

/** Recovery of the job has yet to come to where this crash is. */
const isAhead = ({ before, input }: Crash): boolean => {
  const { effect, step: named, isDone } = jobOf(before)?.context ?? {}
  if (effect !== input.job || named === null || named === undefined) return false
  const { steps, isAnew } = JOBS[effect]
  const [at, to] = [steps.indexOf(named), steps.indexOf(input.step)]
  return isAnew || to > at || (to === at && isDone === false)
}

const isSame = (one: About, other: About): boolean =>
  one.cluster === other.cluster && one.hsm === other.hsm && one.backup === other.backup

const CRASH: readonly Read[] = WORK

/** One property for each kind of job: recovery of it has its effect. */
const recovered = Object.entries(JOBS).map(([effect, { id, says, isDue, became }]) =>
  step({
    id,
    says,
    rules: ['Recover'],
    reads: WORK,
    when: ({ before }) => {
      const job = jobOf(before)
      return job?.value === 'STOPPED' && job.context.effect === effect && isDue(before, job.context)
    },
    holds: recovery => {
      const about = jobOf(recovery.before)?.context ?? NOBODY
      return became(recovery as Working, about) && jobOf(recovery.after)?.value === 'vacant'
    },
  }),
)

const isGivenUp = ({ before }: Pick<Working, 'before'>): boolean => {
  const job = jobOf(before)
  const effect: JobEffect | null = job?.context.effect ?? null
  return job?.value === 'STOPPED' && effect !== null && !JOBS[effect].isDue(before, job.context)
}

export const jobs: readonly Property[] = [
  always({
    id: '§job.journal',
    says: 'What a crash leaves is a journal that names a step of its job, and says whether it was done.',
    reads: ['job'],
    each: 'job',
    holds: ({ job }, slot) => {
      const { value, context } = job[slot] ?? {}
      if (value === undefined || context === undefined || value === 'vacant') return true
      const { effect, step: named, isDone } = context
      const isKnown = effect !== null && named !== null && JOBS[effect].steps.includes(named)
      return isKnown && (value === 'WRITTEN') === (named === 'record' && isDone)
    },
  }),
  sometimes({
    id: '§job.journal',
    says: 'A journal says of a job which step was done when the crash came.',
    reads: ['job'],
    reached: ({ job }) => job.some(({ value, context }) => value === 'STOPPED' && context.isDone),
  }),
  step({
    id: '§job.hidden',
    says: 'A crash before the last step of a job is done, which may come whenever the service is at the job, stops it there, and changes nothing that can be seen.',
    rules: ['Crash'],
    reads: CRASH,
    when: crash => !isWritten(crash) && isStruck(crash),
    holds: crash => {
      const isStopped = jobOf(crash.after)?.value === 'STOPPED' && isJournalled(crash)
      return crash.outcome.kind === 'accepted' && isStopped && isElseUnchanged(crash as Working)
    },
  }),
  sometimesStep({
    id: '§job.hidden',
    says: 'A crash stops a job after a step that is not its last.',
    rules: ['Crash'],
    reads: ['outcome', 'job'],
    reached: ({ before, input, outcome }) =>
      outcome.kind === 'accepted' && !isOut(before) && input.step !== 'record' && input.moment === 'after',
  }),
  step({
    id: '§job.written',
    says: 'What the last step of a job has done stays through a crash, and recovery does nothing again.',
    rules: ['Crash', 'Recover'],
    reads: CRASH,
    when: tried => {
      const { input, before } = tried
      if (input.rule === 'Recover') return jobOf(before)?.value === 'WRITTEN'
      return isWritten(tried as Crash) && isStruck(tried as Crash)
    },
    holds: tried => {
      const { input, after } = tried
      if (input.rule === 'Recover')
        return (
          jobOf(after)?.value === 'vacant' && tried.outcome.kind === 'accepted' && isElseUnchanged(tried as Working)
        )
      const crash = tried as Crash
      const isThere = JOBS[input.job].became(tried as Working, aboutOf(crash))
      return isThere && jobOf(after)?.value === 'WRITTEN' && isJournalled(crash)
    },
  }),
  sometimesStep({
    id: '§job.written',
    says: 'A crash comes after the last step of a job.',
    rules: ['Crash'],
    reads: ['outcome', 'job'],
    reached: ({ before, input, outcome }) =>
      outcome.kind === 'accepted' && !isOut(before) && input.step === 'record' && input.moment === 'after',
  }),
  step({
    id: '§job.again',
    says: 'Recovery may be stopped by a crash at every step that it comes to, and by no other crash.',
    rules: ['Crash'],
    reads: CRASH,
    when: ({ before }) => isOut(before),
    holds: crash => {
      const { before, input } = crash
      const job = jobOf(before)
      const isTheJob = job?.value === 'STOPPED' && isSame(job.context, aboutOf(crash)) && isAhead(crash)
      const isDue = isTheJob && JOBS[input.job].isDue(before, job.context)
      return isDue ? crash.outcome.kind !== 'disabled' && isJournalled(crash) : crash.outcome.kind === 'disabled'
    },
  }),
  ...recovered,
  step({
    id: '§job.abandon',
    says: 'A job whose reason a failure has taken away is given up by recovery, and nothing is to be seen of it.',
    rules: ['Recover'],
    reads: WORK,
    when: tried => isGivenUp(tried as Working),
    holds: tried =>
      tried.outcome.kind === 'accepted' && jobOf(tried.after)?.value === 'vacant' && isElseUnchanged(tried as Working),
  }),
  leadsTo({
    id: '§job.recover',
    says: 'A job that a crash has stopped ends.',
    reads: ['job'],
    each: 'job',
    from: ({ job }, slot) => job[slot] !== undefined && job[slot].value !== 'vacant',
    to: ({ job }, slot) => job[slot]?.value === 'vacant',
  }),
  step({
    id: '§job.outage',
    says: 'While the service is out every request is refused with InternalFailure and changes nothing, and at no other time is any.',
    rules: REQUESTS,
    reads: ['job', 'outcome', 'unchanged'],
    when: () => true,
    holds: request =>
      isOut(request.before)
        ? request.outcome.kind === 'refused' && codeOf(request) === 'InternalFailure' && request.unchanged
        : codeOf(request) !== 'InternalFailure',
  }),
  step({
    id: '§job.idle',
    says: 'While the service is out nothing that is due takes place.',
    rules: BY_SERVICE,
    reads: ['job', 'outcome'],
    when: ({ before }) => isOut(before),
    holds: ({ outcome }) => outcome.kind === 'disabled',
  }),
]
