/** What the scopes show of the unchanged model: their states, and who is told what. */
import {
  cloudHsm,
  nobodySends,
  noting,
  sweepScope,
  type CloudHsm,
  type Scope,
  type Senders,
  type State,
} from '../../model/index.ts'

/** A scope under one combination of choices, with the unchanged model and all states that it reaches there. */
export interface Arena {
  readonly scope: Scope
  readonly model: CloudHsm
  readonly states: readonly State[]
}

export interface Survey extends Senders {
  /** The smallest first. */
  readonly arenas: readonly Arena[]
}

/** Explores the scopes, each under all its choices. */
export const survey = (scopes: readonly Scope[]): Survey => {
  const sent = nobodySends()
  const edits = [noting(sent)]
  const arenas = scopes.flatMap(scope =>
    scope.choices.map(choices => {
      const states: State[] = []
      const model = cloudHsm({ choices })
      sweepScope(cloudHsm({ choices, edits }), scope).visit(state => states.push(state))
      return { scope: { ...scope, choices: [choices] }, model, states }
    }),
  )
  return { arenas: arenas.toSorted((a, b) => a.states.length - b.states.length), ...sent }
}
