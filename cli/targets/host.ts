/** The thread of a foreign target: loads the module, makes its targets, and passes calls on to them. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Target, TargetFactory } from '../../test/conformance/index.ts'
import type { Asked, Call, Message } from './messages.ts'

const send = (message: Message): void => parentPort?.postMessage(message)
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The module's default export, or why there is none to be had. */
const load = async (url: string): Promise<TargetFactory | string> => {
  try {
    const module = (await import(url)) as { readonly default?: unknown }
    if (typeof module.default === 'function') return module.default as TargetFactory
    return 'its default export is no function that makes a target'
  } catch (error) {
    return `it cannot be loaded: ${reasonOf(error).split('\n')[0]}`
  }
}

const targets = new Map<number, { readonly target: Target; seen: number }>()

/** What a target answers. Of an opened target only its face is sent: functions cannot be. */
const perform = async (
  factory: TargetFactory,
  call: Call,
): Promise<{ readonly value: unknown; readonly seen?: number }> => {
  if (call.kind === 'open') {
    const target = await factory(call.options)
    targets.set(call.target, { target, seen: 0 })
    const methods = (['apply', 'settle', 'pending', 'observe', 'view', 'sealings', 'close'] as const).filter(
      name => typeof target?.[name] === 'function',
    )
    return { value: { name: target?.name, profile: target?.profile, methods } }
  }
  const opened = targets.get(call.target)
  if (opened === undefined) throw new Error('there is no such target')
  const { target } = opened
  if (call.kind === 'apply') return { value: await target.apply(call.request) }
  if (call.kind === 'settle') return { value: await target.settle(call.pending) }
  if (call.kind === 'pending') return { value: await target.pending() }
  if (call.kind === 'observe') return { value: await target.observe() }
  if (call.kind === 'sealings') return { value: await target.sealings?.() }
  if (call.kind === 'close') {
    targets.delete(call.target)
    return { value: await target.close?.() }
  }
  const view: unknown = await target.view()
  if (!Array.isArray(view)) return { value: view }
  const before = opened.seen
  opened.seen = view.length
  return { value: view.slice(before), seen: before }
}

const { url } = workerData as { readonly url: string }
const loading = load(url)
// Listening keeps the thread alive, also while a module never ends to load.
parentPort?.on('message', ({ id, call }: Asked) => {
  void loading
    .then(factory => {
      if (typeof factory === 'string') throw new Error(factory)
      return perform(factory, call)
    })
    .then(answer => send({ kind: 'answer', id, ...answer }))
    .catch((error: unknown) => send({ kind: 'threw', id, why: reasonOf(error) }))
})
void loading.then(factory =>
  send(typeof factory === 'string' ? { kind: 'unusable', why: factory } : { kind: 'loaded' }),
)
