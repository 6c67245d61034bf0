/** A job that a crash has stopped: how far it came, whom it is about, and how it ends. Uninterrupted, it is the one step of its effect. */
import { and, assertEvent, assign, not, setup } from 'xstate'
import { EFFECTS, JOBS, comesTo, type JobEffect, type JobGuard, type JobStep } from './steps.ts'
import { refusal, type Meta } from './words.ts'

/** `STOPPED`: nothing of its effect is to be seen. `WRITTEN`: all of it is, and only the journal does not say so. */
export type JobState = 'vacant' | 'STOPPED' | 'WRITTEN'

/** What the service has durably: its journal says which job, of whom, and at which step. */
export interface JobContext {
  readonly effect: JobEffect | null
  /** Slots of what it is done to, the two others null; all null once what it was about is gone. */
  readonly cluster: number | null
  readonly hsm: number | null
  readonly backup: number | null
  /** The step that the journal says is to be done. */
  readonly step: JobStep | null
  /** That step was done before the crash. */
  readonly isDone: boolean
}

/** Whom a job is about. */
export type Subject = Pick<JobContext, 'cluster' | 'hsm' | 'backup'>

export type JobEvent =
  | ({
      readonly type: 'Crash'
      readonly effect: JobEffect
      readonly step: JobStep
      readonly isDone: boolean
    } & Subject)
  /** `isDue`: there is still reason to do what the job was begun for. */
  | { readonly type: 'Recover'; readonly isDue: boolean }
  /** `lost`: slot of the final backup that is lost with the HSM. */
  | { readonly type: 'FailHsm'; readonly lost: number | null }
  /** Something is asked of the service. */
  | { readonly type: 'Ask' }

const none: JobContext = { effect: null, cluster: null, hsm: null, backup: null, step: null, isDone: false }

const guardsOfKinds = Object.fromEntries(
  EFFECTS.map(effect => [JOBS[effect].guard, ({ context }: { context: JobContext }) => context.effect === effect]),
) as Readonly<Record<JobGuard, (args: { context: JobContext }) => boolean>>

const isOut = refusal('InternalFailure', '§job.outage', 'refused: the service is out')

export const jobMachine = setup({
  types: { context: {} as JobContext, events: {} as JobEvent, meta: {} as Meta },
  guards: {
    isWritten: ({ event }) => {
      assertEvent(event, 'Crash')
      return event.isDone && event.step === 'record'
    },
    isSameJob: ({ context, event }) => {
      assertEvent(event, 'Crash')
      const { effect, cluster, hsm, backup } = context
      return event.effect === effect && event.cluster === cluster && event.hsm === hsm && event.backup === backup
    },
    isAhead: ({ context, event }) => {
      assertEvent(event, 'Crash')
      const { effect, step, isDone } = context
      return effect !== null && step !== null && comesTo(effect, step, isDone, event.step)
    },
    isDue: ({ event }) => {
      assertEvent(event, 'Recover')
      return event.isDue
    },
    isOfLost: ({ context, event }) => {
      assertEvent(event, 'FailHsm')
      return event.lost !== null && context.backup === event.lost
    },
    isOfNewer: ({ context, event }) => {
      assertEvent(event, 'FailHsm')
      return event.lost !== null && context.backup !== null && context.backup > event.lost
    },
    ...guardsOfKinds,
  },
  actions: {
    journal: assign(({ event }) => {
      assertEvent(event, 'Crash')
      const { type: _type, ...journal } = event
      return journal
    }),
    loseSubject: assign({ backup: null }),
    followSubject: assign({ backup: ({ context }) => (context.backup ?? 0) - 1 }),
    forget: assign(none),
  },
}).createMachine({
  id: 'job',
  context: none,
  initial: 'vacant',
  states: {
    vacant: {
      on: {
        Crash: [
          {
            guard: 'isWritten',
            target: 'WRITTEN',
            actions: 'journal',
            description: 'a crash after the last step, before the journal says so: the effect stays',
            meta: { clause: '§job.written' },
          },
          {
            guard: not('isWritten'),
            target: 'STOPPED',
            actions: 'journal',
            description: 'a crash before the last step: nothing is to be seen of the job',
            meta: { clause: '§job.hidden' },
          },
        ],
      },
    },
    STOPPED: {
      on: {
        Crash: [
          {
            guard: and(['isSameJob', 'isAhead', 'isWritten']),
            target: 'WRITTEN',
            actions: 'journal',
            description: 'a crash of the recovery after the last step: the effect stays',
            meta: { clause: '§job.again', also: ['§job.written'] },
          },
          {
            guard: and(['isSameJob', 'isAhead', not('isWritten')]),
            actions: 'journal',
            description: 'a crash of the recovery before the last step: nothing is to be seen of the job still',
            meta: { clause: '§job.again', also: ['§job.hidden'] },
          },
        ],
        Recover: [
          ...EFFECTS.map(effect => JOBS[effect]).map(({ guard, description, clause }) => ({
            guard: and(['isDue', guard]),
            target: 'vacant' as const,
            actions: 'forget' as const,
            description,
            meta: { clause, also: ['§job.recover'] },
          })),
          {
            guard: not('isDue'),
            target: 'vacant',
            actions: 'forget',
            description: 'what the job was about is gone: it is given up, and what it had done is undone',
            meta: { clause: '§job.abandon', also: ['§job.recover'] },
          },
        ],
        FailHsm: [
          {
            guard: 'isOfLost',
            actions: 'loseSubject',
            description: 'the backup that it is about is lost with its HSM',
            meta: { clause: '§job.abandon' },
          },
          {
            guard: 'isOfNewer',
            actions: 'followSubject',
            description: 'goes on being about its backup when an older one is lost',
            meta: { clause: '§job.archive', also: ['§job.copy', '§job.purge'] },
          },
        ],
        Ask: isOut,
      },
    },
    WRITTEN: {
      on: {
        Recover: {
          target: 'vacant',
          actions: 'forget',
          description: 'nothing is left to do, and nothing is done twice',
          meta: { clause: '§job.written', also: ['§job.recover'] },
        },
        Ask: isOut,
      },
    },
  },
})
