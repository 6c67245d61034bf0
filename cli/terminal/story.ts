/** What is told of something that is broken: the reason and a shortest run, in lines and in JSON. */
import type { CheckedProperty, Counterexample } from '../../properties/index.ts'
import type { Colour } from './colour.ts'

/** `kind`: absent where the model itself is broken. */
export type Broken = Pick<CheckedProperty, 'reason' | 'counterexample'> & { readonly kind?: CheckedProperty['kind'] }

type Steps = Counterexample['told']

const eventsOf = (told: Steps): readonly object[] =>
  told.map(({ input, what, outcome, effects }) => ({ input, what, outcome, effects }))

/** The same in JSON; a property that holds has neither. */
export const storyFacts = ({ reason, counterexample }: Broken): object => {
  const why = reason === undefined ? {} : { reason }
  if (counterexample === undefined) return why
  const { scope, choices, told, cycle } = counterexample
  return { ...why, counterexample: { scope, choices, events: eventsOf(told), cycle: eventsOf(cycle) } }
}

/** The steps in lines, numbered from `first`. */
const stepLines = (told: Steps, first: number, colour: Colour): readonly string[] =>
  told.flatMap(({ what, outcome, effects }, index) => [
    `  ${first + index}. ${what}: ${outcome}`,
    ...effects.map(effect => colour.faint(`       ${effect}`)),
  ])

const runLines = (kind: Broken['kind'], { scope, told, cycle }: Counterexample, colour: Colour): readonly string[] => [
  `  a shortest run in ${scope}:`,
  ...stepLines(told, 1, colour),
  ...(cycle.length === 0 ? [] : ['  and then again and again:', ...stepLines(cycle, told.length + 1, colour)]),
  ...(kind === 'leadsTo' && cycle.length === 0 ? ['  and there it ends: nothing that is due takes place'] : []),
]

/** The title, the reason and the run. */
export const storyLines = (title: string, broken: Broken, colour: Colour): readonly string[] => [
  '',
  `${colour.bad('broken')} ${title}`,
  ...(broken.reason === undefined ? [] : [`  ${broken.reason}`]),
  ...(broken.counterexample === undefined ? [] : runLines(broken.kind, broken.counterexample, colour)),
]
