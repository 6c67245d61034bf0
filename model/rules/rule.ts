/** How a rule of the account is written: its name selects the input that it gets. */
import type { Family, Input, RuleName } from '../input.ts'
import type { AccountParticipant, AccountReader, AccountRule } from '../things.ts'

interface Body<Name extends RuleName> {
  readonly family: Family
  readonly clauses: readonly string[]
  readonly description: string
  readonly participants: (
    input: Extract<Input, { readonly rule: Name }>,
    read: AccountReader,
  ) => readonly AccountParticipant[]
}

/** A rule. An API or data-plane request that nobody answers is a hole of the model; any other step is then not enabled. */
export const rule = <Name extends RuleName>(name: Name, body: Body<Name>): AccountRule => ({
  ...body,
  name,
  holes: body.family === 'api' || body.family === 'data' ? 'throw' : 'disabled',
  participants: (input, read) => body.participants(input as Extract<Input, { readonly rule: Name }>, read),
})
