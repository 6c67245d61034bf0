/** The entry of a machine that an event selects, as data. */

/** (machine, source state, event, branch), with what its `meta` says. */
export interface Entry {
  /** `machine/source/Event/branch` */
  readonly id: string
  readonly machine: string
  readonly source: string
  readonly event: string
  readonly branch: number
  readonly clause: string
  readonly also: readonly string[]
  readonly description: string
  readonly refuse?: string
  readonly fail?: string
  readonly bound?: string
}

const META = ['refuse', 'fail', 'bound'] as const

/** The entry as data, from what XState selected. */
export const entryOf = (
  machine: string,
  transition: {
    readonly source: { readonly key: string; readonly transitions: ReadonlyMap<string, readonly unknown[]> }
    readonly eventType: string
    readonly meta?: unknown
    readonly description?: string | undefined
  },
): Entry => {
  const { source, eventType, description } = transition
  const meta = (transition.meta ?? {}) as Record<string, string | undefined> & { readonly also?: readonly string[] }
  const branch = (source.transitions.get(eventType) ?? []).indexOf(transition)
  return {
    id: `${machine}/${source.key}/${eventType}/${branch}`,
    machine,
    source: source.key,
    event: eventType,
    branch,
    clause: meta['clause'] ?? '',
    also: meta.also ?? [],
    description: description ?? '',
    ...Object.fromEntries(META.filter(name => meta[name] !== undefined).map(name => [name, meta[name]])),
  }
}
