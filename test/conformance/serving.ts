/** Comparing which HSM computed with a key, and who is said not to be on every HSM, with what should be. */
import type { Contents } from '../../model/index.ts'
import type { Due } from './blame.ts'
import { usersOf } from './contents.ts'
import type { Memory } from './memory.ts'
import type { Result } from './port.ts'
import type { Divergence } from './situation.ts'

/** The HSM that has the most capacity left computes, if it has the key; of others that have it any may. A target that cannot tell leaves it out. */
export const compareServing = (
  memory: Memory,
  { event, from, before }: Due,
  { servedBy }: Result,
): Divergence | null => {
  if (event.rule !== 'UseKey' || servedBy === undefined) return null
  const holders = before.hsm.filter((_, slot) => (from.hsm[slot]?.context.contents.keys ?? 0) !== 0)
  const freest = event.freest
  const expected = freest !== undefined && holders.includes(freest) ? [freest] : holders
  const actual = memory.names.get(servedBy) ?? servedBy
  return expected.includes(actual)
    ? null
    : { clause: '§client.distribute', what: 'the HSM that computed', expected: expected.join(' or '), actual }
}

/** Everybody whom one of these HSMs has, and those of them whom another has not. */
export const coverageOf = (contents: readonly Contents[]) => {
  const lists = contents.map(usersOf)
  const users = [...new Set(lists.flat())].toSorted()
  return { users, uneven: users.filter(name => !lists.every(list => list.includes(name))) }
}
