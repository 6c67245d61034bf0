/** The score of the properties as rows, and the document that keeps the result of the last long run. */
import { availableParallelism } from 'node:os'
import process from 'node:process'
import { MOST_LEFT, permitted, score, type Judged, type Score } from '../../test/mutants/index.ts'
import type { Given } from '../options.ts'

const FATES = ['killed', 'equivalent', 'unobservable', 'no answer', 'survived'] as const

/** What became of the mutants of each operator, as rows under their titles. */
export const scoreRows = ({ rows }: Score): readonly (readonly string[])[] => [
  ['operator', 'mutants', ...FATES],
  ...rows.map(({ operator, mutants, counts }) => [
    operator,
    String(mutants),
    ...FATES.map(fate => String(counts[fate])),
  ]),
]

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

const tableOf = ([titles = [], ...rows]: readonly (readonly string[])[]): readonly string[] => [
  rowOf(titles),
  rowOf(titles.map(() => '---')),
  ...rows.map(rowOf),
]

const WHAT = `# Mutants of the model: the last long run

\`npm run long\` wrote this. Each mutant is the model with one thing changed at one place. *Killed*: a property that states a clause is
broken by a shortest run. *Equivalent*: in every scope that concerns it every step goes as in the model, so that the graphs and
outcomes are the same. *Unobservable*: the states differ in what the model keeps for itself, and no run shows a difference in
outcomes or in what can be observed. *No answer*: a guard, an action or a rule of the mutant throws before a property is broken; the
checker reports that, but no property does, so it counts among those that are left. *Survived*: it can be told from the model,
and no property is broken.`

/** The document: when and on what it was made, the table, and each mutant that was left. */
export const resultOf = (
  judged: readonly Judged[],
  { scope, seed, count }: Pick<Given, 'scope' | 'seed' | 'count'>,
  seconds: number,
  date: Date,
): string => {
  const scored = score(judged)
  const { different, left } = scored
  const share = ((100 * left) / Math.max(1, different)).toFixed(1)
  const lines = [
    WHAT,
    '',
    `${date.toISOString().slice(0, 10)}, ${process.arch} with ${availableParallelism()} cores, Node ${process.version.slice(1)}, ` +
      `${Math.ceil(seconds / 60)} minutes. \`mutants --scope ${scope} --seed ${seed} --count ${count}\``,
    '',
    ...tableOf(scoreRows(scored)),
    '',
    `Left by the properties: ${left} of the ${different} that are not equivalent, ${share} %; at most ${MOST_LEFT} % may be.`,
    '',
    '## Survived, and permitted',
    '',
    ...tableOf([
      ['mutant', 'clause', 'why it permits both'],
      ...judged
        .filter(({ fate }) => fate === 'survived')
        .map(({ id }) => [id, permitted(id)?.clause ?? 'none', permitted(id)?.why ?? 'NOT PERMITTED']),
    ]),
    '',
    '## No answer',
    '',
    ...tableOf([
      ['mutant', 'what is thrown'],
      ...judged.filter(({ fate }) => fate === 'no answer').map(({ id, thrown }) => [id, thrown ?? '']),
    ]),
  ]
  return `${lines.join('\n')}\n`
}
