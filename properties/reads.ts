/** What a property may look at, and the window through which it looks: a read that it did not declare throws. */
import {
  look,
  seenBackup,
  seenCluster,
  type Account,
  type Choices,
  type CloudHsm,
  type Emission,
  type Input,
  type KindName,
  type Outcome,
  type RuleName,
  type SeenBackup,
  type SeenCluster,
  type State,
  type Step,
  type Taken,
} from '../model/index.ts'
import { folded, type Facts } from './folded.ts'

/** Machines by name; what is seen of a state; what came of a step, and what it left alone; what the account's choices are. */
export type Read = KindName | 'facts' | 'seen' | 'outcome' | 'unchanged' | 'emitted' | 'created' | 'moved' | 'choices'

/** A state as a property sees it: local states by machine and slot, and what can be observed from outside. */
export interface StateReads extends State {
  /** For each cluster slot, what is folded from all local states. */
  readonly facts: readonly Facts[]
  readonly seen: SeenOf
}

/** What can be observed of the thing in a slot; null where it is not listed. */
interface SeenOf {
  readonly cluster: (slot: number) => SeenCluster | null
  readonly backup: (slot: number) => SeenBackup | null
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
  readonly look: (state: State, facts: readonly Facts[]) => void
  readonly lookAt: (before: State, facts: readonly Facts[], input: Input, step: Step) => void
  /** The windows of a property. Reads that are not listed throw. */
  readonly windows: (reads: readonly Read[]) => { readonly state: StateReads; readonly step: StepReads }
}

const DISABLED: Came = { kind: 'disabled' }
const MACHINES = ['cluster', 'hsm', 'backup', 'hardware', 'job'] as const satisfies readonly (keyof Account)[]

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
  let before: State
  let facts: readonly Facts[]
  let after: State
  let input: Input
  let step: Step
  const seenOf = (state: () => State): SeenOf => ({
    cluster: slot => seenCluster(state(), slot),
    backup: slot => seenBackup(state(), slot),
  })
  const windowOn = (reads: readonly Read[], state: () => State, factsOf: () => readonly Facts[]) => {
    const seen = seenOf(state)
    return restrict(reads, {
      facts: factsOf,
      cluster: () => state().cluster,
      hsm: () => state().hsm,
      backup: () => state().backup,
      hardware: () => state().hardware,
      job: () => state().job,
      seen: () => seen,
    }) as StateReads
  }
  const taken = <Field extends 'emitted' | 'created' | 'moved'>(field: Field): (() => Taken[Field] | readonly []) => {
    return () => (step.kind === 'taken' ? step[field] : [])
  }
  return {
    look: (state, seenFacts) => {
      before = after = state
      facts = seenFacts
    },
    lookAt: (...sight) => {
      ;[before, facts, input, step] = sight
      after = step.kind === 'taken' ? step.after : before
    },
    windows: reads => {
      const open = {
        before: windowOn(
          reads,
          () => before,
          () => facts,
        ),
        after: windowOn(
          reads,
          () => after,
          () => (after === before ? facts : look(folded, after)),
        ),
      }
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
