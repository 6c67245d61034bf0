/** Liveness on networks drawn at random, each decided by the engine and by brute force. */
import { describe, expect, it } from 'vitest'
import { graphOf, leadsTo, type Counterexample, type Strength } from '../../model/liveness/index.ts'
import { bruteForce } from './liveness-brute.ts'
import { faultsOf, follow, type Question } from './liveness-replay.ts'
import { toyNet, valueOf, type Input, type Part, type Table } from './liveness-toy.ts'

/** Numbers drawn from a seed: mulberry32. */
const drawer = (seed: number) => {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((more ^ (more >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (bound: number): number => Math.floor(next() * bound)
  const pick = <X>(...choices: readonly X[]): X => choices[below(choices.length)] as X
  return { pick, chance: (odds: number): boolean => next() < odds }
}
type Draw = ReturnType<typeof drawer>

const EVENTS = ['A', 'B', 'C'] as const

/** A machine with a random answer to each event in each state; few events lead to its last state. */
const table = ({ pick, chance }: Draw, states: readonly string[], odds: number): Table =>
  Object.fromEntries(
    states.map(state => {
      const answer = (): string => {
        const target = pick(...(states.length > 1 && chance(0.85) ? states.slice(0, -1) : states))
        return chance(0.8) ? target : pick(`${target}!`, 'REFUSED', chance(0.2) ? 'BOUND' : target)
      }
      return [state, Object.fromEntries(EVENTS.filter(() => chance(odds)).map(event => [event, answer()]))]
    }),
  )

const RULES = ['R', 'S', 'T', 'U'] as const

/** A mode that every rule may look at, and things in slots that come, change and go, in a queue or not. */
const networkOf = (draw: Draw) => {
  const { pick, chance } = draw
  const slots = pick(1, 2)
  const values = slots === 1 ? ['none', 'a', 'b', 'c'] : ['none', 'a', 'b']
  const modes = pick(['m', 'n'], ['m', 'n'], ['m', 'n', 'o'])
  const making: readonly Part[] = [['thing', 'free', pick('A', 'A', 'B')]]
  const rules = RULES.map(name => {
    const [event, told, tells] = [pick(...EVENTS), pick(...EVENTS), pick('', '', '?')]
    const [changes, moods] = pick([true, false], [false, true], [true, true])
    const mode: readonly Part[] = moods ? [['mode', 0, `${told}${tells}`]] : []
    const makes: readonly Part[] = chance(0.1) ? [['thing', 'free', pick(...EVENTS)]] : []
    const parts = (slot: number): readonly Part[] => [...mode, ...(changes ? [['thing', slot, event] as const] : [])]
    return [name, (slot: number): readonly Part[] => [...parts(slot), ...makes]] as const
  })
  const made = toyNet(
    {
      thing: { slots, queue: chance(0.6), states: { ...table(draw, values, 0.7), none: { A: 'a', B: 'b', C: 'a' } } },
      mode: { slots: 1, states: table(draw, modes, 0.9) },
    },
    { ...Object.fromEntries(rules), Make: () => making },
  )
  const inputs = [...RULES, 'Make'].flatMap(rule =>
    Array.from({ length: rule === 'Make' ? 1 : slots }, (_, slot) => ({ rule, slot })),
  )
  return { ...made, inputs, slots, values, modes }
}

/** A network with a claim, and fairness by rule and slot. */
const questionOf = (seed: number): Question => {
  const draw = drawer(seed)
  const { pick, chance } = draw
  const { net, empty, inputs, slots, values, modes } = networkOf(draw)
  const [begins, ends] = ['a', values.at(-1)]
  const [inMode, orMode] = [pick('any', 'any', 'any', ...modes), chance(0.05) ? pick(...modes) : null]
  const faults = chance(0.6) ? pick(...RULES, 'Make') : null
  const mostly = pick<Strength>('weak', 'strong')
  const isLast = chance(0.5)
  const strengths = inputs.map(({ rule }): Strength =>
    rule === 'Make' && chance(0.9) ? 'none' : pick(mostly, mostly, mostly, 'weak', 'strong', 'none'),
  )
  const isFault = ({ rule }: Input) => rule === faults
  const fair = (input: Input): Strength => {
    const place = inputs.findIndex(({ rule, slot }) => rule === input.rule && slot === input.slot)
    return isFault(input) ? 'none' : (strengths[place] ?? 'none')
  }
  const finite = faults === null ? {} : { finite: isFault, ...(chance(0.6) ? { budget: pick(0, 1, 2) } : {}) }
  const mode = (state: Parameters<typeof valueOf>[0]) => valueOf(state, 'mode', 0)
  return {
    net,
    starts: [empty],
    inputs,
    claim: {
      kind: 'thing',
      from: (state, slot) =>
        (!isLast || slot + 1 === slots) &&
        valueOf(state, 'thing', slot) === begins &&
        (inMode === 'any' || mode(state) === inMode),
      to: (state, slot) => valueOf(state, 'thing', slot) === ends || mode(state) === orMode,
    },
    fairness: { fair, ...finite, maximal: chance(0.3) },
  }
}

/** More nodes with an obligation than these are left to others: brute force tries every set of them. */
const MOST = 9

/** Whether the thing is moved by a queue while something is owed to it. */
const isMoved = (question: Question, { start, prefix, from, slot }: Counterexample<Input>): boolean => {
  let at = { state: question.starts[start] as Question['starts'][number], slot: null as number | null }
  return prefix.some((input, index) => {
    at = follow(question, index === from ? { ...at, slot } : at, input) ?? at
    return index >= from && at.slot !== slot
  })
}

/** Decides one by the engine, holds it against brute force, and says what it was. */
const kindsOf = (seed: number, question: Question): readonly string[] => {
  const nearest = bruteForce(question, MOST)
  if (nearest === undefined) return ['too large']
  const answer = leadsTo(graphOf(question.net, question), question.claim, question.fairness)
  expect([seed, answer.verdict]).toEqual([seed, nearest === null ? 'holds' : 'broken'])
  if (answer.verdict !== 'broken') return answer.extent.obligations === 0 ? ['idle'] : ['holds']
  const { counterexample } = answer
  expect([seed, faultsOf(question, counterexample)]).toEqual([seed, []])
  expect([seed, counterexample.prefix.length]).toEqual([seed, nearest])
  const moved = isMoved(question, counterexample) ? ['moved'] : []
  return [...moved, counterexample.cycle.length === 0 ? 'ends' : 'goes round']
}

/** The same question twice, under an assumption that is weaker and under one that is stronger. */
const pairs = (question: Question): readonly (readonly [string, Question, Question])[] => {
  const { claim, fairness, ...rest } = question
  const { budget, ...unlimited } = fairness
  const { finite, ...infinite } = unlimited
  const under = (assumed: Question['fairness']): Question => ({ ...rest, claim, fairness: assumed })
  const all = (strength: Strength) =>
    under({ ...fairness, fair: input => (fairness.fair(input) === 'none' ? 'none' : strength) })
  return [
    ['strong fairness', all('weak'), all('strong')],
    ...(finite === undefined ? [] : [['finitely many', under(infinite), under(unlimited)] as const]),
    ...(budget === undefined ? [] : [['a budget', under(unlimited), under(fairness)] as const]),
  ]
}

describe('networks drawn at random', () => {
  it('are decided as brute force decides them, and each counterexample is one, as near as can be', () => {
    const seen: Record<string, number> = {}
    const count = (kind: string) => (seen[kind] = (seen[kind] ?? 0) + 1)
    for (let seed = 1; seed <= 700; seed += 1) {
      const question = questionOf(seed)
      kindsOf(seed, question).forEach(count)
      for (const [assumption, weaker, stronger] of pairs(question)) {
        const isBroken = (kinds: readonly string[]) => kinds.includes('ends') || kinds.includes('goes round')
        const [before, after] = [kindsOf(seed, weaker), kindsOf(seed, stronger)]
        if (isBroken(before) && !isBroken(after)) count(`saved by ${assumption}`)
      }
    }
    expect(seen).toEqual({
      idle: 161,
      holds: 258,
      ends: 34,
      'goes round': 217,
      moved: 6,
      'too large': 30,
      'saved by strong fairness': 9,
      'saved by finitely many': 1,
      'saved by a budget': 2,
    })
  })
})
