/** A thread of `mutants`: judges every n-th of the sample, one after the other. */
import { cloudHsm } from '../../model/index.ts'
import { judge, mutantsOf, sample, survey, type Judged } from '../../test/mutants/index.ts'
import type { MutantsProgress, MutantsRequest } from '../commands/mutants.ts'
import { scopesOf } from '../options.ts'
import { serve } from '../terminal/worker.ts'

await serve<MutantsRequest, MutantsProgress, readonly Judged[]>(
  ({ scope, seed, count, thread, threads }, { stop, progress }) => {
    const surveyed = survey(scopesOf(scope))
    const judged: Judged[] = []
    const all = sample(mutantsOf(cloudHsm(), surveyed), seed, count)
    for (const mutant of all.filter((_, at) => at % threads === thread)) {
      if (stop()) break
      judged.push(judge(mutant, surveyed))
      progress({ id: mutant.id, total: all.length })
    }
    return judged
  },
)
