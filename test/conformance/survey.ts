/** Surveying the model: what can be covered within scopes, and tours, stories that together cover all of it. */
import {
  cover,
  initial,
  nothingCovered,
  step,
  sweepScope,
  type CloudHsm,
  type Coverage,
  type Input,
  type Scope,
  type State,
  type Step,
  type StepQuestion,
} from '../../model/index.ts'
import type { Story } from './event.ts'
import { narrator } from './narrator.ts'
import { shownBy, wordsOf } from './shows.ts'

export interface Survey {
  readonly reachable: Coverage
  /** Shortest first. */
  readonly tours: readonly Tour[]
}

/** A story, and the names of all that it covers. */
export interface Tour {
  readonly story: Story
  readonly shows: ReadonlySet<string>
}

/** Where something was first seen: a run from the empty account whose last input shows it. */
interface Sighting {
  readonly scope: Scope
  readonly inputs: readonly Input[]
}

/** Explores the scopes under one combination of choices. */
export const survey = (
  model: CloudHsm,
  scopes: readonly Scope[],
  progress?: (done: number, total: number) => void,
): Survey => {
  const reachable = nothingCovered()
  const sightings = scopes.flatMap((scope, at) => {
    progress?.(at, scopes.length)
    return sightingsIn(model, scope, reachable)
  })
  progress?.(scopes.length, scopes.length)
  const tours = [...simplest(model, sightings), ...selectTours(model, sightings)]
  return { reachable, tours: tours.toSorted((a, b) => a.story.length - b.story.length) }
}

const sightingsIn = (model: CloudHsm, scope: Scope, reachable: Coverage): readonly Sighting[] => {
  const seen = new Set<string>()
  const isNew: StepQuestion = {
    name: 'shows nothing new',
    isEach: true,
    concerns: (_, taken) => taken.kind === 'taken',
    ask: (before, input, taken) => {
      const [was, step] = [before as State, taken as Step]
      const shown = shownBy(was, input as Input, step)
      const holds = shown.every(item => seen.has(item))
      for (const item of shown) seen.add(item)
      if (!holds) cover(reachable, input.rule, step)
      return { given: true, holds, error: null }
    },
  }
  const { violations, trace, verdict } = sweepScope(model, scope, { steps: [isNew] })
  if (verdict !== 'complete') throw new Error(`expected to see all of ${scope.name}`)
  const starts = scope.starts.filter(inputs => inputs.length > 0).map(inputs => ({ scope, inputs }))
  for (const start of starts) for (const { input, taken } of tell(model, start)) cover(reachable, input.rule, taken)
  return [
    ...starts,
    ...violations.flatMap(seen => (seen.input === null ? [] : [{ scope, inputs: [...trace(seen), seen.input] }])),
  ]
}

interface Moment {
  readonly before: State
  readonly input: Input
  readonly taken: Step
}

/** A run, moment by moment. */
const tell = (model: CloudHsm, { scope, inputs }: Sighting): readonly Moment[] => {
  let state = initial(model, scope.slots)
  return inputs.map(input => {
    const before = state
    const taken = step(model, before, input)
    if (taken.kind === 'taken') state = taken.after
    return { before, input, taken }
  })
}

/**
 * For each thing that can be asked the shortest run that ends with it, and for what is refused whenever it is asked the shortest
 * for each reason: what goes wrong there is seen where it is simplest.
 */
const simplest = (model: CloudHsm, sightings: readonly Sighting[]): readonly Tour[] => {
  const [asked, refused] = [new Map<string, Sighting>(), new Map<string, Map<string, Sighting>>()]
  for (const sighting of sightings.toSorted((a, b) => a.inputs.length - b.inputs.length)) {
    const last = tell(model, sighting).at(-1)
    // What a crash leaves is seen in what recovery makes of it.
    if (last === undefined || last.taken.kind === 'blocked' || last.input.rule === 'Crash') continue
    const words = wordsOf(last.input)
    const { outcome } = last.taken
    if (outcome.kind !== 'refused') asked.set(words, asked.get(words) ?? sighting)
    else refused.set(words, new Map([[outcome.clause, sighting], ...(refused.get(words) ?? [])]))
  }
  const never = [...refused].flatMap(([words, reasons]) => (asked.has(words) ? [] : [...reasons.values()]))
  return [...asked.values(), ...never].map(sighting => tourOf(model, sighting))
}

/** A run as a tour, with all that it shows. */
const tourOf = (model: CloudHsm, sighting: Sighting): Tour => ({
  story: storyOf(model, sighting.scope, sighting.inputs),
  shows: new Set(tell(model, sighting).flatMap(({ before, input, taken }) => shownBy(before, input, taken))),
})

/**
 * Greedily, the longest first: a run is left out when those chosen before it show all that it shows. On its way a tour asks
 * whatever is refused there for a reason not seen yet, which changes nothing.
 */
const selectTours = (model: CloudHsm, sightings: readonly Sighting[]): readonly Tour[] => {
  const covered = new Set<string>()
  const isNew = (items: readonly string[]): boolean => items.some(item => !covered.has(item))
  const add = (items: readonly string[]): void => items.forEach(item => covered.add(item))
  const longestFirst = sightings.toSorted((a, b) => b.inputs.length - a.inputs.length)
  return longestFirst.flatMap(sighting => {
    const moments = tell(model, sighting)
    const shown = moments.flatMap(({ before, input, taken }) => shownBy(before, input, taken))
    if (!isNew(shown)) return []
    add(shown)
    const inputs = moments.flatMap(({ before, input }) => {
      const asides = sighting.scope.inputs.filter(aside => {
        const taken = step(model, before, aside)
        const isRefused = taken.kind === 'taken' && taken.outcome.kind === 'refused'
        const items = isRefused ? shownBy(before, aside, taken) : []
        if (!isNew(items)) return false
        add(items)
        return true
      })
      return [...asides, input]
    })
    return [tourOf(model, { scope: sighting.scope, inputs })]
  })
}

/** A run in slots as a story with names. */
export const storyOf = (model: CloudHsm, { slots }: Pick<Scope, 'slots'>, inputs: readonly Input[]): Story => {
  const { take, story } = narrator(model, slots)
  for (const input of inputs) take(input, true)
  return story()
}
