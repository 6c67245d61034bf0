/** Runs the command line as a process of its own. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { ROOT } from '../../cli/spec/index.ts'

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Close stdout before anything is read of it, as `| true` does. */
  readonly isClosed?: boolean
  /** Send SIGINT after so many milliseconds. */
  readonly interruptAfter?: number
  /** The working directory; the repository by default. */
  readonly cwd?: string
}

/** What the process printed, and its exit code; null when a signal ended it. */
export const cli = (words: readonly string[], options: RunOptions = {}): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const { isClosed = false, interruptAfter, cwd = ROOT } = options
    const env = { ...process.env, NODE_OPTIONS: '', ...options.env }
    const child = spawn(process.execPath, [join(ROOT, 'cli/main.ts'), ...words], { env, cwd })
    const out: string[] = []
    const err: string[] = []
    if (isClosed) child.stdout.destroy()
    child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text))
    if (interruptAfter !== undefined) setTimeout(() => child.kill('SIGINT'), interruptAfter)
    child.on('error', reject)
    child.on('close', code => resolve({ code, out: out.join(''), err: err.join('') }))
  })
