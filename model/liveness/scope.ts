/** The graph of a scope, and what a run in it is made of from the empty account on. */
import type { CloudHsm } from '../cloudhsm.ts'
import type { Input } from '../input.ts'
import { starts, type Scope } from '../scopes/index.ts'
import type { Account } from '../things.ts'
import type { Counterexample } from './decide.ts'
import { graphOf, type Graph, type GraphOptions } from './graph.ts'

export type ScopeGraphOptions = Omit<GraphOptions<Account, Input>, 'starts' | 'inputs'>

/** Explores one model, so one combination of choices, within a scope. Throws as `graphOf` and `starts` do. */
export const graphOfScope = (model: CloudHsm, scope: Scope, options: ScopeGraphOptions = {}): Graph<Account, Input> =>
  graphOf(model, { ...options, starts: starts(model, scope), inputs: scope.inputs })

/** Counted from the empty account: what the scope's start does comes first. */
export const fromEmpty = ({ starts }: Scope, found: Counterexample<Input>): Counterexample<Input> => {
  const before = starts[found.start] ?? []
  return { ...found, prefix: [...before, ...found.prefix], from: before.length + found.from }
}
