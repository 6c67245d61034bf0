/** The service brings what is known of keys from one ACTIVE HSM of a cluster to another. */
import type { AccountParticipant, AccountReader, AccountRule } from '../things.ts'
import { factsOf } from './api.ts'
import { rule } from './rule.ts'

const NOTHING = { type: 'KeysSynchronised', key: 0, isDeleted: false } as const

/** What the ACTIVE HSMs of its cluster hold; nothing for one that is not ACTIVE. */
const heldBeside = (read: AccountReader, hsm: number) => {
  const { value, context } = read.local('hsm', hsm)
  return value !== 'ACTIVE' || context.cluster === null ? [] : factsOf(read, context.cluster).held
}

export const synchronise: readonly AccountRule[] = [
  rule('KeysSynchronised', {
    family: 'settle',
    clauses: ['§sync.keys', '§sync.deleted', '§sync.users'],
    description: 'the keys of an HSM are brought up to date',
    participants: ({ hsm }, read): readonly AccountParticipant[] => {
      const held = heldBeside(read, hsm)
      const deleting = held.find(({ tombstone }) => tombstone)
      const holder = held.find(({ key }) => key !== 0)
      const giver = deleting ?? holder
      if (giver === undefined) return [{ kind: 'hsm', slot: hsm, event: NOTHING }]
      const event = { type: 'KeysSynchronised', key: holder?.key ?? 0, isDeleted: deleting !== undefined } as const
      const takes: AccountParticipant = { kind: 'hsm', slot: hsm, event }
      return giver.slot === hsm ? [takes] : [takes, { kind: 'hsm', slot: giver.slot, event: { type: 'GiveKeys' } }]
    },
  }),
]
