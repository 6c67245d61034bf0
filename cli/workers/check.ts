/** The thread of `check`: explores the scopes and judges the properties. */
import { scopes } from '../../model/index.ts'
import { check, properties, type CheckResult, type Progress } from '../../properties/index.ts'
import type { CheckRequest } from '../commands/check.ts'
import { scopesOf } from '../options.ts'
import { serve } from '../terminal/worker.ts'

await serve<CheckRequest, Progress, CheckResult>(({ scope }, { stop, progress }) => {
  const chosen = scopesOf(scope)
  return check({ scopes: chosen, properties, partial: chosen.length < scopes.length, stop, progress })
})
