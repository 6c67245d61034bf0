/** What a step shows of HSMs that differ: whom the client reaches, who serves, and what else differs where keys are brought. */
import { PARTS, type Fired, type Input, type Part, type State } from '../../model/index.ts'

type Hsm = State['hsm'][number]

const isActiveIn = (cluster: number | null, { value, context }: Hsm): boolean =>
  value === 'ACTIVE' && context.cluster === cluster

/** The parts that are not the same on all ACTIVE HSMs of a cluster. */
const unevenIn = ({ hsm }: State, cluster: number | null): readonly Part[] => {
  const held = hsm.filter(one => isActiveIn(cluster, one)).map(({ context }) => context.contents)
  return (Object.keys(PARTS) as Part[]).filter(part => new Set(held.map(contents => contents[part])).size > 1)
}

/** HSMs of the cluster differ, and which of them it is matters. */
export const unevenOf = (before: State, input: Input, { id, machine, slot }: Fired): readonly string[] => {
  const own = machine === 'hsm' ? before.hsm[slot] : undefined
  if (own === undefined) return []
  const parts = unevenIn(before, own.context.cluster)
  const holders = before.hsm.flatMap((one, at) =>
    isActiveIn(own.context.cluster, one) && one.context.contents.keys !== 0 ? [at] : [],
  )
  const isServing = input.rule === 'UseKey' && id.includes('UseKey') && holders.includes(slot) && holders.length > 1
  return [
    ...(parts.length > 0 ? [`${id} where HSMs differ`] : []),
    ...(input.rule === 'KeysSynchronised' ? parts.map(part => `${id} where ${part} differ`) : []),
    ...(isServing && input.freest === slot ? [`${id} by holder ${holders.indexOf(slot)}, the freest`] : []),
    ...('only' in input && parts.length === 0 ? [`${id} on one`] : []),
  ]
}
