/** A check that gives up where it takes more memory or more time than was allowed. */
import process from 'node:process'
import { smoke, type Edit } from '../../model/index.ts'
import { check, properties, type Progress } from '../../properties/index.ts'
import type { Checked, CheckRequest } from '../commands/check.ts'
import { scopesOf } from '../options.ts'
import type { Serving } from '../terminal/worker.ts'

/** Memory and time are looked at once in so many times. */
const OFTEN = 16

/** Checks all properties in the scopes asked for. `edits` of the model, so that it can be shown to fail. */
export const checkWithin = (
  { scope: name, first, engine, memory, time }: CheckRequest,
  { stop, progress }: Serving<Progress>,
  edits: readonly Edit[] = [],
): Checked => {
  const chosen = scopesOf(name)
  const began = performance.now()
  let bound: Checked['bound'] = null
  let asked = 0
  const isOver = (): boolean => {
    if (asked++ % OFTEN !== 0) return bound !== null || stop()
    if (process.memoryUsage.rss() > memory * 2 ** 20) bound = 'memory'
    else if (performance.now() - began > time * 1000) bound = 'time'
    return bound !== null || stop()
  }
  const partial = !smoke.every(scope => chosen.includes(scope))
  const checked = check({ scopes: chosen, properties, partial, first, engine, edits, stop: isOver, progress })
  return { ...checked, bound }
}
