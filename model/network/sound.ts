/** What cannot be explored soundly, as far as a machine shows it before it runs: refused by name. */
import type { AnyStateMachine } from 'xstate'

/** Where in a machine: a state, or none for the machine as a whole; an event, or none. */
export interface Place {
  readonly machine: string
  readonly state: string | null
  readonly event: string | null
}

/** One reason why a machine cannot be explored soundly, and what to do about it. */
export interface Unsound extends Omit<Place, 'machine'> {
  readonly reason: string
}

/** As much of XState's transitions and state nodes as it takes. */
interface Branch {
  readonly target?: unknown
  readonly actions: readonly unknown[]
  readonly meta?: { readonly refuse?: string }
}
interface Node {
  readonly path: readonly string[]
  readonly type: string
  readonly config: Readonly<Record<string, unknown>>
  readonly states: Readonly<Record<string, Node>>
  readonly transitions: ReadonlyMap<string, readonly Branch[]>
  readonly initial?: { readonly actions: readonly unknown[] }
}

const KEYS: Readonly<Record<string, string>> = {
  always: 'has `always`, a step without an event: make it a branch of the transitions that lead here',
  after: 'has `after`, and time is not explored: make its passing an event',
  invoke: 'has `invoke`, an actor that is not explored: make it a machine of the network',
  onDone: 'has `onDone`, a step without an event: make it a transition on an event',
}

const TYPES: Readonly<Record<string, string>> = {
  compound: 'has states of its own, and a local state is one name: make them states of the machine, or another machine',
  parallel: 'is parallel, so more than one transition may be selected: make each region a machine of its own',
  history: 'is a history state, and a local state does not show what it remembers: remember it in the context',
  final: 'is a final state, in which XState ends the machine: make it an ordinary state',
}

/** Actions whose effects are explored: on context, or none but what is observed. */
const EXPLORED = ['xstate.assign', 'xstate.emit', 'xstate.log']

const actionReason = (machine: AnyStateMachine, action: unknown): string | null => {
  const named = typeof action === 'function' ? null : typeof action === 'string' ? action : (action as Node).type
  const run = named === null ? action : (machine.implementations.actions as Readonly<Record<string, unknown>>)[named]
  if (run === undefined) return null
  const { type } = run as { readonly type?: string }
  if (type !== undefined && EXPLORED.includes(type)) return null
  const who = named === null ? 'an action' : `the action ${named}`
  return type === undefined
    ? `${who} is a function, which is not explored: use assign or emit, or leave the name without a function`
    : `${who} uses ${type}, which is not explored: use assign or emit`
}

const branchReasons = (machine: AnyStateMachine, { target, actions, meta }: Branch): readonly string[] => [
  ...(meta?.refuse !== undefined && (target !== undefined || actions.length > 0)
    ? ['refuses and yet does something, which is not explored: leave out its target and actions']
    : []),
  ...actions.flatMap(action => actionReason(machine, action) ?? []),
]

const nodeReasons = (machine: AnyStateMachine, { path, type, config, initial }: Node): readonly string[] => {
  const isRoot = path.length === 0
  const typed = isRoot && type === 'compound' ? undefined : TYPES[type]
  const actions = [config['entry'], config['exit'], initial?.actions].flat().filter(action => action !== undefined)
  return [
    ...(isRoot && type === 'atomic' ? ['has no states: give it one'] : []),
    ...(typed === undefined ? [] : [typed]),
    ...Object.keys(KEYS).flatMap(key => (config[key] === undefined ? [] : (KEYS[key] ?? []))),
    ...actions.flatMap(action => actionReason(machine, action) ?? []),
  ]
}

const reasonsOf = (machine: AnyStateMachine, node: Node): readonly Unsound[] => {
  const state = node.path.length === 0 ? null : node.path.join('.')
  return [
    ...nodeReasons(machine, node).map(reason => ({ state, event: null, reason })),
    ...[...node.transitions].flatMap(([event, branches]) =>
      branches.flatMap(branch => branchReasons(machine, branch)).map(reason => ({ state, event, reason })),
    ),
    ...Object.values(node.states).flatMap(inner => reasonsOf(machine, inner)),
  ]
}

/** Everything in a machine that cannot be explored soundly and shows before it runs. */
export const unsound = (machine: AnyStateMachine): readonly Unsound[] =>
  reasonsOf(machine, machine.root as unknown as Node)

/** The error that refuses a machine: which, in which state, on which event, why. */
export const refusal = ({ machine, state, event }: Place, reason: string, cause?: unknown): Error => {
  const where = `machine ${machine}${state === null ? '' : ` in state ${state}`}`
  return new Error(`${where}${event === null ? '' : ` on event ${event}`}: ${reason}`, { cause })
}

/** Throws on a machine that cannot be explored soundly, one line for each reason. */
export const refuseUnsound = (machine: string, explored: AnyStateMachine): void => {
  const lines = unsound(explored).map(({ reason, ...place }) => refusal({ machine, ...place }, reason).message)
  if (lines.length > 0) throw new Error(lines.join('\n'))
}
