/** The search for dead context: a field that can be kept at its initial value without any difference elsewhere. */
import { cloudHsm, step, type CloudHsm, type CloudHsmOptions, type Edit, type Step } from './cloudhsm.ts'
import { canonical } from './network/canonical.ts'
import { stateKey } from './network/network.ts'
import { starts, type Scope } from './scopes/index.ts'
import type { KindName, State } from './things.ts'

export interface Field {
  readonly kind: KindName
  readonly field: string
}

/** What else is compared of a state: the verdicts of properties, say, as text. */
export type Verdict = (state: State) => string

/** Keeps a field of a machine's context at its initial value. */
export const freeze = ({ kind, field }: Field): Edit => ({
  what: `freezes ${kind}.${field}`,
  apply: parts => {
    const { machine } = parts.kinds[kind]
    const context = machine.config.context as unknown as Readonly<Record<string, unknown>>
    if (!(field in context)) throw new Error(`expected a field of ${kind}, got ${field}`)
    const frozen = { ...parts.kinds[kind].frozen, [field]: context[field] }
    return { ...parts, kinds: { ...parts.kinds, [kind]: { ...parts.kinds[kind], frozen } } }
  },
})

/** All fields of all contexts. */
export const fieldsOf = ({ machines }: CloudHsm): readonly Field[] =>
  (Object.keys(machines) as readonly KindName[]).flatMap(kind =>
    Object.keys(machines[kind].config.context as unknown as object).map(field => ({ kind, field })),
  )

/**
 * Whether nothing within these scopes depends on the field. The model and the one in which the field is frozen are
 * deterministic, so they are run side by side: equal outcomes and states, but for the field, after every run.
 */
export const isDead = (
  field: Field,
  scopes: readonly Scope[],
  options: CloudHsmOptions = {},
  verdict: Verdict = () => '',
): boolean =>
  scopes.every(scope => scope.choices.every(choices => agrees(field, scope, { ...options, choices }, verdict)))

const agrees = (field: Field, scope: Scope, options: CloudHsmOptions, verdict: Verdict): boolean => {
  const whole = cloudHsm(options)
  const frozen = cloudHsm({ ...options, edits: [...(options.edits ?? []), freeze(field)] })
  const project = projection(field)
  const isSame = (a: State, b: State) =>
    project(whole, a) === project(frozen, b) && verdict(a) === orNull(() => verdict(b))
  const seen = new Set<string>()
  const queue: (readonly [State, State])[] = []
  const visit = (a: State, b: State): boolean => {
    const key = `${stateKey(whole.names, a)}|${stateKey(frozen.names, b)}`
    if (seen.has(key)) return true
    seen.add(key)
    queue.push([a, b])
    return isSame(a, b)
  }
  const frozenStarts = orNull(() => starts(frozen, scope))
  if (frozenStarts === null) return false
  if (!starts(whole, scope).every((state, at) => visit(state, frozenStarts[at] as State))) return false
  for (let at = 0; at < queue.length; at += 1) {
    const [a, b] = queue[at] as readonly [State, State]
    for (const input of scope.inputs) {
      const [stepA, stepB] = [step(whole, a, input), orNull(() => step(frozen, b, input))]
      if (stepB === null || outcomeOf(stepA) !== outcomeOf(stepB)) return false
      if (stepA.kind === 'taken' && stepB.kind === 'taken' && !visit(stepA.after, stepB.after)) return false
    }
  }
  return true
}

/** A frozen field can leave a machine without an answer, or a guard without what it reads: that is a difference too. */
const orNull = <Value>(ask: () => Value): Value | null => {
  try {
    return ask()
  } catch {
    return null
  }
}

const outcomeOf = (taken: Step): string =>
  taken.kind === 'blocked' ? taken.by : 'code' in taken.outcome ? canonical(taken.outcome) : taken.outcome.kind

/** A state as text, but for one field. */
const projection = ({ kind, field }: Field) => {
  const known = new WeakMap<object, string>()
  const textOf = (local: State[KindName][number]): string => {
    const text = known.get(local) ?? canonical([local.value, { ...local.context, [field]: null }])
    known.set(local, text)
    return text
  }
  return (model: CloudHsm, state: State): string =>
    model.names.map(name => state[name].map(local => (name === kind ? textOf(local) : local.key)).join()).join(';')
}
