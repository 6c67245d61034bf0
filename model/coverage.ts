/** What there is to cover: every entry of every machine, every rule, every refusal; and what one step covers of it. */
import type { AnyStateMachine } from 'xstate'
import type { CloudHsm, Step } from './cloudhsm.ts'
import { guardText } from './network/conditions.ts'
import { entryOf, type Entry } from './network/react.ts'

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
export const cover = (coverage: Coverage, rule: string, taken: Step): void => {
  if (taken.kind === 'blocked') return
  for (const { id } of taken.fired) coverage.transitions.add(id)
  if (taken.outcome.kind === 'refused') coverage.refusals.add(refusalOf(rule, taken.outcome.code, taken.outcome.clause))
  else coverage.rules.add(rule)
}
