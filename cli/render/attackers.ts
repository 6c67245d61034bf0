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

/** The verdicts, goals down and profiles across; the last row is how many terms each knows in the end. */
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
    ['terms', ...terms.map(count => (count === undefined ? '' : `${count}`))],
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

/** Sets with what may stand in each other's place in one: `archive / carry, later` stands for two. */
export const folded = (sets: readonly (readonly string[])[]): readonly string[] => {
  const rows = sets.map(set => set.map(capability => [capability]))
  for (let at = 0; at < rows.length; at += 1)
    for (let other = at + 1; other < rows.length; other += 1) {
      const merged = merge(rows[at] ?? [], rows[other] ?? [])
      if (merged === null) continue
      rows[at] = merged
      rows.splice(other, 1)
      other = at
    }
  return rows.map(row => row.map(alternatives => alternatives.join(' / ')).join(', '))
}

type Alternatives = string[][]

/** One for two that differ in one place only; null for others. */
const merge = (one: Alternatives, other: Alternatives): Alternatives | null => {
  const names = (row: Alternatives) => row.map(alternatives => alternatives.join())
  const [own, theirs] = [
    one.filter(part => !names(other).includes(part.join())),
    other.filter(part => !names(one).includes(part.join())),
  ]
  const [left, right] = [own[0], theirs[0]]
  if (one.length !== other.length || own.length !== 1 || theirs.length !== 1 || !left || !right) return null
  return one.map(part => (part === left ? [...left, ...right] : part))
}

/** The minimal sets, goals with the same ones together: each goal's id, how many sets, and the sets folded. */
export const latticeLines = (
  antichains: readonly Antichain[],
): readonly (readonly [string, number, readonly string[]])[] => {
  const same = Map.groupBy(antichains, ({ sets }) => JSON.stringify(sets))
  return [...same.values()].map(goals => {
    const sets = goals[0]?.sets ?? []
    return [goals.map(({ goal }) => goal).join(', '), sets.length, folded(sets)]
  })
}

/** Capabilities, each with its sentence. */
export const capabilityRows = (): readonly (readonly string[])[] => Object.entries(CAPABILITIES)
