/** A check, or a thread's share of one, that gives up where it takes more memory or more time than was allowed. */
import process from 'node:process'
import { smoke, type Edit } from '../../model/index.ts'
import {
  conclude,
  explorePlanned,
  planOf,
  properties,
  type CheckOptions,
  type Progress,
  type Run,
} from '../../properties/index.ts'
import type { CheckRequest, CheckShare } from '../commands/check.ts'
import type { Checked } from '../commands/checked.ts'
import { scopesOf } from '../options.ts'
import type { Serving } from '../terminal/worker.ts'

/** Memory and time are looked at once in so many times. */
const OFTEN = 16

/** A thread that finds more than this part of the memory in use after an exploration ends, which gives back what it took; another takes its place. */
const MUCH = 1 / 4

/** Takes the number that comes next; threads take turns by counting up one number together. */
const nextOf = (next: Int32Array): number => Atomics.add(next, 0, 1)

const optionsOf = ({ scope, first, engine }: CheckRequest, edits: readonly Edit[]) => {
  const scopes = scopesOf(scope)
  const partial = !smoke.every(one => scopes.includes(one))
  return { scopes, properties, partial, first, engine, edits } satisfies CheckOptions
}

/** Explores one after the other of what is planned and not yet taken by another thread. */
export const exploreWithin = (
  request: CheckRequest,
  { stop, progress }: Serving<Progress>,
  edits: readonly Edit[] = [],
): CheckShare => {
  const { memory, time, first, next } = request
  const options = optionsOf(request, edits)
  const began = performance.now()
  let bound: Checked['bound'] = null
  let asked = 0
  const isOver = (): boolean => {
    if (asked++ % OFTEN !== 0) return bound !== null || stop()
    if (process.memoryUsage.rss() > memory * 2 ** 20) bound = 'memory'
    else if (performance.now() - began > time * 1000) bound = 'time'
    return bound !== null || stop()
  }
  const runs: (readonly [at: number, run: Run])[] = []
  const plan = planOf(options.scopes)
  for (let at = nextOf(next); at < plan.length && !isOver(); at = nextOf(next)) {
    const run = explorePlanned({ ...options, stop: isOver, progress }, at)
    runs.push([at, run])
    if ((first && run.verdict === 'broken') || process.memoryUsage.rss() > memory * 2 ** 20 * MUCH) break
  }
  return { runs, bound }
}

/** The verdicts, from what the threads explored. */
export const concluded = (
  request: CheckRequest,
  shares: readonly CheckShare[],
  edits: readonly Edit[] = [],
): Checked => {
  const runs = shares.flatMap(share => share.runs).toSorted(([one], [other]) => one - other)
  const checked = conclude(
    optionsOf(request, edits),
    runs.map(([, run]) => run),
  )
  return { ...checked, bound: shares.map(({ bound }) => bound).find(bound => bound !== null) ?? null }
}
