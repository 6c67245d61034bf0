/** What scopes reach of all there is to cover, worked out by the fast explorer, under each value of each choice. */
import {
  DEFAULT_CHOICES,
  cloudHsm,
  step,
  type ChoiceId,
  type Choices,
  type CloudHsm,
  type Edit,
  type Step,
} from './cloudhsm.ts'
import { cover, nothingCovered, refusalOf, transitionsOf, type Coverage } from './coverage.ts'
import { sweepScope } from './explore/scope.ts'
import type { StepQuestion } from './explore/fast/index.ts'
import { starts, type Scope } from './scopes/index.ts'
import { nobodySends, noting, type Senders } from './senders.ts'
import { sidesOf, watchingSides } from './sides.ts'

/** What was reached, and who sent what. */
export interface Reached extends Coverage, Senders {
  /** Sides of guards. */
  readonly sides: Set<string>
}

const nothingReached = (): Reached => ({ ...nothingCovered(), ...nobodySends(), sides: new Set() })

/** Adds what each new step covers, and asks nothing of it. */
const covering = (reached: Reached): StepQuestion => ({
  name: 'covers',
  concerns: (rule, taken) => {
    cover(reached, rule, taken as Step)
    return false
  },
  ask: () => ({ given: false, holds: true, error: null }),
})

/** What happens before exploration begins is reached too. */
const coverStarts = (model: CloudHsm, scope: Scope, reached: Reached): void => {
  for (const inputs of scope.starts)
    inputs.forEach((input, at) => {
      const [state] = starts(model, { ...scope, starts: [inputs.slice(0, at)] })
      if (state !== undefined) cover(reached, input.rule, step(model, state, input))
    })
}

/** Adds what a scope reaches under one combination of choices. */
const reach = (scope: Scope, choices: Choices, edits: readonly Edit[], reached: Reached): void => {
  const model = watchingSides(cloudHsm({ choices, edits: [...edits, noting(reached)] }), side =>
    reached.sides.add(side),
  )
  coverStarts(model, scope, reached)
  sweepScope(model, scope, { steps: [covering(reached)] })
}

/** What these scopes reach, each under all the combinations of choices that it explores. `edits` of the model come first. */
export const reachedUnderAll = (
  scopes: readonly Scope[],
  edits: readonly Edit[] = [],
  progress?: (scope: string, done: number) => void,
): Reached => {
  const reached = nothingReached()
  scopes.forEach((scope, done) => {
    progress?.(scope.name, done)
    for (const choices of scope.choices) reach(scope, choices, edits, reached)
  })
  return reached
}

/** What these scopes reach, all under one combination of choices. */
export const reachedUnder = (scopes: readonly Scope[], choices: Choices, edits: readonly Edit[] = []): Reached => {
  const reached = nothingReached()
  for (const scope of scopes) reach(scope, choices, edits, reached)
  return reached
}

const VALUES = ['refused', 'accepted'] as const

/** For each value of each choice one combination in which it occurs, all other choices being as by default. */
export const eachValue = (): readonly Choices[] => {
  const ids = Object.keys(DEFAULT_CHOICES) as readonly ChoiceId[]
  const others = ids.flatMap(id =>
    VALUES.filter(value => value !== DEFAULT_CHOICES[id]).map(value => ({ [id]: value })),
  )
  return [DEFAULT_CHOICES, ...others.map(other => ({ ...DEFAULT_CHOICES, ...other }))]
}

/** Something to reach, under the name by which it is told. */
export interface Item {
  readonly kind: 'transition' | 'rule' | 'refusal' | 'side'
  readonly item: string
}

const itemsAs = (kind: Item['kind'], items: Iterable<string>): readonly Item[] =>
  [...items].map(item => ({ kind, item }))

/** Each refusal, for each rule that sends what is refused. */
const refusalsOf = (model: CloudHsm, { senders }: Senders): ReadonlySet<string> =>
  new Set(
    transitionsOf(model).flatMap(({ machine, event, refuse, clause }) =>
      refuse === undefined
        ? []
        : [...(senders.get(`${machine}/${event}`) ?? [])].map(rule => refusalOf(rule, refuse, clause)),
    ),
  )

/** All there is to reach in a model of which it was seen who sends what. */
export const itemsOf = (model: CloudHsm, sent: Senders): readonly Item[] => [
  ...itemsAs(
    'transition',
    transitionsOf(model).map(({ id }) => id),
  ),
  ...itemsAs(
    'rule',
    model.rules.map(({ name }) => name),
  ),
  ...itemsAs('refusal', refusalsOf(model, sent)),
  ...itemsAs('side', sidesOf(model)),
]

/** What is not reached of all there is. */
export const unreached = (reached: Reached): readonly string[] => {
  const { transitions, rules, refusals, sides } = reached
  const isReached = ({ item }: Item) => [transitions, rules, refusals, sides].some(items => items.has(item))
  return itemsOf(cloudHsm(), reached)
    .filter(item => !isReached(item))
    .map(({ item }) => item)
}

/** What a choice decides: the entries of an event that one of them asks it of. It is not there under every value. */
export const decidedByChoice = (model: CloudHsm): ReadonlySet<string> => {
  const entries = transitionsOf(model)
  const placeOf = ({ machine, source, event }: (typeof entries)[number]): string => `${machine}/${source}/${event}`
  const places = new Set(entries.filter(({ guard }) => guard.includes('choice.')).map(placeOf))
  const ids = entries.filter(entry => places.has(placeOf(entry))).map(({ id }) => id)
  return new Set([...ids, ...sidesOf(model).filter(side => side.includes(' choice.'))])
}
