/** Runs an exploration in a process of its own, so that the peak memory is that exploration's and nothing is compiled before. */
import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { NetworkTask } from './network.ts'
import type { ScopeTask } from './scope.ts'
import type { Timed } from './timed.ts'

const run = (script: string, task: object): Timed => {
  const path = fileURLToPath(new URL(script, import.meta.url))
  // Linux lets a process begin with the peak of the one that started it: whoever calls this has to be small, and is.
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, JSON.stringify(task)], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`expected ${script} to explore ${JSON.stringify(task)}, got ${stderr}`)
  return JSON.parse(stdout) as Timed
}

/** Explores a network. Throws where it is not explored completely. */
export const exploreNetwork = (task: NetworkTask): Timed => run('network.ts', task)

/** Checks a scope. Throws where not every property holds. */
export const checkScope = (task: ScopeTask): Timed => run('scope.ts', task)
