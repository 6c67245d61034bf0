/** The lint: ways of writing a machine that this model's reading of it would get wrong. */
import type { AnyStateMachine } from 'xstate'
import type { RawConfig, RawEntry } from './edit.ts'
import { unsound } from './network/sound.ts'

/** One finding: where, and what is wrong with it. */
export interface Finding {
  readonly where: string
  readonly what: string
}

/** Explored well enough, but no entry: it would have no clause. */
const FORBIDDEN = ['entry', 'exit'] as const

/** What is wrong with a machine; nothing, for a machine that may take part in a network. */
export const lint = (name: string, machine: AnyStateMachine): readonly Finding[] => {
  const config = machine.config as unknown as RawConfig & { readonly on?: object }
  return [
    ...unsound(machine).map(({ state, event, reason }) => ({
      where: [name, state, event].filter(part => part !== null).join('/'),
      what: reason,
    })),
    ...(config.on === undefined ? [] : [{ where: name, what: 'has transitions outside a state' }]),
    ...Object.entries(config.states).flatMap(([state, node]) => lintState(`${name}/${state}`, node)),
  ]
}

const lintState = (where: string, node: RawConfig['states'][string]): readonly Finding[] => {
  const raw = node as Readonly<Record<string, unknown>>
  const forbidden = FORBIDDEN.filter(key => raw[key] !== undefined).map(key => ({ where, what: `has \`${key}\`` }))
  const entries = Object.entries(node.on ?? {}).flatMap(([event, written]) => {
    const at = `${where}/${event}`
    const wild = event.includes('*') ? [{ where: at, what: 'listens to a wildcard' }] : []
    return [...wild, ...lintEntries(at, [written].flat() as (RawEntry | string | undefined)[])]
  })
  return [...forbidden, ...entries]
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
      ...(refuse !== undefined && followed ? [{ where: at, what: 'refuses, and an unguarded entry follows' }] : []),
      ...(isUnguarded ? [{ where: at, what: 'is unguarded, and entries follow that are never asked' }] : []),
      ...(entry.description === undefined || entry.description === ''
        ? [{ where: at, what: 'has no description' }]
        : []),
      ...(clause === undefined || !clause.startsWith('§') ? [{ where: at, what: 'has no clause' }] : []),
    ]
  })
