/** The thread of `coverage`: explores the scopes and counts what they reach. */
import { cloudHsm, itemsOf, reachedUnderAll, unreached } from '../../model/index.ts'
import type { CoverageProgress, CoverageRequest, Covered } from '../commands/coverage.ts'
import { scopesOf } from '../options.ts'
import { serve } from '../terminal/worker.ts'

await serve<CoverageRequest, CoverageProgress, Covered>(({ scope }, { progress }) => {
  const scopes = scopesOf(scope)
  const reached = reachedUnderAll(scopes, [], (name, done) => progress({ scope: name, done, total: scopes.length }))
  return { items: itemsOf(cloudHsm(), reached), missed: unreached(reached) }
})
