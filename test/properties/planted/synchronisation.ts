/** Planted faults of synchronisation: what reaches one HSM only, what is brought to another, and who serves. */
import { acceptInstead, dropEntries, editRule, overrideAction, type Edit, type Input } from '../../../model/index.ts'
import { unlikeKeys } from './client.ts'
import { idle, type Planted, type PlantedIn } from './fault.ts'

/** What an input says of this is not heard. */
const unheard = (rule: Input['rule'], field: string): Edit =>
  editRule(rule, `does not look at ${field} of ${rule}`, original => ({
    ...original,
    participants: (input, read) =>
      original.participants(
        Object.fromEntries(Object.entries(input).filter(([name]) => name !== field)) as Input,
        read,
      ),
  }))

/** An operation of a client that reaches one HSM is done on all. */
export const everywhere = (rule: Input['rule']): Edit => unheard(rule, 'only')

/** With a key comes another policy. */
const bringsPolicies = overrideAction('hsm', 'takeKey', ({ context: { contents }, event }) =>
  'key' in event ? { contents: { ...contents, keys: event.key, policies: contents.policies + 1 } } : {},
)

export const synchronisation: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'step §sync.write': ['divergence', everywhere('SetPolicy')],
  'step §sync.alike': ['contents', unlikeKeys],
  'step §sync.keys': ['synchronisation', idle('hsm', 'takeKey')],
  'leadsTo §sync.keys': ['synchronisation', dropEntries('hsm', '§sync.keys', 'KeysSynchronised')],
  'step §sync.deleted': ['synchronisation', idle('hsm', 'takeDeletion')],
  'step §sync.users': ['synchronisation', bringsPolicies],
  'step §key.availability': ['synchronisation', acceptInstead('hsm', '§key.availability')],
  'step §key.availability.create': ['synchronisation', acceptInstead('hsm', '§key.availability.create')],
  'step §client.distribute': ['synchronisation', unheard('UseKey', 'freest')],
}
