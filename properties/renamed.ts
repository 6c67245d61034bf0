/** The second of two runs in the model: what it is asked, with other secrets, some alike that were not and some changed that were not. */
import { withValue, type Input, type Part, type State } from '../model/index.ts'

/** What a write sets, and the first value that it gives: another for each, so that values differ where the other run has equal ones. */
const GIVEN = {
  InitializeCluster: ['certificates', 2],
  Activate: ['officer', 3],
  GenerateKey: ['keys', 4],
  SetPolicy: ['policies', 5],
} as const satisfies Partial<Record<Input['rule'], readonly [Part, number]>>

const PASSWORDS = {
  CO: ['officer', 6],
  CO2: ['second', 7],
  CO3: ['third', 8],
  CU: ['users', 9],
} as const satisfies Record<string, readonly [Part, number]>

const ANEW = 10
const OTHERS = 100

const writtenBy = (input: Input): readonly [Part, number] | null => {
  if (input.rule === 'CreateUser' || input.rule === 'ChangePassword') return PASSWORDS[input.user]
  return input.rule in GIVEN ? GIVEN[input.rule as keyof typeof GIVEN] : null
}

/** The same input with another secret: if `isChanging`, one that no HSM has, where the first run may write what is there. */
export const renamed = (input: Input, state: State, isChanging: boolean): Input => {
  const written = writtenBy(input)
  if (written === null || !('value' in input)) return input
  const [part, first] = written
  const value = first + (input.value - 1) * OTHERS
  const isThere = isChanging && state.hsm.some(({ context }) => context.contents[part] === value)
  return withValue(input, isThere ? value + ANEW : value)
}
