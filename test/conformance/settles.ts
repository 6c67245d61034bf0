/** Comparing the effects that a target offers with those that are due. */
import { pending as pendingOf, say, step, view, type State } from '../../model/index.ts'
import type { Due } from './blame.ts'
import { blameEarly, blameMissing, type Expirable } from './blame-due.ts'
import type { Names } from './names.ts'
import { hypothesisOf, type Divergence, type Situation } from './situation.ts'

export const comparePending = async (current: Situation, told: Due): Promise<Divergence | null> => {
  const { memory, names, target } = current
  const { model, state } = hypothesisOf(current)
  const due = pendingOf(model, state).map(({ input }) => {
    const [kind, slot] = Object.entries(input).find(([field]) => field !== 'rule') ?? ['', 0]
    const name = names[kind as keyof Names]?.[slot as number] ?? ''
    return { input, key: `${input.rule} ${name}` }
  })
  const offered = (await target.pending()).map(({ effect, subject }) => ({
    effect,
    subject: memory.names.get(subject) ?? subject,
    key: `${effect} ${memory.names.get(subject) ?? subject}`,
  }))
  const missing = due.find(({ key }) => !offered.some(offer => offer.key === key))
  const extra = offered.find(({ key }) => !due.some(settle => settle.key === key))
  const what = 'what is pending'
  if (missing !== undefined) {
    const taken = step(model, state, missing.input)
    const clause = taken.kind === 'taken' ? taken.fired[0]?.clause : model.rule(missing.input.rule).clauses[0]
    return {
      clause: blameMissing(told, missing.input.rule, clause ?? '§port.frame'),
      what,
      expected: missing.key,
      actual: `not offered: ${say(missing.input)}`,
    }
  }
  if (extra === undefined) return null
  return {
    clause: state.job.some(({ value }) => value !== 'vacant')
      ? '§job.idle'
      : blameEarly(extra.effect, expirable(state, names.backup.indexOf(extra.subject))),
    what,
    expected: `not ${extra.key}`,
    actual: `offered: ${extra.key}`,
  }
}

/** What keeps the backup in a slot from being taken by retention; null where there is none. */
const expirable = (state: State, slot: number): Expirable | null => {
  const context = state.backup[slot]?.context
  if (context === undefined) return null
  const { cluster, neverExpires } = context
  const isLast = cluster !== null && view(state)[cluster]?.last === slot
  return { hasCluster: cluster !== null, neverExpires, isLast }
}
