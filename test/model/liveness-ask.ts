/** Asks toy networks in words, and replays every counterexample that is answered. */
import { expect } from 'vitest'
import { graphOf, leadsTo, type Fairness, type LeadsTo } from '../../model/liveness/index.ts'
import { faultsOf } from './liveness-replay.ts'
import { inputsOf, nameOf, toyNet, valueOf, type Input, type Part, type State, type Things } from './liveness-toy.ts'

type Toy = ReturnType<typeof toyNet>
interface Asked {
  readonly inputs: string
  readonly claim: LeadsTo<Things>
  readonly weak?: string
  readonly strong?: string
  readonly finite?: string
  readonly more?: Pick<Fairness<Input>, 'budget' | 'maximal'>
  readonly maxStates?: number
}

export const has = (names: string | undefined) => (input: Input) => names?.split(', ').includes(nameOf(input)) === true

/** The answer in words, its counterexample replayed. */
export const ask = ({ net, empty }: Toy, { inputs, claim, weak, strong, finite, more, maxStates }: Asked) => {
  const all = inputsOf(...inputs.split(', '))
  const fair = (input: Input) => (has(strong)(input) ? 'strong' : has(weak)(input) ? 'weak' : 'none')
  const fairness: Fairness<Input> = { fair, ...(finite === undefined ? {} : { finite: has(finite) }), ...more }
  const starts = [empty]
  const graph = graphOf(net, { starts, inputs: all, ...(maxStates === undefined ? {} : { maxStates }) })
  const answer = leadsTo(graph, claim, fairness)
  if (answer.verdict !== 'broken') return answer
  const { counterexample, extent } = answer
  expect(faultsOf({ net, starts, inputs: all, claim, fairness }, counterexample)).toEqual([])
  const { prefix, cycle, ...rest } = counterexample
  const words = (taken: readonly Input[]) => taken.map(nameOf).join(', ')
  return { verdict: answer.verdict, extent, ...rest, prefix: words(prefix), cycle: words(cycle) }
}

export const isIn =
  (kind: string, ...values: readonly string[]) =>
  (state: State, slot: number): boolean =>
    values.includes(valueOf(state, kind, slot))
export const claim = (kind: string, from: string, ...to: readonly string[]): LeadsTo<Things> => ({
  kind,
  from: isIn(kind, from),
  to: isIn(kind, ...to),
})

/** A kind whose every event has the name of a rule that takes it to the slot. */
export const own =
  (kind: string, event: string) =>
  (slot: number): readonly Part[] => [[kind, slot, event]]
export const fresh = (kind: string, event: string) => (): readonly Part[] => [[kind, 'free', event]]

/** One job: it waits, runs, may be preempted, may crash, and is done. */
export const shop = (running: Readonly<Record<string, string>> = {}) =>
  toyNet(
    {
      job: {
        slots: 1,
        states: {
          vacant: { Submit: 'waiting' },
          waiting: { Start: 'running', Poll: 'waiting', Refuse: 'REFUSED' },
          running: { Preempt: 'waiting', Finish: 'done', Crash: 'failed!', ...running },
          failed: {},
          done: {},
        },
      },
    },
    {
      Submit: fresh('job', 'Submit'),
      ...Object.fromEntries(
        ['Start', 'Poll', 'Refuse', 'Preempt', 'Finish', 'Crash'].map(event => [event, own('job', event)]),
      ),
    },
  )
export const done = claim('job', 'waiting', 'done')
