/** A run told in domain words: one line for each step, with what came of it. */
import { match } from 'ts-pattern'
import { initial, step, type CloudHsm, type Taken } from '../cloudhsm.ts'
import type { Input } from '../input.ts'
import type { AccountSlots, State } from '../things.ts'

/** One step of a run. */
export interface Told {
  readonly input: Input
  /** What was asked, in words. */
  readonly what: string
  /** What came of it, in words. */
  readonly outcome: string
  /** What each participant did, in words. */
  readonly effects: readonly string[]
  readonly after: State
}

const letter = (slot: number): string => String.fromCharCode(65 + slot)

/** An input in words: clusters are lettered, HSMs and backups numbered from 1. */
export const say = (input: Input): string => {
  const { rule, ...fields } = input
  const words = Object.entries(fields).flatMap(([name, value]): readonly string[] =>
    match(name)
      .with('cluster', () => [value === null ? 'of all' : `cluster ${letter(value as number)}`])
      .with('hsm', () => [`HSM ${(value as number) + 1}`])
      .with('backup', () => [value === null ? 'of all' : `backup ${(value as number) + 1}`])
      .with('source', () => (value === null ? [] : [`from backup ${(value as number) + 1}`]))
      .with('region', () => [rule === 'CopyBackupToRegion' ? `to ${value}` : `in ${value}`])
      .with('account', () => [`by ${value}`])
      .with('shared', () => ['shared'])
      .with('subnets', () => [`with subnets in ${(value as readonly string[]).join(' and ') || 'no zone'}`])
      .with('hsmLimit', () => [`of at most ${value} HSMs`])
      .with('zone', () => [`in zone ${value}`])
      .with('genuine', () => [value === true ? 'genuine' : 'counterfeit'])
      .with('officers', () => [`with ${value} officer${value === 'one' ? '' : 's'}`])
      .with('firmware', () => [`with ${value} firmware`])
      .with('certificate', () => [`with a ${value} certificate`])
      .with('as', () => [`as ${value}`])
      .with('user', () => [`named ${value}`])
      .with('password', () => [`with a ${value} password`])
      .with('retention', () => [`keeping backups for ${value} days`])
      .with('neverExpires', () => [value === true ? 'never to expire' : 'to expire'])
      .with('value', () => (value === 1 ? [] : [`to ${value}`]))
      .otherwise(() => [String(value)]),
  )
  return [rule, ...words].join(' ')
}

const sayOutcome = ({ outcome }: Taken): string =>
  match(outcome)
    .with({ kind: 'accepted' }, () => 'accepted')
    .with({ kind: 'failed' }, ({ code, clause }) => `failed ${code} (${clause})`)
    .with({ kind: 'refused' }, ({ code, clause }) => `refused ${code} (${clause})`)
    .exhaustive()

/** Runs the inputs from the empty account and tells each step. Throws where a step is blocked. */
export const tell = (model: CloudHsm, slots: AccountSlots, inputs: readonly Input[]): readonly Told[] => {
  let state = initial(model, slots)
  return inputs.map(input => {
    const taken = step(model, state, input)
    if (taken.kind === 'blocked') throw new Error(`expected a step, got one that is ${taken.by}: ${say(input)}`)
    state = taken.after
    const effects = taken.fired.map(({ machine, slot, description }) => `${machine} ${slot + 1}: ${description}`)
    return { input, what: say(input), outcome: sayOutcome(taken), effects, after: state }
  })
}
