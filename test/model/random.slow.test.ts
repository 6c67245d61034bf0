/** Networks drawn at random: both explorers find the same states, steps, answers, and violations as near as can be. */
import { describe, expect, it } from 'vitest'
import {
  search,
  type Answer,
  type StateQuestion,
  type StepQuestion,
  type Violation,
} from '../../model/explore/index.ts'
import { look, step, type NetworkState, type Step } from '../../model/network/index.ts'
import { expectAgreement } from './agreement.ts'
import { randomNetwork, type Facts, type Input, type Sight, type Things } from './random-networks.ts'

const SEEDS = 300
/** Networks with more states are left out. */
const MOST = 600
/** How much there is to compare at least, so that the sample is not trivial. */
const LEAST = {
  networks: 260,
  states: 11_000,
  transitions: 70_000,
  violations: 350,
  'several focuses': 150,
  'several pages': 10,
  'laid out again': 100,
  accepted: 60_000,
  refused: 10_000,
  failed: 3_000,
  bound: 10_000,
  created: 20_000,
  moved: 1_500,
  emitted: 9_000,
}
/** A number within a page has so many bits at least. */
const LEAST_BITS = 5

const sightOf = (state: object, facts: readonly unknown[]): Sight => ({
  view: facts as readonly Facts[],
  local: (kind, slot) => (state as NetworkState<Things>)[kind]?.[slot] as ReturnType<Sight['local']>,
  free: () => null,
})
const answerOf = (end: number, most: number): Answer => ({ given: end % 3 > 0, holds: end < most, error: null })
const isBroken = ({ given, holds }: Answer): boolean => given && !holds

/** The network of a seed, and what is asked of it. */
const drawn = (seed: number) => {
  const { net, draw, readingOf, ...options } = randomNetwork(seed)
  const { pick, chance, list } = draw
  const states = list(2, (at): StateQuestion => {
    const [read, most] = [readingOf(3), pick(50, 500, 990, 1000)]
    return { name: `state ${at}`, ask: (state, facts) => answerOf(read(sightOf(state, facts)), most) }
  })
  const steps = list(3, (at): StepQuestion => {
    const [first, second, most, isAny] = [readingOf(2), readingOf(2), pick(50, 900, 1900, 2000), chance(0.3)]
    const only = chance(0.5) ? pick(...net.rules).name : null
    return {
      name: `step ${at}`,
      isApart: chance(0.3),
      concerns: (rule, { kind }) => (only === null || rule === only) && (isAny || kind === 'taken'),
      ask: (before, _, taken, facts) => {
        const after = taken.kind === 'taken' ? second(sightOf(taken.after, facts)) : 0
        return answerOf(first(sightOf(before, facts)) + after, most)
      },
    }
  })
  return { net, options: { ...options, states, steps } }
}
type Drawn = ReturnType<typeof drawn>

const tallied = (names: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(names, name => name)].map(([name, all]) => [name, all.length]))

const kindsOf = (taken: Step<Things>): readonly string[] => {
  if (taken.kind === 'blocked') return [taken.by]
  const lists = ['created', 'moved', 'emitted'] as const
  return [taken.outcome.kind, ...lists.filter(name => taken[name].length > 0)]
}

/** How often a question was given, and how far the nearest state is in which it is broken; null for none. */
type Told = readonly [question: string, given: number, nearest: number | null]

/** What the plain explorer finds, and how many steps of each kind; null where there are too many states. */
const toldPlainly = ({ net, options }: Drawn) => {
  const { starts, inputs, facts, states, steps } = options
  const answers: (readonly [name: string, answer: Answer, at: number])[] = []
  const seen: (readonly Facts[])[] = []
  const kinds: string[] = []
  const { verdict, path } = search(net, {
    starts,
    inputs,
    maxStates: MOST,
    onState: (state, at) => {
      const all = look(facts, state) as readonly Facts[]
      seen.push(all)
      for (const { name, ask } of states) answers.push([name, ask(state, all), at])
    },
    onStep: (before, input, taken, at) => {
      kinds.push(...kindsOf(taken))
      for (const { name, concerns, ask } of steps)
        if (concerns(input.rule, taken)) answers.push([name, ask(before, input, taken, seen[at] ?? []), at])
    },
  })
  if (verdict === 'undecided') return null
  const told = [...states, ...steps].map(({ name }): Told => {
    const own = answers.filter(([asked]) => asked === name)
    const broken = own.find(([, answer]) => isBroken(answer))
    const given = own.filter(([, answer]) => answer.given).length
    return [name, given, broken === undefined ? null : path(broken[2]).inputs.length]
  })
  return { told, steps: tallied(kinds) }
}

/** Takes a violation's way, and asks its question at the end. */
const isBrokenAt = ({ net, options }: Drawn, { question, start, inputs, input }: Violation<Input>): boolean => {
  const end = inputs.reduce((state, by) => {
    const taken = step(net, state, by)
    return taken.kind === 'taken' ? taken.after : state
  }, options.starts[start] as NetworkState<Things>)
  const facts = look(options.facts, end)
  if (input === null) return isBroken((question as StateQuestion).ask(end, facts))
  return isBroken((question as StepQuestion).ask(end, input, step(net, end, input), facts))
}

/** Holds the fast explorer against the plain one, each with a network of its own; how much was compared. */
const compared = (seed: number): Readonly<Record<string, number>> => {
  const plain = toldPlainly(drawn(seed))
  if (plain === null) return {}
  const fast = drawn(seed)
  const { swept } = expectAgreement(fast.net, fast.options)
  const { states, transitions, violations, store } = swept
  const told = [...fast.options.states, ...fast.options.steps].map((question): Told => {
    const violation = violations.find(one => one.question === question)
    return [question.name, swept.given.get(question) ?? 0, violation?.inputs.length ?? null]
  })
  expect(told).toEqual(plain.told)
  expect(violations.filter(violation => !isBrokenAt(fast, violation))).toEqual([])
  const slots = Object.values(fast.options.starts[0] ?? {}).flat().length
  const bits = Math.log2(store.states / store.pages / store.fill)
  return {
    ...plain.steps,
    networks: 1,
    states,
    transitions,
    violations: violations.length,
    'several focuses': Number(fast.net.view.focuses({}) > 1),
    'several pages': Number(store.pages > 1),
    // A slot has one bit at first.
    'laid out again': Number(bits > Math.max(LEAST_BITS, slots)),
  }
}

describe('networks drawn at random', () => {
  it('are explored alike, with the same answers and with violations that are as near', () => {
    const sum: Record<string, number> = {}
    for (let seed = 0; seed < SEEDS; seed += 1) {
      try {
        for (const [name, count] of Object.entries(compared(seed))) sum[name] = (sum[name] ?? 0) + count
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error })
      }
    }
    expect(Object.entries(LEAST).filter(([name, least]) => (sum[name] ?? 0) < least)).toEqual([])
  })
})
