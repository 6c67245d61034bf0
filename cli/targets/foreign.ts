/** A foreign target: somebody's module, run in a thread of its own, so that it can neither hang the suite nor bring it down. */
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Emission, Profile, Target, TargetFactory } from '../../test/conformance/index.ts'
import { UsageError } from '../command.ts'
import type { Asked, Call, Message } from './messages.ts'

export interface Foreign {
  readonly factory: TargetFactory
  readonly close: () => Promise<void>
}

const HOST = new URL('./host.ts', import.meta.url)

/** A thread that has loaded the module. */
interface Thread {
  /** Rejects when the module throws, ends, or does not answer in time, after which the thread is gone. */
  readonly ask: (call: Call) => Promise<Extract<Message, { readonly kind: 'answer' }>>
  readonly isGone: () => boolean
  readonly end: () => Promise<void>
}

interface Waiting {
  readonly resolve: (answer: Extract<Message, { readonly kind: 'answer' }>) => void
  readonly reject: (error: Error) => void
}

/** Starts a thread. Throws a UsageError when the module cannot be used. */
const start = async (path: string, seconds: number): Promise<Thread> => {
  const worker = new Worker(HOST, { workerData: { url: pathToFileURL(path).href }, stdout: true, stderr: true })
  // What the module prints must not mix with what the suite prints.
  worker.stdout.pipe(process.stderr)
  const waiting = new Map<number, Waiting>()
  let next = 0
  let gone = false
  const fail = (why: string): void => {
    gone = true
    for (const { reject } of waiting.values()) reject(new Error(why))
    waiting.clear()
  }
  const inTime = <T>(what: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        void worker.terminate()
        fail(`no answer within ${seconds} s`)
        reject(new Error(`no answer within ${seconds} s`))
      }, seconds * 1000)
      what.then(resolve, reject).finally(() => clearTimeout(timer))
    })
  const loaded = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: Message) => {
      if (message.kind === 'loaded') return resolve()
      if (message.kind === 'unusable') return reject(new UsageError(`${path} cannot be judged: ${message.why}`))
      const asked = waiting.get(message.id)
      waiting.delete(message.id)
      if (message.kind === 'answer') asked?.resolve(message)
      else asked?.reject(new Error(message.why))
    })
    worker.on('error', error => {
      fail(`the module failed: ${error.message}`)
      reject(new UsageError(`${path} cannot be judged: ${error.message}`))
    })
    worker.on('exit', () => {
      fail('the module ended its thread')
      reject(new UsageError(`${path} cannot be judged: it ended its thread while it was loaded`))
    })
  })
  try {
    await inTime(loaded)
    // Before, the one line that says why it cannot be loaded is enough.
    worker.stderr.pipe(process.stderr)
  } catch (error) {
    await worker.terminate()
    throw error instanceof UsageError ? error : new UsageError(`${path} cannot be judged: ${(error as Error).message}`)
  }
  return {
    ask: call => {
      if (gone) return Promise.reject(new Error('its thread is gone'))
      const id = (next += 1)
      const answered = new Promise<Extract<Message, { readonly kind: 'answer' }>>((resolve, reject) => {
        waiting.set(id, { resolve, reject })
      })
      worker.postMessage({ id, call } satisfies Asked)
      return inTime(answered)
    },
    isGone: () => gone,
    end: async () => void (await worker.terminate()),
  }
}

interface Face {
  readonly name: string
  readonly profile: readonly Profile[]
  readonly methods: readonly string[]
}

/** Loads a module whose default export makes targets; each call is given so many seconds. A thread that is gone is started anew. */
export const foreignTarget = async (path: string, seconds: number): Promise<Foreign> => {
  let thread = await start(path, seconds)
  let opened = 0
  const factory: TargetFactory = async options => {
    if (thread.isGone()) thread = await start(path, seconds)
    const { ask } = thread
    const target = (opened += 1)
    const { name, profile, methods } = (await ask({ kind: 'open', target, options })).value as Face
    const view: Emission[] = []
    const valueOf = async (call: Call): Promise<never> => (await ask(call)).value as never
    const proxy: Target = {
      name,
      profile,
      apply: request => valueOf({ kind: 'apply', target, request }),
      settle: pending => valueOf({ kind: 'settle', target, pending }),
      pending: () => valueOf({ kind: 'pending', target }),
      observe: () => valueOf({ kind: 'observe', target }),
      view: async () => {
        const { value, seen } = await ask({ kind: 'view', target })
        if (seen === undefined) return value as never
        view.push(...(value as readonly Emission[]))
        return view
      },
      sealings: () => valueOf({ kind: 'sealings', target }),
      close: () => valueOf({ kind: 'close', target }),
    }
    const needed = ['apply', 'settle', 'pending', 'observe', 'view']
    // What the module's target lacks is taken from its stand-in too, so that the suite sees the target as it is.
    const lacks = needed.filter(method => !methods.includes(method)).map(method => [method, undefined] as const)
    return { ...proxy, ...Object.fromEntries(lacks) }
  }
  return { factory, close: () => thread.end() }
}
