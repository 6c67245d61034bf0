/** One run: a story is told to a target, and every step is judged. */
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { CloudHsm, Taken } from '../../model/index.ts'
import { PortError, open, watch } from './answer.ts'
import { blameOutcome } from './blame.ts'
import { createWatch, leakInTheEnd, leakOf } from './bytes.ts'
import { sayEvent, type Event, type Story } from './event.ts'
import { explanationsOf, hypothesesOf, isExpected, SLOTS, type Explanation } from './explain.ts'
import { judgeStep } from './judge.ts'
import { askOf } from './mapping.ts'
import { createMemory } from './memory.ts'
import { inputOf, namesAfter, noNames } from './names.ts'
import type { Answer, Profile, Target, TargetFactory } from './port.ts'
import { createSecrets, type Secrets } from './secrets.ts'
import { shownBy } from './shows.ts'
import { hypothesisOf, type Divergence, type Situation } from './situation.ts'

export interface RunOptions {
  /** Seed of the customer's secrets. */
  readonly seed: number
  /** The combinations of choices to consider. */
  readonly models: readonly CloudHsm[]
  /** The customer's secrets, in the place of those of the seed. */
  readonly secrets?: Secrets
  /** The story is told to its end whatever the target does, and nothing is judged: where they part, the model goes on alone. */
  readonly isUnjudged?: boolean
  readonly signal?: AbortSignal
}

export interface RunResult {
  /** Events that were taken, the last one included that diverged. Those that could not happen are left out. */
  readonly events: Story
  /** What the model took, one for each event; of the last one, what was expected. */
  readonly taken: readonly Taken[]
  readonly divergence: Divergence | null
  /** What the steps showed that were as expected. */
  readonly shown: ReadonlySet<string>
  /** The models that still explain the target. */
  readonly models: readonly CloudHsm[]
}

/** Tells a story to a target that starts afresh, and closes it. */
export const run = async (factory: TargetFactory, story: Story, options: RunOptions): Promise<RunResult> => {
  try {
    return await tellAll(await open(factory, options.seed), story, options)
  } catch (error) {
    const divergence = notAnswered('opening the target', error)
    return { events: [], taken: [], divergence, shown: new Set(), models: options.models }
  }
}

/** A target's name and profile, or how it failed to open. */
export const meet = async (
  factory: TargetFactory,
  seed: number,
): Promise<{ readonly name: string; readonly profile: readonly Profile[]; readonly failure: RunResult | null }> => {
  try {
    const target = await open(factory, seed)
    await watch(target).close()
    return { name: target.name, profile: target.profile, failure: null }
  } catch (error) {
    const divergence = notAnswered('opening the target', error)
    return {
      name: 'unnamed',
      profile: [],
      failure: { events: [], taken: [], divergence, shown: new Set(), models: [] },
    }
  }
}

/** §port.answer for what a target threw; any other error is the suite's own, and thrown on. */
const notAnswered = (what: string, error: unknown): Divergence => {
  if (!(error instanceof PortError)) throw error
  const expected = 'an answer in the shape that the port describes'
  return { clause: '§port.answer', what, expected, actual: error.message }
}

const tellAll = async (
  target: Target,
  story: Story,
  { seed, models, secrets, isUnjudged = false, signal }: RunOptions,
): Promise<RunResult> => {
  const situation: Situation = {
    profile: target.profile,
    target: watch(target),
    memory: createMemory(),
    secrets: secrets ?? createSecrets(seed),
    watch: createWatch(),
    hypotheses: hypothesesOf(models),
    names: noNames(SLOTS),
  }
  const events: Event[] = []
  const taken: Taken[] = []
  const shown = new Set<string>()
  let divergence: Divergence | null = null
  for (const event of story) {
    if (divergence !== null || signal?.aborted === true) break
    const { state } = hypothesisOf(situation)
    const input = inputOf(situation.names, state, event)
    const told = await tellOne(situation, event, isUnjudged)
    if (told === null) continue
    if (told.divergence === null && input !== null)
      for (const item of shownBy(state, input, told.taken)) shown.add(item)
    events.push(event)
    taken.push(told.taken)
    divergence = isUnjudged ? null : told.divergence
  }
  await situation.target.close()
  if (divergence === null && signal?.aborted !== true) divergence = openedInTheEnd(situation)
  return { events, taken, divergence, shown, models: situation.hypotheses.map(({ model }) => model) }
}

const openedInTheEnd = ({ watch: seen }: Situation): Divergence | null => {
  const leak = leakInTheEnd(seen)
  if (leak === null) return null
  const what = 'what has left the HSMs and the client'
  return { clause: leak.clause, what, expected: 'nothing that a key opens which is public', actual: leak.what }
}

interface Told {
  readonly taken: Taken
  readonly divergence: Divergence | null
}

/** One event: null where it cannot happen now. */
const tellOne = async (situation: Situation, event: Event, isUnjudged: boolean): Promise<Told | null> => {
  const explanations = explanationsOf(situation.hypotheses, situation.names, event)
  const [first] = explanations
  if (first === undefined) return null
  try {
    return await judgeAnswer(situation, event, first, explanations, await ask(situation, event), isUnjudged)
  } catch (error) {
    const divergence = notAnswered(sayEvent(event), error)
    return { taken: first.taken, divergence: shownIn(situation, divergence) ?? divergence }
  }
}

/** An error leaves as well: a secret in it is worse than that there is one. */
const shownIn = ({ watch: seen, secrets }: Situation, thrown: Divergence): Divergence | null => {
  const error = { channel: 'error', from: thrown.what, bytes: utf8ToBytes(thrown.actual) } as const
  const leak = leakOf(seen, secrets.all(), [error])
  return leak === null ? null : { ...thrown, clause: leak.clause, expected: 'no secret', actual: leak.what }
}

const ask = (situation: Situation, event: Event): Promise<Answer> => {
  const { target, memory, secrets, names } = situation
  const asked = askOf(
    { names, state: hypothesisOf(situation).state, secrets, ids: memory.ids, tokens: memory.tokens },
    event,
  )
  return asked.kind === 'request' ? target.apply(asked.request) : target.settle(asked.pending)
}

/** Keeps the hypotheses that explain the answer; where there are none, that is the divergence. */
const judgeAnswer = async (
  situation: Situation,
  event: Event,
  first: Explanation,
  explanations: readonly Explanation[],
  answer: Answer,
  isUnjudged: boolean,
): Promise<Told> => {
  const left = isUnjudged ? [first] : explanations.filter(({ taken }) => isExpected(taken, answer))
  const [explained] = left
  if (explained === undefined) {
    const { model, state } = first.hypothesis
    const isOut = answer.kind === 'refused' && answer.code === 'InternalFailure'
    const clause = isOut
      ? '§job.outage'
      : blameOutcome(first.taken, state, model.rule(event.rule).clauses[0] ?? '§port.frame')
    const [expected, actual] = [sayOutcome(first.taken.outcome), sayOutcome(answer)]
    return { taken: first.taken, divergence: { clause, what: sayEvent(event), expected, actual } }
  }
  const { taken } = explained
  const due = {
    event,
    from: explained.hypothesis.state,
    taken,
    before: situation.names,
    after: namesAfter(situation.names, event, taken),
  }
  situation.hypotheses = left.map(({ hypothesis: { model }, taken: { after } }) => ({ model, state: after }))
  situation.names = due.after
  return { taken, divergence: await judgeStep(situation, due, answer) }
}

const sayOutcome = (outcome: { readonly kind: string; readonly code?: string }): string =>
  outcome.code === undefined ? outcome.kind : `${outcome.kind} ${outcome.code}`
