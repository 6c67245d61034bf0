/** What the scopes show of the unchanged model: their states, who is told what, and what guards are given. */
import {
  cloudHsm,
  nobodySends,
  noting,
  sweepScope,
  watching,
  type Choices,
  type CloudHsm,
  type Edit,
  type Scope,
  type Senders,
  type State,
} from '../../model/index.ts'

/** What a machine is given, and its guards. */
export interface Given {
  readonly context: object
  readonly event: { readonly type: string }
}

/** A scope under one combination of choices, with the unchanged model and all states that it reaches there. */
export interface Arena {
  readonly scope: Scope
  readonly model: CloudHsm
  readonly states: readonly State[]
  /** From `machine/state/Event` to what the machine was asked there, each once, by its text. */
  readonly asked: ReadonlyMap<string, ReadonlyMap<string, Given>>
}

export interface Survey extends Senders {
  /** The smallest first. */
  readonly arenas: readonly Arena[]
}

const arenaOf = (scope: Scope, choices: Choices, edits: readonly Edit[]): Arena => {
  const asked = new Map<string, Map<string, Given>>()
  const states: State[] = []
  const watched = watching(cloudHsm({ choices, edits }), (machine, { value, context, key }, event) => {
    const place = `${machine}/${value}/${event.type}`
    const known = asked.get(place) ?? new Map<string, Given>()
    asked.set(place, known.set(`${key} ${JSON.stringify(event)}`, { context, event }))
  })
  sweepScope(watched, scope).visit(state => states.push(state))
  return { scope: { ...scope, choices: [choices] }, model: cloudHsm({ choices }), states, asked }
}

/** Explores the scopes, each under all its choices. */
export const survey = (scopes: readonly Scope[]): Survey => {
  const sent = nobodySends()
  const edits = [noting(sent)]
  const arenas = scopes.flatMap(scope => scope.choices.map(choices => arenaOf(scope, choices, edits)))
  return { arenas: arenas.toSorted((a, b) => a.states.length - b.states.length), ...sent }
}
