/** A channel played through a man in the middle: what the HSM did of it, what the client was told, and what has to be so. */
import type { Channel, Hsm } from '../../impl/index.ts'
import { intactIn, middleOf, type Attack, type Direction, type Middle } from './middle.ts'
import { opened, peer, setPolicy, type Adapter } from './world.ts'

/** Commands in a channel. */
export const COMMANDS = 3

export interface Played {
  /** With which code the channel was refused, if it was. */
  readonly code: 'opens' | 'UNAVAILABLE' | 'CERTIFICATE'
  /** How many commands the client was told the outcome of. */
  readonly answered: number
  /** How many answers came after one that did not. */
  readonly late: number
  /** How many commands the HSM did, by its own log. */
  readonly done: number
  /** The policy that it has then. */
  readonly policy: number
  readonly middle: Middle
}

/** Turns of the event loop without anything happening after which nothing will: what there is to do needs no other thread. */
const IDLE = 8

/** What is promised, or what comes of it when the middle, idle for long, is cut. */
const patiently = async <T>(middle: Middle, promised: Promise<T>): Promise<T> => {
  let isSettled = false
  const settled = promised.finally(() => {
    isSettled = true
  })
  for (let idle = 0, seen = -1; !isSettled && idle < IDLE; idle = seen === middle.events() ? idle + 1 : 0) {
    seen = middle.events()
    await new Promise(setImmediate)
  }
  if (!isSettled) middle.cut()
  return settled
}

/** Policies are set that no run before has set. */
let values = 1_000

export const play = async (
  adapter: Adapter,
  hsm: Hsm,
  attacks: readonly Attack[],
  foreign?: Middle['courses'],
): Promise<Played & { readonly values: readonly number[] }> => {
  const middle = middleOf(adapter.name, attacks, foreign)
  const setting = Array.from({ length: COMMANDS }, () => values++)
  const opening = await patiently(middle, adapter.open(hsm, peer, middle.tap))
  const channel: Channel | null = opening.ok ? opening.value : null
  const answers: boolean[] = []
  for (const value of channel === null ? [] : setting)
    answers.push((await patiently(middle, (channel as Channel).tell(setPolicy(value)))) !== null)
  channel?.close()
  middle.cut()
  await new Promise(setImmediate)
  const answered = answers.indexOf(false) === -1 ? answers.length : answers.indexOf(false)
  const late = answers.slice(answered).filter(Boolean).length
  const entries = hsm.drainAudit().map(entry => Buffer.from(entry).toString('latin1'))
  const done = entries.filter(entry => entry.includes('CN_SET_POLICY')).length
  const code = opening.ok ? 'opens' : opening.code
  return { code, answered, late, done, policy: await policyOf(adapter, hsm), middle, values: setting }
}

export const policyOf = async (adapter: Adapter, hsm: Hsm): Promise<number> => {
  const channel = await opened(adapter.open(hsm))
  const answer = await channel.tell({ op: 'Inspect', as: null })
  channel.close()
  if (answer?.ok !== true || answer.value.kind !== 'inspection') throw new Error('expected an inspection, got none')
  return answer.value.policy
}

/** Records of each direction before the first command, and before its answer. */
export type Overture = Readonly<Record<Direction, number>>

/** Learns it from a channel that nobody tampers with. */
export const overtureOf = async (adapter: Adapter, hsm: Hsm): Promise<Overture> => {
  const counts = { there: 0, back: 0 }
  const middle = middleOf(adapter.name, [])
  const channel = await opened(adapter.open(hsm, peer, middle.tap))
  for (const direction of ['there', 'back'] as const) counts[direction] = middle.courses[direction].sent.length
  await channel.tell(setPolicy(values++))
  const after = (direction: Direction): number => middle.courses[direction].sent.length - 1
  const overture = { there: after('there'), back: after('back') }
  channel.close()
  hsm.drainAudit()
  return overture
}

/** What is wrong with how a channel went; null where nothing is. §channel.once */
export const wrongWith = (
  { code, answered, late, done, policy, middle: { courses }, values: setting }: Awaited<ReturnType<typeof play>>,
  overture: Overture,
  before: number,
  attacks: readonly Attack[],
): string | null => {
  const believable = (direction: Direction): number =>
    Math.min(COMMANDS, Math.max(0, intactIn(courses[direction]) - overture[direction]))
  const [commands, answers] = [believable('there'), believable('back')]
  if (code === 'CERTIFICATE') return 'the channel is refused with CERTIFICATE'
  if (late > 0) return `${late} answers are accepted after one that is not`
  if (done > commands) return `${done} commands are done, and ${commands} arrive as they were sent`
  if (answered > answers) return `${answered} answers are accepted, and ${answers} arrive as they were sent`
  if (answered > done) return `${answered} answers to ${done} commands`
  const expected = done === 0 ? before : setting[done - 1]
  if (policy !== expected) return `the policy is ${policy}, not ${expected}`
  const isOneWay = (direction: Direction): boolean => attacks.every(attack => attack.direction === direction)
  if (attacks.some(({ kind }) => kind === 'reflect')) return null
  // The answer to what was done last may be lost with what came after it.
  if (isOneWay('there') && (done < commands || answered < done - 1))
    return `${done} done of ${commands}, ${answered} answered`
  if (isOneWay('back') && answered < answers) return `${answered} answers of ${answers} are accepted`
  return null
}
