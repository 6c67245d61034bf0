/** Planted faults of what settles: it never does, and whatever waits for it waits for ever. */
import { dropEntries } from '../../../model/index.ts'
import { idle, never, type Planted, type PlantedIn } from './fault.ts'

export const waiting: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'leadsTo §cluster.create.fresh': ['lifecycle', dropEntries('cluster', '§cluster.create.fresh')],
  'leadsTo §cluster.create.restored': ['lifecycle', dropEntries('cluster', '§cluster.create.restored')],
  'leadsTo §cluster.initialize': ['lifecycle', dropEntries('cluster', '§cluster.initialize', 'ClusterInitialized')],
  'leadsTo §cluster.activate': ['lifecycle', never('cluster', 'hasOfficer')],
  'leadsTo §cluster.delete': ['lifecycle', dropEntries('cluster', '§cluster.delete', 'ClusterDeleted')],
  'leadsTo §hsm.provision': ['lifecycle', never('hsm', 'isUninitialized')],
  'leadsTo §hsm.replace': ['lifecycle', dropEntries('hsm', '§hsm.replace')],
  'leadsTo §hsm.delete': ['lifecycle', dropEntries('hsm', '§hsm.delete', 'HsmDeleted')],
  'leadsTo §backup.seal': ['lifecycle', dropEntries('backup', '§backup.seal')],
  'leadsTo §backup.purge': ['pair', idle('backup', 'expire')],
}
