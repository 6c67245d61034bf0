/** A thread of `faults`: puts some of the broken implementations to the suite, one after the other. */
import { conform } from '../../test/conformance/index.ts'
import { faults } from '../../test/faults/index.ts'
import type { FaultJudged, FaultsProgress, FaultsShare } from '../commands/faults.ts'
import { smallScopesOf } from '../options.ts'
import { surveysWith, takeSurveys } from '../surveys.ts'
import { NO_PROGRESS } from '../terminal/progress.ts'
import { serve } from '../terminal/worker.ts'

await serve<FaultsShare, FaultsProgress, readonly FaultJudged[]>(
  async ({ clauses, runs, seed, scope, surveys }, { stop, progress }) => {
    takeSurveys(surveys)
    const surveyOf = surveysWith(NO_PROGRESS)
    const judged: FaultJudged[] = []
    for (const fault of faults.filter(({ clause }) => clauses.includes(clause))) {
      if (stop()) break
      const began = performance.now()
      const { failure } = await conform({
        target: fault.target,
        scopes: smallScopesOf(scope),
        seed,
        runs,
        surveyOf,
        search: 'first',
      })
      judged.push({
        clause: fault.clause,
        what: fault.what,
        rejected: failure !== undefined,
        namedClause: failure?.clause ?? null,
        events: failure?.events.length ?? 0,
        minimality: failure?.minimality ?? null,
        seconds: (performance.now() - began) / 1000,
      })
      progress({ clause: fault.clause })
    }
    return judged
  },
)
