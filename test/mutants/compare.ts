/** A mutant beside the model it was made of: where they first do otherwise, in steps or in what can be observed. */
import {
  archived,
  cloudHsm,
  heldByService,
  observe,
  readable,
  starts,
  step,
  type CloudHsm,
  type Edit,
  type KindName,
  type RuleName,
  type State,
  type Step,
} from '../../model/index.ts'
import type { Arena, Given } from './survey.ts'

type Local = State[KindName][number]

const KINDS = ['cluster', 'hsm', 'backup', 'hardware', 'job'] as const satisfies readonly KindName[]

/** The same state, made of local states of another model's machines. */
const carrying = (model: CloudHsm): ((state: State) => State) => {
  const known = new WeakMap<Local, Local>()
  const carry = (kind: KindName, local: Local): Local => {
    const same = known.get(local) ?? (model.reactors[kind].localOf(local.value, local.context) as Local)
    known.set(local, same)
    return same
  }
  return state =>
    Object.fromEntries(KINDS.map(kind => [kind, state[kind].map(local => carry(kind, local))])) as unknown as State
}

const keyOf = (state: State): string => KINDS.map(kind => state[kind].map(({ key }) => key).join()).join(';')

const inNoOrder = (all: readonly unknown[]): readonly string[] => all.map(one => JSON.stringify(one)).toSorted()

/** What can be seen of a step from outside: its outcome and code, what left a boundary, what was made, what moved up. */
const outcomeOf = (taken: Step): string => {
  if (taken.kind === 'blocked') return taken.by
  const { outcome, emitted, created, moved } = taken
  const code = 'code' in outcome ? outcome.code : ''
  return JSON.stringify([outcome.kind, code, ...[emitted, created, moved].map(inNoOrder)])
}

const isSameStep = (one: Step, other: Step): boolean => {
  if (outcomeOf(one) !== outcomeOf(other)) return false
  return one.kind === 'blocked' || other.kind === 'blocked' || keyOf(one.after) === keyOf(other.after)
}

/** What an answer is; null where there is none. */
const attempt = <Value>(ask: () => Value): Value | null => {
  try {
    return ask()
  } catch {
    return null
  }
}

/** A mutant in an arena: the model with the edits. */
const mutated = ({ model }: Arena, edits: readonly Edit[]): CloudHsm => cloudHsm({ choices: model.choices, edits })

/** What a machine makes of what it is asked, whatever its entries are called. */
const answerOf = (model: CloudHsm, kind: KindName, value: string, { context, event }: Given): string => {
  const { react, localOf } = model.reactors[kind]
  const reaction = react(localOf(value, context), event)
  if (reaction === null) return 'nothing'
  const { refuse, fail, bound } = reaction.entry
  return JSON.stringify([refuse, fail, bound, reaction.next.key, reaction.emitted])
}

/**
 * Whether the machine answers as the model's wherever it is asked in the arena, on these events. If so all goes as in the model:
 * up to the first answer that is another both have been through the same states, and nothing else is asked.
 */
export const isSameMachine = (
  arena: Arena,
  edits: readonly Edit[],
  machine: KindName,
  events: readonly string[],
): boolean => {
  const mutant = attempt(() => mutated(arena, edits))
  if (mutant === null) return false
  return [...arena.asked].every(([place, given]) => {
    const [kind, value = '', event = ''] = place.split('/')
    if (kind !== machine || !events.includes(event)) return true
    return [...given.values()].every(one => {
      const answer = attempt(() => answerOf(mutant, machine, value, one))
      return answer === answerOf(arena.model, machine, value, one)
    })
  })
}

/**
 * Whether every step by these rules goes as in the model, in every state that the model reaches. What is reached is then the
 * same too: up to the first step that goes otherwise both have been through the same states.
 */
export const isSameGraph = (arena: Arena, edits: readonly Edit[], rules: ReadonlySet<RuleName>): boolean => {
  const { model, scope, states } = arena
  const mutant = attempt(() => mutated(arena, edits))
  const begun = mutant === null ? null : attempt(() => starts(mutant, scope))
  if (mutant === null || begun === null) return false
  if (starts(model, scope).some((state, at) => keyOf(state) !== keyOf(begun[at] as State))) return false
  const inputs = scope.inputs.filter(({ rule }) => rules.has(rule))
  const [own, other] = [carrying(model), carrying(mutant)]
  return states.every(state => {
    const [before, beside] = [own(state), other(state)]
    return inputs.every(input => {
      const taken = attempt(() => step(mutant, beside, input))
      return taken !== null && isSameStep(step(model, before, input), taken)
    })
  })
}

/** What can be observed of a state, and what the service can read. */
const seen = (state: State): string => {
  const { contents, ...rest } = observe(state)
  const held = heldByService(state)
  return JSON.stringify([rest, [...contents], held, archived(state).map(item => readable(item, held))])
}

/** So many times the states of the model are looked at: a mutant that has more is told apart by that. */
const MOST = 8

/** Whether no run of the scope shows a difference: outcomes, and what can be observed of every state. */
export const isSameToObserver = (arena: Arena, edits: readonly Edit[]): boolean => {
  const { model, scope, states } = arena
  const mutant = mutated(arena, edits)
  const most = MOST * states.length + 1000
  const known = new Set<string>()
  const queue: (readonly [State, State])[] = []
  const visit = (a: State, b: State): boolean => {
    const key = `${keyOf(a)}|${keyOf(b)}`
    if (known.has(key)) return true
    known.add(key)
    queue.push([a, b])
    return seen(a) === seen(b)
  }
  const begun = attempt(() => starts(mutant, scope))
  if (begun === null || !starts(model, scope).every((state, at) => visit(state, begun[at] as State))) return false
  for (let at = 0; at < queue.length; at += 1) {
    const [a, b] = queue[at] as readonly [State, State]
    if (queue.length > most) return false
    for (const input of scope.inputs) {
      const [one, other] = [step(model, a, input), attempt(() => step(mutant, b, input))]
      if (other === null || outcomeOf(one) !== outcomeOf(other)) return false
      if (one.kind === 'taken' && other.kind === 'taken' && !visit(one.after, other.after)) return false
    }
  }
  return true
}
