/** What a property may look at, and the window through which it looks: a read that it did not declare throws. */
import {
  observe,
  type Account,
  type Choices,
  type CloudHsm,
  type Emission,
  type Input,
  type KindName,
  type Outcome,
  type RuleName,
  type Seen,
  type State,
  type Step,
  type Taken,
} from '../model/index.ts'

/** Machines by name; what is seen of a state; what came of a step, and what it left alone; what the account's choices are. */
export type Read = KindName | 'seen' | 'outcome' | 'unchanged' | 'emitted' | 'created' | 'moved' | 'choices'

/** A state as a property sees it: local states by machine and slot, and what can be observed from outside. */
export interface StateReads extends State {
  readonly seen: Seen
}

/** `disabled`: what was tried is not due here. A step for which the scope has no slot is never shown. */
export type Came = Outcome | { readonly kind: 'disabled' }

/** The input of each rule. */
type InputBy = { readonly [Name in RuleName]: Extract<Input, { readonly rule: Name }> }

/** A step as a property sees it. `before` and `after` are open as far as their machines are declared; `input` always is. */
export interface StepReads<Name extends RuleName = RuleName> {
  readonly before: StateReads
  readonly after: StateReads
  readonly input: InputBy[Name]
  readonly outcome: Came
  /** Every slot is as it was. */
  readonly unchanged: boolean
  readonly emitted: readonly Emission[]
  /** Slots that new things took. */
  readonly created: Taken['created']
  /** Where the slots of a queue went that was compacted. */
  readonly moved: Taken['moved']
  readonly choices: Choices
}

/** What all windows look at: set before each question. */
export interface Sight {
  readonly look: (state: State) => void
  readonly lookAt: (before: State, input: Input, step: Step) => void
  /** The windows of a property. Reads that are not listed throw. */
  readonly windows: (reads: readonly Read[]) => { readonly state: StateReads; readonly step: StepReads }
}

const DISABLED: Came = { kind: 'disabled' }
const MACHINES = ['cluster', 'hsm', 'backup', 'hardware'] as const satisfies readonly (keyof Account)[]

/** An object with these members, of which only the declared ones can be read. */
const restrict = (reads: readonly Read[], members: Readonly<Record<string, () => unknown>>): object =>
  Object.defineProperties(
    {},
    Object.fromEntries(
      Object.entries(members).map(([name, get]) => {
        const isDeclared = (reads as readonly string[]).includes(name)
        const refuse = () => {
          throw new Error(`reads \`${name}\`, which it does not declare`)
        }
        return [name, { get: isDeclared ? get : refuse }]
      }),
    ),
  )

const isSame = (a: State, b: State): boolean =>
  a === b || MACHINES.every(name => a[name] === b[name] || a[name].every((local, slot) => local === b[name][slot]))

/** Sight of the states and steps of one model. */
export const sightOf = (model: CloudHsm): Sight => {
  const seen = new WeakMap<State, Seen>()
  let before: State
  let after: State
  let input: Input
  let step: Step
  const seenOf = (state: State): Seen => {
    const known = seen.get(state) ?? observe(state)
    seen.set(state, known)
    return known
  }
  const windowOn = (reads: readonly Read[], state: () => State) =>
    restrict(reads, {
      cluster: () => state().cluster,
      hsm: () => state().hsm,
      backup: () => state().backup,
      hardware: () => state().hardware,
      seen: () => seenOf(state()),
    }) as StateReads
  const taken = <Field extends 'emitted' | 'created' | 'moved'>(field: Field): (() => Taken[Field] | readonly []) => {
    return () => (step.kind === 'taken' ? step[field] : [])
  }
  return {
    look: state => {
      before = after = state
    },
    lookAt: (...sight) => {
      ;[before, input, step] = sight
      after = step.kind === 'taken' ? step.after : before
    },
    windows: reads => {
      const open = { before: windowOn(reads, () => before), after: windowOn(reads, () => after) }
      const guarded = restrict(reads, {
        outcome: () => (step.kind === 'taken' ? step.outcome : DISABLED),
        unchanged: () => isSame(before, after),
        emitted: taken('emitted'),
        created: taken('created'),
        moved: taken('moved'),
        choices: () => model.choices,
      })
      Object.defineProperties(guarded, { input: { get: () => input } })
      return { state: open.before, step: Object.assign(guarded, open) as unknown as StepReads }
    },
  }
}
