/** Runs Spin on a model: generated C, compiled in several ways, of which the fastest counts; compilation is not counted. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SpinRun {
  readonly states: number
  /** The first state counts as one. Beyond 10^8 Spin rounds to eight digits. */
  readonly transitions: number
  /** As Spin counts them, in hundredths. */
  readonly seconds: number
  /** Steps of the longest path that the search stood on. */
  readonly depth: number
  /** Peak memory of the search, as Spin reports it: states, hash table and stack. */
  readonly bytes: number
  readonly bytesPerState: number
  /** What it was compiled with. */
  readonly flags: string
}

/** The fastest search, and all of them. */
export interface SpinRuns extends SpinRun {
  readonly all: readonly SpinRun[]
}

/** Whether Spin is installed. */
export const hasSpin = (): boolean => spawnSync('spin', ['-V']).status === 0

const COMPILATIONS = ['-O2', '-O3'].flatMap(level => [[level], [level, '-DNOREDUCE']])
/** Every state is stored, and none is a loss of precision: no bitstate, no hash compaction. */
const ALWAYS = ['-DSAFETY', '-w']
const MEGABYTE = 1024 * 1024
/** Of memory, for a search. */
const MEGABYTES = 12_000
const SHALLOW = 10_000
const DEEPER = 4
/** More than the depth that is reached, of which Spin needs a step or two. */
const SPARE = 10

/**
 * One search with each compilation. `known` is how deep the search is known to go, which saves a search that finds it out.
 * Throws when a search was not complete within that or within this memory, or Spin found an error.
 */
export const runSpin = (promela: string, known: number | null = null): SpinRuns => {
  const folder = mkdtempSync(join(tmpdir(), 'spin-'))
  try {
    writeFileSync(join(folder, 'network.pml'), promela)
    execFileSync('spin', ['-a', 'network.pml'], { cwd: folder })
    const programs = COMPILATIONS.map((flags, at) => {
      const program = join(folder, `pan${at}`)
      const all = [...flags, ...ALWAYS, `-DMEMLIM=${MEGABYTES}`, '-o', program, 'pan.c']
      execFileSync('gcc', all, { cwd: folder })
      return { program, flags: flags.join(' ') }
    })
    const depth = (known ?? depthOf(programs[0]?.program ?? '')) + SPARE
    const all = programs.map(({ program, flags }) => complete(output(program, depth), flags))
    const fastest = all.reduce((best, run) => (run.seconds < best.seconds ? run : best))
    return { ...fastest, all }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const output = (program: string, depth: number): string =>
  execFileSync(program, ['-w24', `-m${depth}`], { encoding: 'utf8' })

const numberIn = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? NaN)

const isTruncated = (out: string): boolean => out.includes('max search depth too small')

/** How deep the search goes. Spin reserves memory for its whole stack, so that a bound far above this would count as memory. */
const depthOf = (program: string): number => {
  let bound = SHALLOW
  let out = output(program, bound)
  while (isTruncated(out)) {
    bound *= DEEPER
    out = output(program, bound)
  }
  return numberIn(out, /depth reached (\d+)/)
}

const complete = (out: string, flags: string): SpinRun => {
  const states = numberIn(out, /([\d.e+]+) states, stored/)
  const bytes = numberIn(out, /([\d.]+)\s+total actual memory usage/) * MEGABYTE
  const run: SpinRun = {
    states,
    transitions: numberIn(out, /([\d.e+]+) transitions \(/),
    // Spin's own count leaves out its start, which at small sizes is most of the time.
    seconds: numberIn(out, /elapsed time ([\d.]+) seconds/),
    depth: numberIn(out, /depth reached (\d+)/),
    bytes,
    bytesPerState: bytes / states,
    flags,
  }
  const isCut = isTruncated(out) || out.includes('Search not completed') || numberIn(out, /errors: (\d+)/) !== 0
  if (isCut || Object.values(run).some(Number.isNaN))
    throw new Error(`expected a complete search without errors, got ${out.slice(0, 200)}`)
  return run
}
