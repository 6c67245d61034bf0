/** `check`: explores the scopes exhaustively and says which properties hold, with a shortest run for each that does not. */
import { availableParallelism } from 'node:os'
import type { CheckResult, CheckedProperty, CheckedScope, Progress, Run } from '../../properties/index.ts'
import type { Command, CommandContext, Report } from '../command.ts'
import type { Given } from '../options.ts'
import type { Colour } from '../terminal/colour.ts'
import { ticks } from '../terminal/exploring.ts'
import { storyFacts, storyLines } from '../terminal/story.ts'
import { count, table } from '../terminal/table.ts'
import { verdictWord } from '../terminal/verdict.ts'
import { inWorker } from '../terminal/worker.ts'
import { concluded } from '../workers/bounded.ts'

export type CheckRequest = Pick<Given, 'scope' | 'first' | 'engine' | 'memory' | 'time'> & {
  /** One number that all threads count up: the place in the plan that is taken next. */
  readonly next: Int32Array
}

/** What one thread explored: by the place in the plan, and the bound that ended it. */
export interface CheckShare {
  readonly runs: readonly (readonly [at: number, run: Run])[]
  readonly bound: 'memory' | 'time' | null
}

/** What was checked, and the bound that ended it; null where none did. */
export interface Checked extends CheckResult {
  readonly bound: 'memory' | 'time' | null
}

const WORKER = new URL('../workers/check.ts', import.meta.url)

/** Explores in threads; when the signal is aborted, answers with what was explored by then. The first violation is that of one thread. */
export const runCheck = async (
  { scope, first, engine, memory, time }: Omit<CheckRequest, 'next'>,
  { signal, progress }: Pick<CommandContext, 'signal' | 'progress'>,
  threads: number = THREADS,
): Promise<Checked> => {
  const tickOf = ticks(() => performance.now())
  const next = new Int32Array(new SharedArrayBuffer(4))
  const request = { scope, first, engine, memory, time, next }
  const shares = await Promise.all(
    Array.from({ length: first ? 1 : threads }, () =>
      inWorker<CheckRequest, Progress, CheckShare>(WORKER, request, {
        signal,
        onProgress: told => progress.tick(tickOf(told)),
      }),
    ),
  )
  return concluded(request, shares)
}

const THREADS = Math.min(2, availableParallelism())

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
    ...(asked === '' ? [] : ['', `leadsTo is asked in ${asked}, on all fair runs`]),
    ...[...skipped].map(([why, found]) => `  not in ${unique(found.map(({ scope }) => scope))}: ${why}`),
    ...(grounds.some(isCut) ? ['  within the scope: what only its bounds block is not looked at further'] : []),
  ]
}

const factsOf = ({ properties, problems, ...checked }: Checked): object => ({
  states: checked.states,
  transitions: checked.transitions,
  depth: checked.depth,
  bound: checked.bound,
  scopes: checked.scopes,
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

export const check: Command = {
  name: 'check',
  summary: 'explore the model within a scope and judge every property',
  options: ['scope', 'first', 'engine', 'memory', 'time'],
  run: async (context, given) => {
    const began = performance.now()
    const checked = await runCheck(given, context)
    return checkReport(given.scope, (performance.now() - began) / 1000, checked, context.colour)
  },
}
