/** Planted faults of zones and of the limit. */
import { acceptInstead, overrideAction, overrideGuard } from '../../../model/index.ts'
import { always, type Planted, type PlantedIn } from './fault.ts'

export const zones: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'step §cluster.subnets.none': ['zones', acceptInstead('cluster', '§cluster.subnets.none')],
  'step §cluster.subnets.zone': ['zones', acceptInstead('cluster', '§cluster.subnets.zone')],
  'step §cluster.subnets': [
    'zones',
    overrideAction('cluster', 'settle', () => ({ restored: false, zones: ['a', 'b'] as const })),
  ],
  'step §hsm.create.zone': ['zones', acceptInstead('cluster', '§hsm.create.zone')],
  'step §hsm.create.limit': ['limit', acceptInstead('cluster', '§hsm.create.limit')],
  'always §hsm.create.limit': [
    'limit',
    overrideGuard('cluster', 'isFull', ({ context, event }) =>
      event.type === 'CreateHsm' ? event.hsms > context.hsmLimit : false,
    ),
  ],
  'step §hsm.zone': [
    'zones',
    overrideAction('hsm', 'enter', ({ event }) =>
      event.type === 'CreateHsm' ? { cluster: event.cluster, zone: 'a' as const } : {},
    ),
  ],
  'step §client.warning': ['zones', always('cluster', 'isSpread')],
}
