/** Work that never yields, done in a thread of its own, so that the terminal stays live and an interruption is heard. */
import { Worker, parentPort, workerData } from 'node:worker_threads'

interface Sent<D> {
  readonly data: D
  /** One number: 1 once the work is to stop. */
  readonly stop: Int32Array
}

type Message<P, R> =
  { readonly kind: 'progress'; readonly progress: P } | { readonly kind: 'result'; readonly result: R }

export interface WorkerOptions<P> {
  /** When aborted, the work is told to stop, and answers with what it has. */
  readonly signal: AbortSignal
  readonly onProgress: (progress: P) => void
}

/** Room for what is made and dropped at once, which an exploration makes much of, and for what it keeps: `--memory` ends it before. */
const ROOM = { maxYoungGenerationSizeMb: 64, maxOldGenerationSizeMb: 16_384 } as const

/** Runs a module that calls `serve` on `data`. Rejects with what it throws. */
export const inWorker = <D, P, R>(module: URL, data: D, { signal, onProgress }: WorkerOptions<P>): Promise<R> =>
  new Promise((resolve, reject) => {
    const stop = new Int32Array(new SharedArrayBuffer(4))
    const sent: Sent<D> = { data, stop }
    const worker = new Worker(module, { workerData: sent, resourceLimits: ROOM })
    const halt = (): void => void Atomics.store(stop, 0, 1)
    if (signal.aborted) halt()
    signal.addEventListener('abort', halt)
    worker.on('message', (message: Message<P, R>) => {
      if (message.kind === 'progress') onProgress(message.progress)
      else resolve(message.result)
    })
    worker.on('error', reject)
    worker.on('exit', code => {
      signal.removeEventListener('abort', halt)
      reject(new Error(`expected a result of the worker, got exit code ${code}`))
    })
  })

/** What the work may use of the thread that waits for it. */
export interface Serving<P> {
  /** Asked now and then: true once the work is to stop. */
  readonly stop: () => boolean
  readonly progress: (progress: P) => void
}

/** Called by the module that does the work: does it, and sends the result. */
export const serve = async <D, P, R>(work: (data: D, serving: Serving<P>) => R | Promise<R>): Promise<void> => {
  const { data, stop } = workerData as Sent<D>
  const send = (message: Message<P, R>): void => parentPort?.postMessage(message)
  const result = await work(data, {
    stop: () => Atomics.load(stop, 0) === 1,
    progress: progress => send({ kind: 'progress', progress }),
  })
  send({ kind: 'result', result })
}
