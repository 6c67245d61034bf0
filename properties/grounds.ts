/** What the verdict of a `leadsTo` rests on, over all explorations. */
import type { Extent } from '../model/index.ts'
import type { Grounds } from './result.ts'
import type { Run } from './run.ts'

const EXTENT = ['states', 'transitions', 'triggers', 'obligations', 'cut'] as const

/** Sums over the explorations in which the property at this place was asked; where it was not, the reason. */
export const groundsOf = (at: number, runs: readonly Run[]): Grounds => {
  const asked = runs.filter(({ awaited }) => awaited.extents.has(at))
  const extents = asked.flatMap(({ awaited }) => awaited.extents.get(at) ?? [])
  const sumOf = (name: keyof Extent) => extents.reduce((sum, extent) => sum + extent[name], 0)
  const sums = Object.fromEntries(EXTENT.map(name => [name, sumOf(name)])) as unknown as Extent
  const reasons = new Map<string, string>()
  for (const { name, awaited } of runs) {
    const why = awaited.skipped.get(at)
    if (why !== undefined) reasons.set(name, why)
  }
  const skipped = [...reasons].map(([scope, why]) => ({ scope, why }))
  return { ...sums, scopes: [...new Set(asked.map(({ name }) => name))], skipped }
}

const NOWHERE = 'asked in no scope'

/** Why a property was asked nowhere. */
export const nowhere = ({ skipped }: Grounds): string =>
  [NOWHERE, ...skipped.map(({ scope, why }) => `${scope} has ${why}`)].join('; ')

/** Whether that is why it is undecided. */
export const isAskedNowhere = (reason: string | undefined): boolean => reason?.startsWith(NOWHERE) === true
