/** The attackers in text: verdicts by profile and goal, the runs of the attacks, causes of what is undecided, minimal sets. */
import { say } from '../../model/index.ts'
import {
  CAPABILITIES,
  clausesIn,
  type Antichain,
  type Judged,
  type Profile,
  type Step,
} from '../../model/attack/index.ts'

/** A profile with its verdicts, in the order of the goals. */
export interface Row {
  readonly profile: Pick<Profile, 'id' | 'who' | 'capabilities'>
  readonly judged: readonly Judged[]
}

/** Causes in the order in which they first occur. */
export const causesOf = (rows: readonly Row[]): readonly string[] => [
  ...new Set(
    rows.flatMap(({ judged }) =>
      judged.flatMap(({ verdict }) => (verdict.kind === 'undecided' ? [verdict.cause] : [])),
    ),
  ),
]

/** A verdict as a cell: what was saturated, the length of the run, the letter of the cause. */
export const cellOf = ({ verdict }: Judged, causes: readonly string[]): string => {
  if (verdict.kind === 'secret') return '–'
  if (verdict.kind === 'attack') return `${verdict.run.state.told.length}`
  return `?${String.fromCharCode(97 + causes.indexOf(verdict.cause))}`
}

/** The verdicts, goals down and profiles across; the last row is how many terms each knows in the end, where a goal is secret. */
export const gridOf = (rows: readonly Row[], causes: readonly string[]): readonly (readonly string[])[] => {
  const goals = rows[0]?.judged.map(({ goal }) => goal.id) ?? []
  const terms = rows.map(
    ({ judged }) => judged.flatMap(({ verdict }) => (verdict.kind === 'secret' ? [verdict.terms] : []))[0],
  )
  return [
    ['goal', ...rows.map(({ profile }) => profile.id)],
    ...goals.map((id, at) => [
      id,
      ...rows.map(({ judged }) => {
        const found = judged[at]
        return found === undefined ? '' : cellOf(found, causes)
      }),
    ]),
    ...(terms.some(count => count !== undefined) ? [['terms', ...terms.map(count => `${count ?? ''}`)]] : []),
  ]
}

/** A run, line by line: who sends what, and what comes of it where it is not accepted. */
export const runLines = ({ verdict }: Judged): readonly string[] =>
  verdict.kind !== 'attack'
    ? []
    : verdict.run.state.told.map(({ by, input, outcome }, at) => {
        const came = outcome.kind === 'accepted' ? '' : `: ${outcome.kind} ${outcome.code}`
        return `${at + 1}. the ${by}: ${say(input)}${came}`
      })

const storyOf = (steps: readonly Step[]): string => steps.map(({ rule }) => rule.says).join('; ')

/** Runs that differ in more than the cluster, each with its clauses, the goals that it reaches, and who takes it. */
export const attacksOf = (
  rows: readonly Row[],
): readonly {
  readonly story: string
  readonly clauses: readonly string[]
  readonly goals: readonly string[]
  readonly who: readonly string[]
}[] => {
  const runs = rows.flatMap(({ profile, judged }) =>
    judged.flatMap(({ goal, verdict }) =>
      verdict.kind !== 'attack'
        ? []
        : [
            {
              who: profile.id,
              goal: goal.id.replace(/\.(non)?fips$/, ''),
              clauses: clausesIn(verdict.run.steps),
              story: storyOf(verdict.run.steps),
            },
          ],
    ),
  )
  return [...Map.groupBy(runs, ({ story }) => story)].map(([story, same]) => ({
    story,
    clauses: same[0]?.clauses ?? [],
    goals: [...new Set(same.map(({ goal }) => goal))],
    who: [...new Set(same.map(({ who }) => who))],
  }))
}

/** A set of capabilities that reaches a goal, and the clauses that allow it; none where no run shows it. */
export interface Shown {
  readonly set: readonly string[]
  readonly clauses: readonly string[]
}

/** What reaches each goal, with what its runs make use of. */
export interface GoalSets {
  readonly goal: string
  readonly sets: readonly Shown[]
}

/** The minimal sets with the verdicts on them. */
export const shownSets = (
  antichains: readonly Antichain[],
  judged: readonly (readonly Judged[])[],
): readonly GoalSets[] =>
  antichains.map(({ goal, sets }, at) => ({
    goal,
    sets: sets.map((set, index) => {
      const verdict = judged[at]?.[index]?.verdict
      return { set, clauses: verdict?.kind === 'attack' ? clausesIn(verdict.run.steps) : [] }
    }),
  }))

interface Folded {
  readonly alternatives: readonly (readonly string[])[]
  readonly clauses: string
}

/** Sets with what may stand in each other's place in one: `archive / carry, later` stands for two. */
export const folded = (sets: readonly Shown[]): readonly string[] => {
  const rows: Folded[] = sets.map(({ set, clauses }) => ({
    alternatives: set.map(one => [one]),
    clauses: clauses.join(', '),
  }))
  for (let at = 0; at < rows.length; at += 1)
    for (let other = at + 1; other < rows.length; other += 1) {
      const merged = merge(rows[at] as Folded, rows[other] as Folded)
      if (merged === null) continue
      rows[at] = merged
      rows.splice(other, 1)
      other = at
    }
  return rows.map(({ alternatives, clauses }) => {
    const names = alternatives.map(row => row.join(' / ')).join(', ')
    return clauses === '' ? names : `${names}: ${clauses}`
  })
}

/** One for two that differ in one place only; null for others. */
const merge = (one: Folded, other: Folded): Folded | null => {
  const names = ({ alternatives }: Folded) => alternatives.map(row => row.join())
  const [left, ...more] = one.alternatives.filter(row => !names(other).includes(row.join()))
  const [right, ...rest] = other.alternatives.filter(row => !names(one).includes(row.join()))
  const areApart = one.clauses !== other.clauses || one.alternatives.length !== other.alternatives.length
  if (areApart || left === undefined || right === undefined || more.length + rest.length > 0) return null
  return { ...one, alternatives: one.alternatives.map(row => (row === left ? [...left, ...right] : row)) }
}

/** The minimal sets, goals with the same ones together: each goal's id, how many sets, and the sets folded. */
export const latticeLines = (goals: readonly GoalSets[]): readonly (readonly [string, number, readonly string[]])[] => {
  const same = Map.groupBy(goals, ({ sets }) => JSON.stringify(sets))
  return [...same.values()].map(found => {
    const sets = found[0]?.sets ?? []
    return [found.map(({ goal }) => goal).join(', '), sets.length, folded(sets)]
  })
}

/** Capabilities, each with its sentence. */
export const capabilityRows = (): readonly (readonly string[])[] => Object.entries(CAPABILITIES)
