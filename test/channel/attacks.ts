/** Attacks of a man in the middle, drawn at random, and the property that they are put to. */
import fc from 'fast-check'
import type { Hsm } from '../../impl/index.ts'
import { overtureOf, play, policyOf, wrongWith, COMMANDS, type Overture } from './played.ts'
import type { Attack } from './middle.ts'
import type { Adapter } from './world.ts'

export const KINDS: readonly Attack['kind'][] = [
  'drop',
  'delay',
  'replay',
  'truncate',
  'cut',
  'flip',
  'insert',
  'reflect',
  'foreign',
]

const attackOn = (overture: Overture): fc.Arbitrary<Attack> =>
  fc.constantFrom('there' as const, 'back' as const).chain(direction =>
    fc.record({
      direction: fc.constant(direction),
      at: fc.nat({ max: overture[direction] + COMMANDS - 1 }),
      kind: fc.constantFrom(...KINDS),
      by: fc.nat({ max: 4_000 }),
    }),
  )

/** One attack, or up to three on different records. */
export const attacksOn = (overture: Overture): fc.Arbitrary<readonly Attack[]> =>
  fc.uniqueArray(attackOn(overture), {
    minLength: 1,
    maxLength: 3,
    selector: ({ direction, at }) => `${direction} ${at}`,
  })

/** How many runs altered something, of how many. */
export interface Tally {
  readonly runs: number
  readonly altered: number
  readonly refused: number
}

/** Throws what fast-check found, shrunk, where a channel is not as it has to be. */
export const besiege = async (adapter: Adapter, hsm: Hsm, numRuns: number, seed: number): Promise<Tally> => {
  const overture = await overtureOf(adapter, hsm)
  const { middle: other } = await play(adapter, hsm, [])
  const tally = { runs: 0, altered: 0, refused: 0 }
  const property = fc.asyncProperty(attacksOn(overture), async attacks => {
    const before = await policyOf(adapter, hsm)
    const played = await play(adapter, hsm, attacks, other.courses)
    tally.runs++
    if (played.answered < COMMANDS) tally.altered++
    if (played.code !== 'opens') tally.refused++
    const wrong = wrongWith(played, overture, before, attacks)
    if (wrong !== null) throw new Error(wrong)
  })
  await fc.assert(property, { numRuns, seed })
  return tally
}
