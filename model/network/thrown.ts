/** Who threw: a step that threw is taken once more, with each named guard and action of the machine watched. */
import type { AnyStateMachine } from 'xstate'

/** What was thrown first, and by which guard or action; null where it has no name. */
export interface Thrown {
  readonly name: string | null
  readonly error: unknown
}

type Run = (...given: readonly unknown[]) => unknown
type Watched = Run & { readonly check?: unknown; readonly resolve?: Run }

/** Runs the step on the watched machine. Where it does not throw again, the name is not known. */
export const whoThrew = (
  machine: AnyStateMachine,
  error: unknown,
  step: (watched: AnyStateMachine) => void,
): Thrown => {
  let thrown: Thrown | null = null
  const watch =
    (name: string, run: Run): Run =>
    (...given) => {
      try {
        return run(...given)
      } catch (caught) {
        thrown ??= { name, error: caught }
        throw caught
      }
    }
  const watchAll = (named: unknown): object =>
    Object.fromEntries(
      Object.entries(named as Readonly<Record<string, Watched>>).map(([name, run]) => {
        if (typeof run !== 'function' || 'check' in run) return [name, run]
        if (run.resolve === undefined) return [name, watch(name, run)]
        return [name, Object.assign(() => undefined, run, { resolve: watch(name, run.resolve) })]
      }),
    )
  const { guards, actions } = machine.implementations
  const implementations = { ...machine.implementations, guards: watchAll(guards), actions: watchAll(actions) }
  try {
    step(Object.create(machine, { implementations: { value: implementations } }) as AnyStateMachine)
  } catch {
    return thrown ?? { name: null, error }
  }
  return { name: null, error }
}
