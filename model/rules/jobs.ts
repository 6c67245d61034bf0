/** Jobs that a crash stops: what is done of their effects, how recovery goes on, and what the service does not do meanwhile. */
import type { Input, RuleName } from '../input.ts'
import type { Subject } from '../machines/job.ts'
import { JOBS, type JobEffect } from '../machines/steps.ts'
import type { AccountParticipant, AccountReader, AccountRule } from '../things.ts'
import { copies } from './copies.ts'
import { migration } from './migration.ts'
import { plan } from './retention.ts'
import { rule } from './rule.ts'
import { settle } from './settle.ts'

/** The slot of the job that the service is at: one at a time. */
const AT_WORK = 0

const effects: ReadonlyMap<string, AccountRule> = new Map(
  [...settle, ...copies, ...plan, ...migration].map(carried => [carried.name, carried]),
)

/** Who takes part in an effect. */
const carriedOut = (effect: JobEffect, subject: Subject, read: AccountReader): readonly AccountParticipant[] => {
  const slot = subject[JOBS[effect].of]
  const input = { rule: effect, [JOBS[effect].of]: slot } as unknown as Input
  return slot === null ? [] : (effects.get(effect)?.participants(input, read) ?? [])
}

export const jobs: readonly AccountRule[] = [
  rule('Crash', {
    family: 'crash',
    clauses: ['§job.hidden', '§job.written', '§job.journal', '§job.again'],
    description: 'the service crashes in the middle of a job',
    participants: ({ job: effect, step, moment, ...named }, read) => {
      if (read.all('job').length === 0) return []
      const subject: Subject = { cluster: null, hsm: null, backup: null, ...named }
      const isDone = moment === 'after'
      const all = carriedOut(effect, subject, read)
      if (all.length === 0) return []
      const seen = isDone && step === 'record' ? all : all.map(each => ({ ...each, keeps: true }))
      return [...seen, { kind: 'job', slot: AT_WORK, event: { type: 'Crash', effect, step, isDone, ...subject } }]
    },
  }),
  rule('Recover', {
    family: 'recovery',
    clauses: ['§job.recover'],
    description: 'the service is back, and goes on with the job or gives it up',
    participants: (_, read) => {
      if (read.all('job').length === 0) return []
      const { value, context } = read.local('job', AT_WORK)
      const { effect } = context
      const all = value === 'STOPPED' && effect !== null ? carriedOut(effect, context, read) : []
      const due = all.map((each, at) => (at === 0 ? { ...each, optional: true } : { ...each, along: 0 }))
      const ends: AccountParticipant = {
        kind: 'job',
        slot: AT_WORK,
        event: ([first]) => ({ type: 'Recover', isDue: all.length > 0 && first !== null && first !== undefined }),
      }
      return [...due, ends]
    },
  }),
]

/** What an HSM that fails does to jobs: its final backup is lost, and the later ones close up. */
export const losingBackup = (read: AccountReader, hsm: number): readonly AccountParticipant[] => {
  const slots = read.all('job')
  if (slots.length === 0) return []
  const lost = read.all('backup').find(slot => {
    const { value, context } = read.local('backup', slot)
    return value === 'CREATE_IN_PROGRESS' && context.final === hsm
  })
  return slots.map(slot => ({ kind: 'job', slot, optional: true, event: { type: 'FailHsm', lost: lost ?? null } }))
}

/** What only the service does, beside requests and effects: customers, HSMs, time and the adversary go on without it. */
const BY_SERVICE: readonly RuleName[] = ['ClusterBackedUp', 'FailSeal', 'FailCopy']

const isOut = (read: AccountReader): boolean => read.all('job').length > 0 && read.view[0]?.outage === true

const ask: AccountParticipant = { kind: 'job', slot: AT_WORK, event: { type: 'Ask' } }

/** The same rules, while the service is out as well: requests are refused, and what is due waits. */
export const throughOutages = (rules: readonly AccountRule[]): readonly AccountRule[] =>
  rules.map(each => {
    const isRequest = each.family === 'api'
    if (!isRequest && each.family !== 'settle' && !BY_SERVICE.some(name => name === each.name)) return each
    return {
      ...each,
      clauses: [...each.clauses, isRequest ? '§job.outage' : '§job.idle'],
      participants: (input, read) => {
        if (!isOut(read)) return each.participants(input, read)
        return isRequest ? [ask] : []
      },
    }
  })
