/** Runs Spin on a model: generated C, compiled in several ways, of which the fastest counts; compilation is not counted. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SpinRun {
  readonly states: number
  readonly transitions: number
  /** As Spin counts them. */
  readonly seconds: number
  /** Peak memory of the search over states, as Spin reports it. */
  readonly bytesPerState: number
  /** What it was compiled with. */
  readonly flags: string
}

/** Whether Spin is installed. */
export const hasSpin = (): boolean => spawnSync('spin', ['-V']).status === 0

const COMPILATIONS = ['-O2', '-O3'].flatMap(level => [[level], [level, '-DNOREDUCE']])
/** Every state is stored, and none is a loss of precision: no bitstate, no hash compaction. */
const ALWAYS = ['-DSAFETY', '-DMEMLIM=16000', '-w']

const numberIn = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? NaN)

/** The fastest complete search. Throws when a search was not complete, or Spin found an error. */
export const runSpin = (promela: string): SpinRun => {
  const folder = mkdtempSync(join(tmpdir(), 'spin-'))
  try {
    writeFileSync(join(folder, 'network.pml'), promela)
    execFileSync('spin', ['-a', 'network.pml'], { cwd: folder })
    const runs = COMPILATIONS.map((flags, at) => {
      execFileSync('gcc', [...flags, ...ALWAYS, '-o', `pan${at}`, 'pan.c'], { cwd: folder })
      return searchWith(folder, `pan${at}`, flags.join(' '))
    })
    return runs.reduce((fastest, run) => (run.seconds < fastest.seconds ? run : fastest))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const searchWith = (folder: string, program: string, flags: string): SpinRun => {
  const out = execFileSync(join(folder, program), ['-w24', '-m20000000'], { cwd: folder, encoding: 'utf8' })
  // Spin's own count leaves out its start, which at small sizes is most of the time.
  const seconds = numberIn(out, /elapsed time ([\d.]+) seconds/)
  const states = numberIn(out, /(\d+) states, stored/)
  const memory = numberIn(out, /([\d.]+)\s+total actual memory usage/)
  if (
    numberIn(out, /errors: (\d+)/) !== 0 ||
    out.includes('max search depth too small') ||
    Number.isNaN(states) ||
    !(seconds > 0)
  )
    throw new Error(`expected a complete search without errors, got ${out.slice(0, 200)}`)
  return {
    states,
    transitions: numberIn(out, /(\d+) transitions \(/),
    seconds,
    bytesPerState: (memory * 1024 * 1024) / states,
    flags,
  }
}
