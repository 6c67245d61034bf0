/** The survey: for every profile and every goal a verdict, each attack replayed on the model. */
import type { CloudHsm } from '../../cloudhsm.ts'
import type { Program } from '../clause.ts'
import type { Antichain } from '../lattice.ts'
import type { Theatre } from '../run.ts'
import { saturate } from '../saturate.ts'
import { judge, type Verdict } from '../verdict.ts'
import { isReached } from './ends.ts'
import { DOMAIN, GOALS, type Goal } from './goals.ts'
import { takeMove } from './moves.ts'
import { emptyStage, type Stage } from './stage.ts'
import { formerWith, signsWith } from './tokens.ts'

/** The world of a replay, for whoever has these capabilities. */
export const theatreFor = (capabilities: readonly string[], model?: CloudHsm): Theatre<Stage> => ({
  start: emptyStage({ former: formerWith(capabilities), signs: signsWith(capabilities) }, model),
  take: takeMove,
})

export interface Judged {
  readonly goal: Goal
  readonly verdict: Verdict<Stage>
}

/** What a survey may be asked of: another set of rules, another model, some of the goals. */
export interface SurveyOptions {
  readonly program?: Program
  readonly model?: CloudHsm
  readonly goals?: readonly Goal[]
}

/** The verdicts for one set of capabilities. */
export const judgeAll = (
  capabilities: readonly string[],
  { program = DOMAIN, model, goals = GOALS }: SurveyOptions = {},
): readonly Judged[] => {
  const saturated = saturate(program, { capabilities })
  const theatre = theatreFor(capabilities, model)
  return goals.map(goal => {
    const question = { patterns: goal.patterns, isEnd: isReached }
    return { goal, verdict: judge(program, { capabilities }, question, theatre, saturated) }
  })
}

/** For each goal and each of its minimal sets the verdict, with a run where there is one. */
export const judgeSets = (antichains: readonly Antichain[]): readonly (readonly Judged[])[] => {
  const asked = antichains.flatMap(({ goal, sets }) => sets.map(set => ({ goal, set })))
  const judged = new Map(
    [...Map.groupBy(asked, ({ set }) => set.join()).values()].flatMap(same => {
      const goals = GOALS.filter(({ id }) => same.some(({ goal }) => goal === id))
      const set = same[0]?.set ?? []
      return judgeAll(set, { goals }).map(found => [`${found.goal.id} ${set.join()}`, found] as const)
    }),
  )
  return antichains.map(({ goal, sets }) => sets.flatMap(set => judged.get(`${goal} ${set.join()}`) ?? []))
}
