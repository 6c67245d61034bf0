/** What there is to cover: every entry of every machine, every rule, every refusal; and how much of it a scope reaches. */
import type { AnyStateMachine } from 'xstate'
import { step, type CloudHsm } from './cloudhsm.ts'
import { search } from './explore/plain.ts'
import { guardText } from './network/conditions.ts'
import { entryOf, type Entry } from './network/react.ts'
import { modelsOf, starts, type Scope } from './scopes/index.ts'

/** An entry with how it is drawn. */
export interface Transition extends Entry {
  /** The state it leads to; its source where it stays. */
  readonly target: string
  /** Its guard in words, empty without one. */
  readonly guard: string
  /** Names of its actions. */
  readonly actions: readonly string[]
}

const transitionsOfMachine = (name: string, machine: AnyStateMachine): readonly Transition[] =>
  Object.values(machine.states).flatMap(node =>
    [...node.transitions.values()].flat().map(transition => ({
      ...entryOf(name, transition),
      target: transition.target?.[0]?.key ?? node.key,
      guard: guardText(transition.guard),
      actions: transition.actions.map(action =>
        typeof action === 'string' ? action : (action as { type: string }).type,
      ),
    })),
  )

/** Every entry of every machine, in the order in which they are written. What is beyond the model is left out. */
export const transitionsOf = (model: CloudHsm): readonly Transition[] =>
  Object.entries(model.machines)
    .flatMap(([name, machine]) => transitionsOfMachine(name, machine))
    .filter(({ bound }) => bound === undefined)

/** The name under which a refusal is counted. */
export const refusalOf = (operation: string, code: string, clause: string): string => `${operation}/${code}/${clause}`

/** What was covered: ids of entries, names of rules that were accepted or failed, and refusals. */
export interface Coverage {
  readonly transitions: Set<string>
  readonly rules: Set<string>
  readonly refusals: Set<string>
}

export const nothingCovered = (): Coverage => ({ transitions: new Set(), rules: new Set(), refusals: new Set() })

/** Adds what one step covers. */
export const cover = (coverage: Coverage, rule: string, taken: ReturnType<typeof step>): void => {
  if (taken.kind === 'blocked') return
  for (const { id } of taken.fired) coverage.transitions.add(id)
  if (taken.outcome.kind === 'refused') coverage.refusals.add(refusalOf(rule, taken.outcome.code, taken.outcome.clause))
  else coverage.rules.add(rule)
}

/** What can be covered within these scopes under one combination of choices, their starts included. */
export const reachable = (model: CloudHsm, scopes: readonly Scope[]): Coverage => {
  const coverage = nothingCovered()
  for (const scope of scopes) {
    coverStarts(model, scope, coverage)
    search(model, {
      starts: starts(model, scope),
      inputs: scope.inputs,
      onStep: (_, input, taken) => cover(coverage, input.rule, taken),
    })
  }
  return coverage
}

const coverStarts = (model: CloudHsm, scope: Scope, coverage: Coverage): void => {
  for (const inputs of scope.starts)
    inputs.forEach((input, at) => {
      const [state] = starts(model, { ...scope, starts: [inputs.slice(0, at)] })
      if (state !== undefined) cover(coverage, input.rule, step(model, state, input))
    })
}

/** What can be covered within these scopes under every combination of choices that they explore. */
export const reachableUnderAll = (scopes: readonly Scope[]): Coverage => {
  const all = scopes.flatMap(scope => modelsOf(scope).map(model => reachable(model, [scope])))
  return {
    transitions: new Set(all.flatMap(({ transitions }) => [...transitions])),
    rules: new Set(all.flatMap(({ rules }) => [...rules])),
    refusals: new Set(all.flatMap(({ refusals }) => [...refusals])),
  }
}
