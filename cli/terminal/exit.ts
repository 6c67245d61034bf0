/** How a command ends early: an interruption stops it gently, a closed pipe quietly. */
import process from 'node:process'

/** A signal that the first Ctrl-C aborts; the second ends the process at once. */
export const interruption = (say: (line: string) => void): AbortSignal => {
  const controller = new AbortController()
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort()
    say('stopping; what was found so far follows (once more to end at once)')
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return controller.signal
}

/** Ends without a word when the reader of stdout has gone, with the exit code that stands by then. */
export const endQuietlyWhenClosed = (): void => {
  const onError = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EPIPE') process.exit()
    throw error
  }
  process.stdout.on('error', onError)
  process.stderr.on('error', onError)
}
