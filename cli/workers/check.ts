/** The thread of `check`: explores the scopes and judges the properties. */
import type { Progress } from '../../properties/index.ts'
import type { Checked, CheckRequest } from '../commands/check.ts'
import { serve } from '../terminal/worker.ts'
import { checkWithin } from './bounded.ts'

await serve<CheckRequest, Progress, Checked>((request, serving) => checkWithin(request, serving))
