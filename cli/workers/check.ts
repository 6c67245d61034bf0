/** A thread of `check`: explores scopes and judges the properties in them. */
import type { Progress } from '../../properties/index.ts'
import type { CheckRequest, CheckShare } from '../commands/check.ts'
import { serve } from '../terminal/worker.ts'
import { exploreWithin } from './bounded.ts'

await serve<CheckRequest, Progress, CheckShare>((request, serving) => exploreWithin(request, serving))
