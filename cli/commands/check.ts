/** `check`: explores the scopes exhaustively and says which properties hold, with a shortest run for each that does not. */
import type { CheckResult, Counterexample, Progress } from '../../properties/index.ts'
import type { Command, CommandContext, Report } from '../command.ts'
import type { Colour } from '../terminal/colour.ts'
import { count, table } from '../terminal/table.ts'
import { verdictWord } from '../terminal/verdict.ts'
import { inWorker } from '../terminal/worker.ts'

export interface CheckRequest {
  readonly scope: string
}

const WORKER = new URL('../workers/check.ts', import.meta.url)

/** Explores in a thread of its own; when the signal is aborted, answers with what was explored by then. */
export const runCheck = (
  scope: string,
  { signal, progress }: Pick<CommandContext, 'signal' | 'progress'>,
): Promise<CheckResult> =>
  inWorker<CheckRequest, Progress, CheckResult>(
    WORKER,
    { scope },
    {
      signal,
      onProgress: ({ scope: name, states, depth, done, total }) =>
        progress.tick({ what: name, counts: `${count(states)} states, depth ${depth}`, done, total }),
    },
  )

interface Found {
  readonly reason?: string
  readonly counterexample?: Counterexample
}

const storyFacts = ({ reason, counterexample }: Found): object => {
  if (counterexample === undefined) return reason === undefined ? {} : { reason }
  const { scope, choices, told } = counterexample
  const events = told.map(({ input, what, outcome, effects }) => ({ input, what, outcome, effects }))
  return { ...(reason === undefined ? {} : { reason }), counterexample: { scope, choices, events } }
}

const storyLines = (title: string, { reason, counterexample }: Found, colour: Colour): readonly string[] => [
  '',
  `${colour.bad('broken')} ${title}`,
  ...(reason === undefined ? [] : [`  ${reason}`]),
  ...(counterexample === undefined ? [] : [`  a shortest run in ${counterexample.scope}:`]),
  ...(counterexample?.told ?? []).flatMap(({ what, outcome, effects }, index) => [
    `  ${index + 1}. ${what}: ${outcome}`,
    ...effects.map(effect => colour.faint(`       ${effect}`)),
  ]),
]

const scopeTable = ({ scopes }: CheckResult): readonly string[] => {
  const rows = scopes.map(({ name, states, transitions, depth, verdict }) => [
    name,
    count(states),
    count(transitions),
    String(depth),
    verdict === 'undecided' ? 'in part' : 'completely',
  ])
  return table([['scope', 'states', 'transitions', 'depth', 'explored'], ...rows], [1, 2, 3])
}

const propertyTable = ({ properties }: CheckResult, colour: Colour): readonly string[] => {
  const rows = properties.map(({ id, kind, witnesses, verdict }) => [
    id,
    kind,
    count(witnesses),
    verdictWord(verdict, colour),
  ])
  return table([['property', 'kind', 'witnesses', 'verdict'], ...rows], [2])
}

const factsOf = ({ properties, problems, ...checked }: CheckResult): object => ({
  states: checked.states,
  transitions: checked.transitions,
  depth: checked.depth,
  scopes: checked.scopes,
  properties: properties.map(({ id, kind, says, verdict, witnesses, ...found }) => ({
    id,
    kind,
    says,
    verdict,
    witnesses,
    ...storyFacts(found),
  })),
  problems: problems.map(({ what, ...counterexample }) => ({ what, ...storyFacts({ counterexample }) })),
})

/** What was checked, as a report. `seconds` is the time that it took. */
export const checkReport = (scope: string, seconds: number, checked: CheckResult, colour: Colour): Report => {
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
      ...broken.flatMap(property => storyLines(`${colour.strong(property.id)} ${property.says}`, property, colour)),
      ...problems.flatMap(({ what, ...counterexample }) =>
        storyLines(`the model: ${what}`, { counterexample }, colour),
      ),
      '',
      `${verdictWord(verdict, colour)}: ${properties.length} properties, ${broken.length} broken, ${undecided} undecided; ` +
        `${count(states)} states, ${count(transitions)} transitions, depth ${depth}, ${seconds.toFixed(1)} s`,
    ],
  }
}

export const check: Command = {
  name: 'check',
  summary: 'explore the model within a scope and judge every property',
  options: ['scope'],
  run: async (context, { scope }) => {
    const began = performance.now()
    const checked = await runCheck(scope, context)
    return checkReport(scope, (performance.now() - began) / 1000, checked, context.colour)
  },
}
