/** Replays a counterexample step by step, and says everything in which it is not what it claims to be. */
import { stateKey, step } from '../../model/network/index.ts'
import type { Counterexample, Fairness, LeadsTo } from '../../model/liveness/index.ts'
import type { Input, Net, State, Things } from './liveness-toy.ts'

export interface Question {
  readonly net: Net
  readonly starts: readonly State[]
  readonly inputs: readonly Input[]
  readonly claim: LeadsTo<Things>
  readonly fairness: Fairness<Input>
}

interface At {
  readonly state: State
  /** null: no obligation. */
  readonly slot: number | null
}

/** Whether something can be owed to a slot and is: there is a thing, and the goal does not hold of it. */
const isOpen = ({ net, claim }: Question, state: State, slot: number): boolean => {
  const local = state[claim.kind]?.[slot]
  const isThere = local !== undefined && net.kinds[claim.kind]?.free.includes(local.value) === false
  return isThere && !claim.to(state, slot)
}

/** Where a step leads, and the obligation with it; null where it is not taken. */
export const follow = (question: Question, { state, slot }: At, input: Input): At | null => {
  const taken = step(question.net, state, input)
  if (taken.kind === 'blocked' || taken.outcome.kind === 'refused') return null
  const queue = taken.moved.find(({ kind }) => kind === question.claim.kind)
  const next = slot === null || queue === undefined ? slot : (queue.to[slot] ?? null)
  return { state: taken.after, slot: next !== null && isOpen(question, taken.after, next) ? next : null }
}

/** Whether an obligation begins in a slot. */
export const begins = (question: Question, state: State, slot: number): boolean =>
  isOpen(question, state, slot) && question.claim.from(state, slot)

/** Accepted or failed. */
const isTaken = (question: Question, state: State, input: Input): boolean =>
  follow(question, { state, slot: null }, input) !== null

/** Accepted or failed, or blocked by nothing but the bounds of the scope. */
const isEnabled = (question: Question, state: State, input: Input): boolean => {
  const { net } = question
  const taken = step(net, state, input)
  return isTaken(question, state, input) || (taken.kind === 'blocked' && taken.by === 'bound')
}

/** The inputs for which a run may not end in a state. */
export const compelled = (question: Question, state: State): readonly Input[] => {
  const { fair, finite, maximal } = question.fairness
  return question.inputs.filter(input => {
    if (fair(input) !== 'none') return isEnabled(question, state, input)
    return maximal === true && finite?.(input) !== true && isTaken(question, state, input)
  })
}

/** The fair inputs that are put off for ever by going round these states and taking these inputs. */
export const putOff = (question: Question, states: readonly State[], taken: readonly Input[]): readonly Input[] =>
  question.inputs.filter(input => {
    const enabled = states.filter(state => isEnabled(question, state, input)).length
    const strength = question.fairness.fair(input)
    const isOwed = strength === 'weak' ? enabled === states.length : strength === 'strong' && enabled > 0
    return isOwed && !taken.includes(input)
  })

const cycleFaults = (question: Question, round: readonly At[], cycle: readonly Input[]): readonly string[] => {
  const [first, last] = [round[0], round.at(-1)]
  if (first === undefined || last === undefined) return ['no state']
  const names = question.net.names
  const isBack = stateKey(names, first.state) === stateKey(names, last.state) && first.slot === last.slot
  const states = round.slice(1).map(({ state }) => state)
  return [
    ...(isBack ? [] : ['the cycle does not come back']),
    ...cycle.filter(input => question.fairness.finite?.(input)).map(({ rule }) => `${rule} recurs`),
    ...putOff(question, states, cycle).map(({ rule }) => `${rule} is put off`),
  ]
}

/** What is wrong with a counterexample; empty where it is one. */
export const faultsOf = (question: Question, counterexample: Counterexample<Input>): readonly string[] => {
  const { start, prefix, from, slot, cycle } = counterexample
  const state = question.starts[start]
  if (state === undefined || from > prefix.length) return ['no such start, or no such state']
  let at: At = { state, slot: null }
  const round: At[] = []
  for (const [index, input] of [...prefix, ...cycle, null].entries()) {
    if (index === from && !begins(question, at.state, slot)) return ['no obligation begins']
    if (index === from) at = { ...at, slot }
    if (index >= from && at.slot === null) return [`the obligation is over after ${index} steps`]
    if (index >= prefix.length) round.push(at)
    const next = input === null ? at : follow(question, at, input)
    if (next === null) return [`step ${index} is not taken`]
    at = next
  }
  const spent = [...prefix, ...cycle].filter(input => question.fairness.finite?.(input)).length
  const isOver = spent > (question.fairness.budget ?? Infinity) ? ['the budget is overrun'] : []
  if (cycle.length > 0) return [...isOver, ...cycleFaults(question, round, cycle)]
  return [...isOver, ...compelled(question, at.state).map(({ rule }) => `${rule} compels a step`)]
}
