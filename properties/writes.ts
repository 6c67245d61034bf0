/** What a write is to leave in the contents of every HSM that it reaches. */
import type { Contents, Part } from '../model/index.ts'
import type { StepReads } from './reads.ts'

/** The part of the contents that holds a user's password; set while there is such a user. */
export const PASSWORD = { CO: 'officer', CO2: 'second', CO3: 'third', CU: 'users' } as const satisfies Readonly<
  Record<string, Part>
>

export const WRITES = [
  'CreateUser',
  'ChangePassword',
  'DeleteUser',
  'GenerateKey',
  'DeleteKey',
  'SetPolicy',
  'SetQuorum',
] as const
export type Writing = StepReads<(typeof WRITES)[number] | 'Activate'>

const PARTS = { GenerateKey: 'keys', DeleteKey: 'keys', SetPolicy: 'policies' } as const

/** What it sets, and to what. */
export const writtenBy = ({ input }: Pick<Writing, 'input'>): Partial<Contents> => {
  if (input.rule === 'SetQuorum') return { quorum: input.quorum }
  const value = 'value' in input ? input.value : 0
  if (input.rule === 'Activate') return { configuration: value, officer: value }
  return 'user' in input ? { [PASSWORD[input.user]]: value } : { [PARTS[input.rule]]: value }
}
