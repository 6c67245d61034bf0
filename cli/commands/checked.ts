/** What was checked, as a report: a table of scopes, a verdict for each property, a story for each that is broken. */
import { scopeNamed } from '../../model/index.ts'
import { FAIRNESS, type CheckResult, type CheckedProperty, type CheckedScope } from '../../properties/index.ts'
import type { Report } from '../command.ts'
import type { Colour } from '../terminal/colour.ts'
import { storyFacts, storyLines } from '../terminal/story.ts'
import { count, table } from '../terminal/table.ts'
import { verdictWord } from '../terminal/verdict.ts'
import { boundFacts } from './scopes.ts'

/** What was checked, and the bound that ended it; null where none did. */
export interface Checked extends CheckResult {
  readonly bound: 'memory' | 'time' | null
}

/** How a scope was stored, in words: bytes for each state, and the part of the pages that are states. */
const stored = ({ states, store }: CheckedScope): readonly string[] =>
  store === null || states === 0
    ? ['-', '-']
    : [(store.bytes / states).toFixed(1), `${(100 * store.fill).toFixed(store.fill < 0.1 ? 2 : 0)} %`]

const scopeTable = ({ scopes }: CheckResult): readonly string[] => {
  const rows = scopes.map(scope => [
    scope.name,
    count(scope.states),
    count(scope.transitions),
    String(scope.depth),
    ...stored(scope),
    scope.isComplete ? 'completely' : 'in part',
  ])
  const titles = ['scope', 'states', 'transitions', 'depth', 'bytes/state', 'page fill', 'explored']
  return table([titles, ...rows], [1, 2, 3, 4, 5])
}

const propertyTable = ({ properties }: CheckResult, colour: Colour): readonly string[] => {
  const rows = properties.map(({ id, kind, witnesses, verdict, grounds }) => [
    id,
    kind,
    count(witnesses),
    verdictWord(verdict, colour) + (verdict === 'holds' && isCut(grounds) ? ' within the scope' : ''),
  ])
  return table([['property', 'kind', 'witnesses', 'verdict'], ...rows], [2])
}

/** Something that is due was blocked by the bounds of a scope only. */
const isCut = (grounds: CheckedProperty['grounds']): boolean => grounds !== undefined && grounds.cut > 0

const FAIR =
  'fair: what is due takes place in the end, time passes, and faults come to an end; nobody has to ask for anything'

/** Where every `leadsTo` was asked, and where not. */
const groundLines = ({ properties }: CheckResult): readonly string[] => {
  const grounds = properties.flatMap(property => property.grounds ?? [])
  const unique = (names: readonly string[]): string => [...new Set(names)].join(', ')
  const skipped = Map.groupBy(
    grounds.flatMap(one => one.skipped),
    ({ why }) => why,
  )
  const asked = unique(grounds.flatMap(({ scopes }) => scopes))
  return [
    ...(asked === '' ? [] : ['', `leadsTo is asked in ${asked}, on all fair runs`, `  ${FAIR}`]),
    ...[...skipped].map(([why, found]) => `  not in ${unique(found.map(({ scope }) => scope))}: ${why}`),
    ...(grounds.some(isCut) ? ['  within the scope: what only its bounds block is not looked at further'] : []),
  ]
}

/** Exploration tells all slots apart: what is symmetric only is not merged. */
const SYMMETRY = 'none'

const boundsOf = (name: string): object => {
  const scope = scopeNamed(name)
  return scope === undefined ? {} : boundFacts(scope)
}

const factsOf = ({ properties, problems, ...checked }: Checked): object => ({
  states: checked.states,
  transitions: checked.transitions,
  depth: checked.depth,
  bound: checked.bound,
  symmetry: SYMMETRY,
  fairness: FAIRNESS,
  scopes: checked.scopes.map(scope => ({ ...scope, bounds: boundsOf(scope.name) })),
  properties: properties.map(({ reason, counterexample, ...stated }) => ({
    ...stated,
    ...storyFacts({ ...(reason && { reason }), ...(counterexample && { counterexample }) }),
  })),
  problems: problems.map(({ what, ...counterexample }) => ({ what, ...storyFacts({ counterexample }) })),
})

const BOUNDS = {
  memory: 'gave up: it took more memory than --memory allows; what is said above is of what was explored by then',
  time: 'gave up: it took longer than --time allows; what is said above is of what was explored by then',
} as const

/** What was checked, as a report. `seconds` is the time that it took. */
export const checkReport = (scope: string, seconds: number, checked: Checked, colour: Colour): Report => {
  const { verdict, states, transitions, depth, properties, problems } = checked
  const broken = properties.filter(property => property.verdict === 'broken')
  const undecided = properties.filter(property => property.verdict === 'undecided').length
  return {
    verdict,
    facts: { scope, seconds, ...factsOf(checked) },
    lines: [
      ...scopeTable(checked),
      '',
      ...propertyTable(checked, colour),
      ...groundLines(checked),
      ...broken.flatMap(property => storyLines(`${colour.strong(property.id)} ${property.says}`, property, colour)),
      ...problems.flatMap(({ what, ...counterexample }) =>
        storyLines(`the model: ${what}`, { counterexample }, colour),
      ),
      ...(checked.bound === null ? [] : ['', BOUNDS[checked.bound]]),
      '',
      `${verdictWord(verdict, colour)}: ${properties.length} properties, ${broken.length} broken, ${undecided} undecided; ` +
        `${count(states)} states, ${count(transitions)} transitions, depth ${depth}, ${seconds.toFixed(1)} s`,
    ],
  }
}
