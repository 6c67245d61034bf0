/** `check`: explores the scopes exhaustively and says which properties hold, with a shortest run for each that does not. */
import { availableParallelism } from 'node:os'
import { planOf, type Progress, type Run } from '../../properties/index.ts'
import type { Command, CommandContext } from '../command.ts'
import { scopesOf, type Given } from '../options.ts'
import { ticks } from '../terminal/exploring.ts'
import { inWorker } from '../terminal/worker.ts'
import { concluded } from '../workers/bounded.ts'
import { checkReport, type Checked } from './checked.ts'
import { listReport } from './scopes.ts'

export type CheckRequest = Pick<Given, 'scope' | 'first' | 'engine' | 'memory' | 'time'> & {
  /** One number that all threads count up: the place in the plan that is taken next. */
  readonly next: Int32Array
}

/** What one thread explored: by the place in the plan, and the bound that ended it. */
export interface CheckShare {
  readonly runs: readonly (readonly [at: number, run: Run])[]
  readonly bound: 'memory' | 'time' | null
}

const WORKER = new URL('../workers/check.ts', import.meta.url)

/** Explores in threads; when the signal is aborted, answers with what was explored by then. The first violation is that of one thread. */
export const runCheck = async (
  { scope, first, engine, memory, time }: Omit<CheckRequest, 'next'>,
  { signal, progress }: Pick<CommandContext, 'signal' | 'progress'>,
  threads: number = THREADS,
): Promise<Checked> => {
  const tickOf = ticks(() => performance.now())
  const next = new Int32Array(new SharedArrayBuffer(4))
  const request = { scope, first, engine, memory, time, next }
  const total = planOf(scopesOf(scope)).length
  const began = performance.now()
  const shares: CheckShare[] = []
  const isOver = (): boolean =>
    signal.aborted ||
    Atomics.load(next, 0) >= total ||
    shares.some(({ bound, runs }) => bound !== null || (first && runs.some(([, run]) => run.verdict === 'broken')))
  /** One thread after the other, until nothing is left to explore. */
  const work = async (): Promise<void> => {
    do {
      const left = Math.max(1, time - (performance.now() - began) / 1000)
      const share = await inWorker<CheckRequest, Progress, CheckShare>(
        WORKER,
        { ...request, time: left },
        { signal, onProgress: told => progress.tick(tickOf(told)) },
      )
      shares.push(share)
    } while (!isOver())
  }
  await Promise.all(Array.from({ length: first ? 1 : threads }, work))
  return concluded(request, shares)
}

const THREADS = Math.min(2, availableParallelism())

export const check: Command = {
  name: 'check',
  summary: 'explore the model within a scope and judge every property',
  options: ['scope', 'list', 'first', 'engine', 'memory', 'time'],
  run: async (context, given) => {
    if (given.list) return listReport(context.colour)
    const began = performance.now()
    const checked = await runCheck(given, context)
    return checkReport(given.scope, (performance.now() - began) / 1000, checked, context.colour)
  },
}
