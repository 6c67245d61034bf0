/** What SPEC.md says of attackers, generated: capabilities, profiles, verdicts, runs, causes, and the minimal sets. */
import { GOALS, PROFILES } from '../../model/attack/index.ts'
import { attacksOf, capabilityRows, causesOf, gridOf, latticeLines, type GoalSets, type Row } from './attackers.ts'

/** Rows as a Markdown table, the first of them its head. */
const markdown = ([head = [], ...rows]: readonly (readonly string[])[]): readonly string[] =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`)

const isJoined = ({ profile }: Row): boolean => profile.id.includes('+')

/** The verdicts and what they rest on. */
export const verdictPage = (rows: readonly Row[]): readonly string[] => [
  ...markdown([['capability', 'the attacker'], ...capabilityRows().map(([id = '', says = '']) => [`\`${id}\``, says])]),
  '',
  ...markdown([
    ['profile', 'who', 'capabilities', 'restores on'],
    ...PROFILES.filter(({ id }) => !id.includes('+')).map(({ id, who, capabilities, restoresOn }) => [
      `\`${id}\``,
      who,
      capabilities.join(', '),
      restoresOn,
    ]),
  ]),
  '',
  ...markdown([
    ['goal', 'what is reached'],
    ...GOALS.filter(({ id }) => !id.endsWith('.nonfips')).map(({ id, says }) => [
      `\`${id.replace(/\.fips$/, '')}\``,
      says,
    ]),
  ]),
  '',
  ...markdown(
    gridOf(
      rows.filter(row => !isJoined(row)),
      causesOf(rows),
    ),
  ),
  '',
  'Joined with the service:',
  '',
  ...markdown(
    gridOf(rows.filter(isJoined), causesOf(rows)).map(cells => cells.map(cell => cell.replace('+service', ''))),
  ),
  '',
  ...causesOf(rows).map((cause, at) => `- **?${String.fromCharCode(97 + at)}** ${cause}`),
  '',
  ...attacksOf(rows).map(
    ({ clauses, goals, who, story }) =>
      `- **${clauses.join(', ')}**: ${goals.join(', ')} (${who.join(', ')}): ${story}.`,
  ),
]

const MIRRORED: Readonly<Record<string, string>> = { 'production-key': 'other-key', 'other-key': 'production-key' }

/** Sets as a whole, with the keys of the manufacturer in each other's place or not, whatever their order. */
const wholeOf = (sets: GoalSets['sets'], isMirrored: boolean): string =>
  sets
    .map(({ set, clauses }) => {
      const names = set.map(word => (isMirrored ? (MIRRORED[word] ?? word) : word)).toSorted()
      return `${names.join()}: ${clauses.join()}`
    })
    .toSorted()
    .join(';')

/** Those of a cluster in non-FIPS mode that are not what one in FIPS mode has, with the other key. */
const isOwn = (goals: readonly GoalSets[], { goal, sets }: GoalSets): boolean => {
  const twin = goals.find(other => other.goal === goal.replace(/\.nonfips$/, '.fips'))
  return !goal.endsWith('.nonfips') || twin === undefined || wholeOf(twin.sets, true) !== wholeOf(sets, false)
}

/** The minimal sets of each goal, those of a cluster in non-FIPS mode where they are others. */
export const latticePage = (goals: readonly GoalSets[]): readonly string[] =>
  latticeLines(goals.filter(one => isOwn(goals, one))).flatMap(([ids, count, sets]) => [
    `- ${ids}: ${count} set${count === 1 ? '' : 's'}`,
    ...sets.map(set => `  - ${set}`),
  ])
