/** Runs Spin on a text of the lifecycle: what it reaches, or how long its shortest run to the planted violation is. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { reachedBy, type Reached } from './vocabulary.ts'

/** Every state is stored whole, and none is left out: no bitstate, no hash compaction, no partial order reduction. */
const ALWAYS = ['-w', '-DSAFETY', '-DNOREDUCE', '-DMEMLIM=4000']

const search = (promela: string, flags: readonly string[], options: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'lifecycle-'))
  try {
    writeFileSync(join(folder, 'lifecycle.pml'), promela)
    execFileSync('spin', ['-a', 'lifecycle.pml'], { cwd: folder })
    execFileSync('gcc', [...ALWAYS, ...flags, '-o', 'pan', 'pan.c'], { cwd: folder })
    const { status, stdout, stderr } = spawnSync(join(folder, 'pan'), ['-m1000000', ...options], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    })
    if (status === 0 && !stdout.includes('max search depth too small')) return stdout
    throw new Error(`expected a whole search, got ${stdout.slice(-500)}${stderr}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What the text reaches. Assertions are ignored. */
export const spun = (promela: string): Reached => {
  const printed = search(promela, [], ['-A']).split('\n')
  return reachedBy(printed.filter(line => line.includes(' -> ')))
}

/**
 * How many rules the shortest run to the planted violation takes: the depth at which Spin finds it, breadth first, since
 * the step that prints the initial line is at depth 0. Throws when no run reaches it.
 */
export const shortestRun = (promela: string): number => {
  const depth = /assertion violated.*\(at depth (\d+)\)/.exec(search(promela, ['-DBFS'], []))?.[1]
  if (depth === undefined) throw new Error('expected the planted violation to be reached')
  return Number(depth)
}
