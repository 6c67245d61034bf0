/** Keys: generated and deleted on every HSM that the client reaches, and used on the one that has the most capacity left. */
import type { AccountParticipant, AccountReader, AccountRule } from '../things.ts'
import type { Holding } from '../view.ts'
import { reachedBy, toEveryHsm } from './reaching.ts'
import { rule } from './rule.ts'

/** A client with the availability check asks that a key is on so many HSMs. */
const ENOUGH = 2

const isHolder = ({ key }: Holding): boolean => key !== 0

/** The HSM that computes: of those that have the key the one with the most capacity left. */
const servingOf = (read: AccountReader, cluster: number, freest?: number): number | null => {
  const holders = reachedBy(read, cluster).filter(isHolder)
  return (holders.find(({ slot }) => slot === freest) ?? holders[0])?.slot ?? null
}

/** What an HSM remembers that it deleted is of no account any more once there is another key. */
const forgetting = (read: AccountReader, cluster: number, only?: number): readonly AccountParticipant[] =>
  only === undefined
    ? []
    : reachedBy(read, cluster)
        .filter(({ slot }) => slot !== only)
        .map(({ slot }) => ({ kind: 'hsm' as const, slot, optional: true, event: { type: 'KeyReplaced' as const } }))

export const keys: readonly AccountRule[] = [
  rule('GenerateKey', {
    family: 'data',
    clauses: ['§key.generate', '§cluster.write', '§client.available', '§client.certificate', '§channel.sealed'],
    description: 'generate a key',
    participants: ({ cluster, as, value, only, checked = false }, read) => {
      const hasKey = reachedBy(read, cluster).some(isHolder)
      const isEnough = !checked || reachedBy(read, cluster, only).length >= ENOUGH
      const event = { type: 'GenerateKey', as, value, hasKey, isEnough } as const
      return [...toEveryHsm(read, cluster, event, only), ...forgetting(read, cluster, only)]
    },
  }),
  rule('UseKey', {
    family: 'data',
    clauses: [
      '§key.use',
      '§client.distribute',
      '§loss.divergence',
      '§client.available',
      '§client.certificate',
      '§channel.sealed',
    ],
    description: 'compute with the key',
    participants: ({ cluster, as, freest, checked = false }, read) => {
      const holders = reachedBy(read, cluster).filter(isHolder)
      const [hasKey, isEnough] = [holders.length > 0, !checked || holders.length >= ENOUGH]
      const serving = servingOf(read, cluster, freest)
      return toEveryHsm(read, cluster, slot => ({ type: 'UseKey', as, hasKey, isEnough, serves: slot === serving }))
    },
  }),
  rule('DeleteKey', {
    family: 'data',
    clauses: ['§key.delete', '§cluster.write', '§client.available', '§client.certificate', '§channel.sealed'],
    description: 'delete the key',
    participants: ({ cluster, as, only }, read) => {
      const hasKey = reachedBy(read, cluster, only).some(isHolder)
      return toEveryHsm(read, cluster, { type: 'DeleteKey', as, hasKey, isPartial: only !== undefined }, only)
    },
  }),
]
