/** The lint: ways of writing a machine that this model's reading of it would get wrong. */
import type { AnyStateMachine } from 'xstate'
import type { RawConfig, RawEntry } from './edit.ts'

/** One finding: where, and what is wrong with it. */
export interface Finding {
  readonly where: string
  readonly what: string
}

const FORBIDDEN = ['always', 'after', 'invoke', 'states', 'onDone', 'entry', 'exit', 'history'] as const

/** What is wrong with a machine; nothing, for a machine that may take part in a network. */
export const lint = (name: string, machine: AnyStateMachine): readonly Finding[] => {
  const config = machine.config as unknown as RawConfig & { readonly type?: string; readonly on?: object }
  return [
    ...(config.type === 'parallel'
      ? [{ where: name, what: 'is parallel: more than one transition may be selected' }]
      : []),
    ...(config.on === undefined ? [] : [{ where: name, what: 'has transitions outside a state' }]),
    ...raisingActions(name, machine),
    ...Object.entries(config.states).flatMap(([state, node]) => lintState(`${name}/${state}`, node)),
  ]
}

const lintState = (where: string, node: RawConfig['states'][string]): readonly Finding[] => {
  const raw = node as Readonly<Record<string, unknown>>
  const forbidden = FORBIDDEN.filter(key => raw[key] !== undefined).map(key => ({ where, what: `has \`${key}\`` }))
  const typed =
    raw['type'] === 'parallel' || raw['type'] === 'final' || raw['type'] === 'history'
      ? [{ where, what: `is a ${raw['type']} state` }]
      : []
  const entries = Object.entries(node.on ?? {}).flatMap(([event, written]) => {
    const at = `${where}/${event}`
    const wild = event.includes('*') ? [{ where: at, what: 'listens to a wildcard' }] : []
    return [...wild, ...lintEntries(at, [written].flat() as (RawEntry | string | undefined)[])]
  })
  return [...forbidden, ...typed, ...entries]
}

/** Entries that end the asking: refusals, and what is beyond the model. */
const isLast = ({ meta }: RawEntry): boolean => meta?.refuse !== undefined || meta?.bound !== undefined

const lintEntries = (where: string, entries: readonly (RawEntry | string | undefined)[]): readonly Finding[] =>
  entries.flatMap((entry, branch) => {
    const at = `${where}/${branch}`
    if (entry === undefined || typeof entry === 'string') return [{ where: at, what: 'is no entry with a description' }]
    const { refuse, clause } = entry.meta ?? {}
    const later = entries.slice(branch + 1)
    const followed = later.some(next => typeof next === 'object' && next.guard === undefined && !isLast(next))
    const isUnguarded = entry.guard === undefined && later.length > 0
    return [
      ...(entry.target === undefined && entry.actions === undefined && entry.meta === undefined
        ? [{ where: at, what: 'has neither target, actions nor meta' }]
        : []),
      ...(refuse !== undefined && (entry.target !== undefined || entry.actions !== undefined)
        ? [{ where: at, what: 'refuses and yet does something' }]
        : []),
      ...(refuse !== undefined && followed ? [{ where: at, what: 'refuses, and an unguarded entry follows' }] : []),
      ...(isUnguarded ? [{ where: at, what: 'is unguarded, and entries follow that are never asked' }] : []),
      ...(entry.description === undefined || entry.description === ''
        ? [{ where: at, what: 'has no description' }]
        : []),
      ...(clause === undefined || !clause.startsWith('§') ? [{ where: at, what: 'has no clause' }] : []),
    ]
  })

const RAISING = ['xstate.raise', 'xstate.sendTo', 'xstate.spawnChild', 'xstate.enqueueActions']

const raisingActions = (name: string, machine: AnyStateMachine): readonly Finding[] => {
  const named = Object.entries(machine.implementations.actions as Readonly<Record<string, unknown>>)
  const inline = Object.values(machine.states).flatMap(node =>
    [...node.transitions.values()].flat().flatMap(({ actions }) => actions.map(action => [node.key, action] as const)),
  )
  return [...named, ...inline].flatMap(([where, action]) => {
    const { type } = action as { readonly type?: string }
    return type !== undefined && RAISING.includes(type) ? [{ where: `${name}/${where}`, what: `uses ${type}` }] : []
  })
}
